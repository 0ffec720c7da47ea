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
