import type { Transport } from '../transport/transport.ts';

/** Whoever checks waits for it: a source with more than can be listed in this time is not told of. */
const TIMEOUT_MS = 10_000;

/**
 * Entries below a folder, its own not counted, that have a name which is kept for nbkp, or for rsync's partial files: relative to
 * it. Null where not all could be seen in time.
 */
export async function ownNames(transport: Pick<Transport, 'run'>, folder: string): Promise<string[] | null> {
  const kept = ['(', '-name', '.nbkp-*', '-o', '-type', 'd', '-name', '.rsync-partial', ')'];
  const argv = ['find', `${folder}/`, '-xdev', '-mindepth', '1', ...kept, '-print0'];
  const { timedOut, stdout } = await transport.run(argv, { timeoutMs: TIMEOUT_MS });
  if (timedOut) return null;
  const found = stdout.toString('utf8').split('\0').slice(0, -1);
  return found.map((path) => path.slice(folder.length).replace(/^\/+/, '')).sort();
}
