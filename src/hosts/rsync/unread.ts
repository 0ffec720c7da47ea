import { directory } from '../../planner/kinds/rsync/argv.ts';
import type { TransferParams } from '../../planner/kinds/rsync/params.ts';
import type { Transport } from '../transport/transport.ts';
import { escapedByRsync } from './names.ts';

/**
 * Files of a source here that this user may not read. A dry run of rsync opens none, and shows them as copied. Where `find` has
 * no `-readable` (it is GNU's), nobody tells before the run.
 *
 * @returns paths below the source, as rsync writes them under `LC_ALL=C`
 */
export async function unreadFiles(
  { source, live = source, remote }: TransferParams,
  runner: Pick<Transport, 'run'>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (remote?.side === 'source') return new Set();
  const chunks: Buffer[] = [];
  await runner.run(['find', directory(live), '-type', 'f', '!', '-readable', '-printf', '%P\\0'], {
    onStdout: (chunk) => chunks.push(chunk),
    signal,
  });
  const names = Buffer.concat(chunks).toString('latin1').split('\0').slice(0, -1);
  return new Set(names.map(escapedByRsync));
}

/** What rsync will say of such a file when it opens it. */
export function deniedLine(path: string): string {
  return `rsync: [sender] send_files failed to open "${path}": Permission denied (13)`;
}
