import { failure, success, type Result } from '../../planner/model/result.ts';
import { parseCopied } from '../rsync/copied-file.ts';
import type { CopiedFile } from '../../planner/model/verification.ts';
import { escapedWhole, printfName } from '../rsync/names.ts';
import { cutAt } from '../transport/lines.ts';
import type { HostFolder } from '../folder.ts';
import { copyUnreadable } from '../../planner/model/findings/verifying.ts';

/** The checksums that rsync has recorded while it copied: the newer one, and that of versions before 3.2. */
export type Algorithm = 'xxh128' | 'md5';

/**
 * Reads files and says what they hold. rsync is what is there on every host, and computes just what it has recorded: a
 * dry run to a place that does not exist writes nothing.
 *
 * @param names relative to the place, one character for each byte (latin1)
 * @returns by path, as `escapedByRsync` writes it; what could not be read is missing. Null when this rsync has not the algorithm
 */
export async function checksumsOf(
  { transport, path }: HostFolder,
  names: readonly string[],
  algorithm: Algorithm,
  signal: AbortSignal,
): Promise<Result<Map<string, CopiedFile> | null>> {
  const environment = ['env', 'TZ=UTC0', 'LC_ALL=C'];
  const options = ['-n', '-c', '-t', '-s', '--from0', '--files-from=-', '--out-format=@%C %l %M %n'];
  const rsync = [...environment, 'rsync', ...options];
  const found = new Map<string, CopiedFile>();
  const attempt = async (choice: string[]) => {
    const cut = cutAt('\n', (line) => {
      const file = parseCopied(line, 'utc');
      if (file !== null) found.set(escapedWhole(file.path), file);
    });
    const stdin = Buffer.from(names.map((name) => `./${name}\0`).join(''), 'latin1');
    const argv = [...rsync, ...choice, '--', `${path}/`, '/nonexistent/'];
    return transport.run(argv, { stdin, onStdout: (chunk) => cut(chunk.toString('latin1')), signal });
  };
  let result = await attempt([`--checksum-choice=${algorithm}`]);
  // Versions before 3.2 know no other than MD5, and none the option.
  if (isRefused(result.code) && algorithm === 'md5') result = await attempt([]);
  if (isRefused(result.code)) return success(null);
  // 23 and 24: files that could not be read, or are gone.
  if (result.code !== null && [0, 23, 24].includes(result.code)) return success(found);
  const said = result.stderr.at(-1) ?? result.error ?? 'it was ended';
  return failure(copyUnreadable(path, said));
}

/** Of rsync: a syntax error, or an action that it was not built for (rsync(1), EXIT VALUES). */
function isRefused(code: number | null): boolean {
  return code === 1 || code === 4;
}

/** A name for `printf %b`, all in ASCII and in one line. */
export function encoded(name: string): string {
  return `./${printfName(name)}\n`;
}
