/**
 * What mkfs.vfat writes to a whole disk can be read as a partition table, with one partition that is the whole disk: both
 * have its UUID, its link may lead to either, and udisks mounts the partition only.
 */
const INNERMOST =
  'udisksctl "$1" --block-device "$(lsblk --noheadings --raw --paths --output UUID,NAME "$2" | sed -n "s/^${2##*/} //p" | tail -n 1)" --no-user-interaction';
/** As FAT and exFAT have it. */
const SHORT_UUID = /\/[0-9A-F]{4}-[0-9A-F]{4}$/i;

/** udisks2 chooses the directory, below /run/media or /media, unless fstab names one (udisks(8)). */
export function mountCommands(device: string): string[][] {
  return [udisksctl('mount', device)];
}

/** @param target where it is mounted: what was written is flushed first */
export function unmountCommands(device: string, target: string): string[][] {
  return [['sync', '-f', target], udisksctl('unmount', device)];
}

function udisksctl(verb: 'mount' | 'unmount', device: string): string[] {
  if (SHORT_UUID.test(device)) return ['sh', '-c', INNERMOST, 'sh', verb, device];
  return ['udisksctl', verb, '--block-device', device, '--no-user-interaction'];
}
