import type { Transport } from '../transport/transport.ts';
import { encoded } from './checksums-of.ts';
import type { HostFolder } from '../folder.ts';
import { unescapeName } from '../rsync/names.ts';

/**
 * Seconds since 1970 when each entry was last changed in any way, its name included; of what is not there, the directory
 * that is nearest to where it would be. No program can set that time back (inode(7), ctime).
 */
const SCRIPT = `
cd "$1" || exit 1
while IFS= read -r name; do printf '%b\\000' "$name"; done | xargs -0 -r sh -c '
  for name; do
    there=yes
    while ! [ -e "$name" ] && ! [ -L "$name" ]; do there=no; name=$(dirname -- "$name"); done
    echo "$there $(find "$name" -maxdepth 0 -printf "%C@")"
  done' sh
`;

/** When something in the source changed last. */
export interface ChangedAt {
  /** False when the time is that of the directory where it is missing. */
  there: boolean;
  /** Seconds since 1970. */
  time: number;
}

/**
 * @param names relative to the place, as rsync escapes them
 * @returns in their order; NaN where the host did not answer
 */
export async function changedAt(
  { transport, path }: { transport: Pick<Transport, 'run'>; path: HostFolder['path'] },
  names: readonly string[],
  signal: AbortSignal,
): Promise<ChangedAt[]> {
  const stdin = names.map((name) => encoded(unescapeName(name.replace(/\/$/, '')))).join('');
  const { stdout } = await transport.run(['sh', '-c', SCRIPT, 'sh', path], { stdin, signal });
  const lines = stdout.toString().split('\n');
  return names.map((_, index) => {
    const [there = '', time = ''] = (lines[index] ?? '').split(' ');
    return { there: there === 'yes', time: time === '' ? Number.NaN : Number(time) };
  });
}
