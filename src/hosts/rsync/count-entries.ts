import type { Loss } from '../../planner/model/max-delete.ts';
import type { Transport } from '../transport/transport.ts';

/**
 * Counts all entries below a directory, itself not counted. It counts the NUL after each name, so that a name with a
 * newline is one entry and nothing has to be kept.
 *
 * @param path absolute
 * @returns null when not all of them could be seen
 */
export function countEntries(
  transport: Pick<Transport, 'run'>,
  path: string,
  signal: AbortSignal,
): Promise<number | null> {
  return count(transport, [path, '-mindepth', '1'], signal);
}

/** The same of regular files that have no other name anywhere: those that no older snapshot shares. */
export function countUnshared(
  transport: Pick<Transport, 'run'>,
  path: string,
  signal: AbortSignal,
): Promise<number | null> {
  return count(transport, [path, '-type', 'f', '-links', '1'], signal);
}

async function count(
  transport: Pick<Transport, 'run'>,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<number | null> {
  let entries = 0;
  const onStdout = (chunk: Buffer): void => {
    for (let at = chunk.indexOf(0); at !== -1; at = chunk.indexOf(0, at + 1)) entries += 1;
  };
  const { code } = await transport.run(['find', ...wanted, '-print0'], { signal, onStdout });
  return code === 0 ? entries : null;
}

/**
 * What a copy lacks of an older one, by path and kind. For copies that rsync did not make: it tells that itself.
 *
 * @returns null when not all of both could be seen
 */
export async function lossSince(
  transport: Pick<Transport, 'run'>,
  { before, now }: { before: string; now: string },
  signal: AbortSignal,
): Promise<Loss | null> {
  let [lost, entries] = [0, 0];
  for (const kind of KINDS) {
    const there = new Set<string>();
    const seen = await names(transport, now, kind, signal, (name) => void there.add(name));
    const told = await names(transport, before, kind, signal, (name) => {
      entries += 1;
      if (!there.has(name)) lost += 1;
    });
    if (!seen || !told) return null;
  }
  return { lost, before: entries };
}

/** To find(1); all others are one kind. */
const KINDS = [
  ['-type', 'f'],
  ['-type', 'd'],
  ['-type', 'l'],
  ['!', '-type', 'f', '!', '-type', 'd', '!', '-type', 'l'],
];

/** Paths below a directory, as bytes (latin1). */
async function names(
  transport: Pick<Transport, 'run'>,
  path: string,
  kind: readonly string[],
  signal: AbortSignal,
  onName: (name: string) => void,
): Promise<boolean> {
  let rest = '';
  const onStdout = (chunk: Buffer): void => {
    const parts = (rest + chunk.toString('latin1')).split('\0');
    rest = parts.pop() ?? '';
    for (const name of parts) onName(name.slice(Buffer.byteLength(path)));
  };
  const { code } = await transport.run(['find', path, '-mindepth', '1', ...kind, '-print0'], { signal, onStdout });
  return code === 0;
}
