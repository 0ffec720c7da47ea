import type { Transport } from '../transport/transport.ts';

/**
 * Counts all entries below a directory, itself not counted. What vanishes meanwhile is not counted and is no error.
 *
 * @param path absolute
 * @returns null when it, or something in it, cannot be read
 */
export async function countEntries(transport: Transport, path: string, signal?: AbortSignal): Promise<number | null> {
  let count = 0;
  const complaints = new Set<'vanished' | 'unreadable'>();
  const { code } = await transport.run(['find', path, '-mindepth', '1', '-print0'], {
    ...(signal && { signal }),
    onStdout: (chunk) => {
      for (let at = chunk.indexOf(0); at !== -1; at = chunk.indexOf(0, at + 1)) count++;
    },
    onStderrLine: (line) => {
      complaints.add(line.endsWith(': No such file or directory') ? 'vanished' : 'unreadable');
    },
  });
  if (code === 0) return count;
  return code === null || complaints.has('unreadable') || count === 0 ? null : count;
}
