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
 * rsync with its options from `$3` on for names on standard input. It gets them as arguments, where others on the machine see them
 * in `ps` while it reads: two system calls for each byte of a list take five times the CPU (32,000 small files). Options of
 * `xargs` bound how many it gets at once: what the systems allow differs, and so does what they count. Status 3 is what
 * rsync itself says of a folder that is not there.
 */
const READ = `
cd "$1" || exit 3
absent=$2
shift 2
xargs -0 -r -s 400000 sh -c '
  absent=$1
  shift
  "$@" "$absent" || echo "=$?"' sh "$absent" "$@"
`;

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
  const options = ['-n', '-c', '-t', '-s', '--relative', '--no-implied-dirs', '--out-format=@%C %l %M %n'];
  const script = ['env', 'TZ=UTC0', 'LC_ALL=C', 'sh', '-c', READ, 'sh', path, '/nonexistent/', 'rsync', ...options];
  const found = new Map<string, CopiedFile>();
  const enough = new AbortController();
  const attempt = async (choice: string[]) => {
    const codes: number[] = [];
    const cut = cutAt('\n', (line) => {
      const file = parseCopied(line, 'utc');
      if (file !== null) found.set(escapedWhole(file.path), file);
      else if (/^=\d+$/.test(line)) codes.push(Number(line.slice(1)));
      // rsync waits 40 ms for its own processes before it ends.
      if (found.size === names.length) enough.abort();
    });
    const stdin = Buffer.from(names.map((name) => `./${name}\0`).join(''), 'latin1');
    const argv = [...script, ...choice, '--'];
    const ended = await transport.run(argv, {
      stdin,
      onStdout: (chunk) => cut(chunk.toString('latin1')),
      signal,
      enough: enough.signal,
    });
    return { ...ended, codes: [ended.code, ...codes] };
  };
  let result = await attempt([`--checksum-choice=${algorithm}`]);
  if (enough.signal.aborted) return success(found);
  // Versions before 3.2 know no other than MD5, and none the option.
  if (result.codes.some(isRefused) && algorithm === 'md5') result = await attempt([]);
  if (result.codes.some(isRefused)) return success(null);
  // 23 and 24: files that could not be read, or are gone.
  if (result.codes.every((code) => code !== null && [0, 23, 24].includes(code))) return success(found);
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
