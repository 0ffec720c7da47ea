import type { Transport } from '../transport/transport.ts';

/** Arguments of one process. */
const MOST = 400;

export interface NamesBelow {
  /** Entries that have a name which is kept for nbkp, or for rsync's partial files: relative to the folder. */
  own: string[];
  /** What was looked for and is nowhere. */
  missing: string[];
}

/**
 * Looks once through all that is below a folder, its own entry not counted.
 *
 * @param names names or ends of paths, without wildcards; one with a slash at its end is that of a folder
 * @returns null where not all could be seen in time
 */
export async function namesBelow(
  transport: Pick<Transport, 'run'>,
  folder: string,
  names: readonly string[],
  timeoutMs: number,
): Promise<NamesBelow | null> {
  const asked = names.slice(0, MOST);
  const kept = ['(', '-name', '.nbkp-*', '-o', '-type', 'd', '-name', '.rsync-partial', ...asked.flatMap(test), ')'];
  const argv = ['find', `${folder}/`, '-xdev', '-mindepth', '1', ...kept, '-print0'];
  const { timedOut, stdout, code } = await transport.run(argv, { timeoutMs });
  if (timedOut) return null;
  const listed = stdout.toString('utf8').split('\0').slice(0, -1);
  const found = listed.map((path) => path.slice(folder.length).replace(/^\/+/, '')).sort();
  const isThere = (name: string): boolean => found.some((path) => `/${path}`.endsWith(`/${bare(name)}`));
  return {
    own: found.filter((path) => /(?:^|\/)(?:\.nbkp-[^/]*|\.rsync-partial)$/.test(path)),
    // What cannot be read may be in what cannot be read.
    missing: code === 0 ? asked.filter((name) => !isThere(name)) : [],
  };
}

function test(name: string): string[] {
  const place = name.replace(/\/$/, '').includes('/') ? ['-path', `*/${bare(name)}`] : ['-name', bare(name)];
  return ['-o', ...(name.endsWith('/') ? ['-type', 'd'] : []), ...place];
}

function bare(name: string): string {
  return name.replace(/\/$/, '');
}
