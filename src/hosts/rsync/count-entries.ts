import type { Transport } from '../transport/transport.ts';

/**
 * Counts all entries below a directory, itself not counted. It counts the NUL after each name, so that a name with a
 * newline is one entry and nothing has to be kept.
 *
 * @param path absolute
 * @returns null when not all of them could be seen
 */
export async function countEntries(
  transport: Pick<Transport, 'run'>,
  path: string,
  signal: AbortSignal,
): Promise<number | null> {
  let entries = 0;
  const onStdout = (chunk: Buffer): void => {
    for (let at = chunk.indexOf(0); at !== -1; at = chunk.indexOf(0, at + 1)) entries += 1;
  };
  const { code } = await transport.run(['find', path, '-mindepth', '1', '-print0'], { signal, onStdout });
  return code === 0 ? entries : null;
}
