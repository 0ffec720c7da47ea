import { randomUUID } from 'node:crypto';
import type { DrivePermission, DriveQuestion, DriveServices } from '../../planner/model/drive-services.ts';
import { quote } from '../../planner/model/quote.ts';
import type { Transport } from '../transport/transport.ts';

const TIMEOUT_MS = 60_000;

/**
 * Answers in lines: whether udisks is there, whether its btrfs module is, whether subvolumes can be deleted on what it
 * mounts, and for each drive a line that begins with its volume and ends with what udisksctl said. Nothing is unlocked or mounted: the passphrase is none, and no drive that is
 * not encrypted is a CD. udisks asks polkit before it finds that out.
 */
const FUNCTIONS = `
LC_ALL=C
export LC_ALL
service() {
  if ! command -v udisksctl >/dev/null; then echo missing
  elif udisksctl status >/dev/null 2>&1; then echo running
  else echo not-running
  fi
}
module() {
  for file in /usr/lib/*/udisks2/modules/libudisks2_btrfs.so /usr/lib*/udisks2/modules/libudisks2_btrfs.so; do
    [ -e "$file" ] && { echo yes; return; }
  done
  echo no
}
# udisks mounts with the options of this file (udisks(8)).
removal() {
  if [ "$(id -u)" = 0 ] ||
    grep -Eqs '^[[:space:]]*btrfs_defaults[[:space:]]*=.*user_subvol_rm_allowed' /etc/udisks2/mount_options.conf
  then echo yes; else echo no; fi
}
lower() { printf %s "$1" | tr '[:upper:]' '[:lower:]'; }
# Sets $device to the one whose UUID this is.
find_device() {
  for device in /dev/disk/by-uuid/*; do
    [ "$(lower "\${device##*/}")" = "$1" ] && return
  done
  return 1
}
one_line() { tr '\\n' ' '; }
unlock() {
  find_device "$2" || return
  said=$(printf %s "$passphrase" | udisksctl unlock -b "$device" --key-file /dev/stdin --no-user-interaction 2>&1)
  printf '%s %s\\n' "$1" "$(printf %s "$said" | one_line)"
}
mount() {
  find_device "$2" || return
  # Of a disk and the partition in it that have one UUID, udisks mounts the partition.
  device=$(lsblk --noheadings --raw --paths --output UUID,NAME "$device" | sed -n "s/^\${device##*/} //p" | tail -n 1)
  if said=$(udisksctl mount -b "$device" -t iso9660 --no-user-interaction 2>&1 </dev/null); then
    udisksctl unmount -b "$device" --no-user-interaction </dev/null >/dev/null 2>&1
  fi
  printf '%s %s\\n' "$1" "$(printf %s "$said" | one_line)"
}
`;

/**
 * Tries what unlocking and mounting need on one host, and leaves everything as it was.
 *
 * @returns null when the host did not answer
 */
export async function observeDriveServices(
  transport: Transport,
  drives: readonly DriveQuestion[],
): Promise<DriveServices | null> {
  const script = [
    FUNCTIONS,
    // Nobody's passphrase: no secret.
    `passphrase=${randomUUID()}`,
    'service\nmodule\nremoval',
    ...drives
      .filter(({ encrypted, inFstab }) => encrypted || !inFstab)
      .map(({ volume, uuid, encrypted }) =>
        [encrypted ? 'unlock' : 'mount', quote(volume), quote(uuid.toLowerCase())].join(' '),
      ),
    'echo end',
  ].join('\n');
  const { stdout } = await transport.run(['sh', '-c', 'eval "$(cat)"'], { stdin: script, timeoutMs: TIMEOUT_MS });
  const lines = stdout.toString('utf8').trimEnd().split('\n');
  if (lines.at(-1) !== 'end') return null;
  const [udisks, btrfsModule, removal, ...answers] = lines.slice(0, -1);
  const said = new Map(answers.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
  return {
    udisks: udisks === 'running' || udisks === 'missing' ? udisks : 'not-running',
    btrfsModule: btrfsModule === 'yes',
    subvolumeRemoval: removal === 'yes',
    permissions: Object.fromEntries(drives.map(({ volume }) => [volume, permission(said.get(volume)?.trim())])),
  };
}

/**
 * Errors are told apart by their D-Bus names, which are part of udisks's interface; only `Failed` needs a look at the
 * text (udisks2, UDisksError).
 */
function permission(said: string | undefined): DrivePermission {
  if (said === undefined) return { outcome: 'not-tried' };
  if (said.includes('UDisks2.Error.NotAuthorized')) return { outcome: 'refused' };
  if (said.includes('UDisks2.Error.AlreadyMounted') || said.includes('is already unlocked')) {
    return { outcome: 'not-tried' };
  }
  const got = /UDisks2\.Error\.Failed: Error (?:unlocking|mounting) /.test(said) || said.startsWith('Mounted ');
  return got ? { outcome: 'allowed' } : { outcome: 'failed', message: said };
}
