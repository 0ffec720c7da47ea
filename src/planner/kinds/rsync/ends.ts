import { sshPlaceholder } from '../../model/step.ts';
import type { TransferParams } from './params.ts';

/** How rsync gets to the other host. */
export function reached({ remote, sudo }: TransferParams): string[] {
  if (remote === null) return [];
  return [`--rsh=${sshPlaceholder(remote.volume)}`, ...(sudo === true ? [`--rsync-path=${AS_ROOT}`] : [])];
}

/** Nobody is there to type a password. */
const AS_ROOT = 'sudo -n rsync';

/** Before the colon rsync wants a host, which `--rsh` knows already: the volume's name tells people most. */
export function remotePath({ remote }: TransferParams, side: 'source' | 'target', path: string): string {
  return remote?.side === side ? `${remote.volume}:${path}` : path;
}
