/*
 * # Drives
 */
import { error, info, warning } from './entry.ts';

/** No device has the UUID: the sync is skipped. Fix: plug the drive in. */
export const driveAbsent = info('drive-absent', (volume: string, uuid: string) => ({
  message: `${volume} is not plugged in: no device has the UUID ${uuid}.`,
  help: 'Plug the drive in. lsblk -o NAME,UUID,LABEL shows what is there.',
}));
/** lsblk is missing or fails: whether the drive is plugged in is not known. Fix: make `lsblk` work there (package util-linux). */
export const drivesUnlisted = error('drives-unlisted', (volume: string) => ({
  message: `Whether ${volume} is plugged in is not known: lsblk could not list the drives of its machine.`,
  help: 'Run lsblk there and see what it says. Where it is missing it is in the package util-linux (on small boxes: lsblk).',
}));
/** Several devices have the UUID. Fix: unplug the copy, or give it a UUID of its own. */
export const driveAmbiguous = error('drive-ambiguous', (volume: string, uuid: string, paths: readonly string[]) => ({
  message: `${paths.join(' and ')} have the same UUID ${uuid}, so that nobody can tell which is ${volume}.`,
  help: 'Unplug the copy, or give it a UUID of its own (tune2fs -U random, btrfstune -u, cryptsetup luksUUID).',
}));
/** `device-uuid` is that of a partition (PARTUUID). Fix: the UUID of what is in it, which the help says. */
export const driveUuidOfPartition = error(
  'drive-uuid-of-partition',
  (volume: string, partuuid: string, { path, uuid }: { path: string; uuid: string }) => ({
    message: `${partuuid} is the UUID of the partition ${path} (PARTUUID), not of what is in it.`,
    help: `Write mount.device-uuid = "${uuid}" for ${volume}, as lsblk -o NAME,UUID shows it.`,
  }),
);
/** The device is a LUKS container and the spec does not say so. Fix: `mount.encryption`. */
export const driveEncrypted = error('drive-encrypted', (volume: string, path: string) => ({
  message: `${path} is a LUKS container, and the spec does not say that ${volume} is encrypted.`,
  help: `Add mount.encryption.type = "luks" to ${volume}.`,
}));
/** The spec says that the drive is encrypted, and the device is no LUKS container. Fix: the UUID is that of the container. */
export const driveNotEncrypted = error('drive-not-encrypted', (volume: string, path: string, fsType: string) => ({
  message: `${path} is no LUKS container but ${fsType === '' ? 'of an unknown type' : fsType}, and the spec says that ${volume} is encrypted.`,
  help: 'mount.device-uuid of an encrypted drive is the UUID of the container, not of the file system in it: lsblk -o NAME,FSTYPE,UUID',
}));
/** There is nothing on the drive, or in its container. Fix: `mkfs`, when it is the right one. */
export const driveWithoutFileSystem = error('drive-without-file-system', (volume: string, path: string) => ({
  message: `There is no file system on ${path} of ${volume}.`,
  help: `If it had one, it is damaged or of a kind that this machine does not know: write nothing to it, and see dmesg and lsblk -f. Only if the drive is new and empty: sudo mkfs.ext4 ${path}`,
}));
/** udisks2 found nothing that it could mount. Fix: `lsblk -f` shows what is on it. */
export const notMountable = error('drive-without-file-system', (volume: string) => ({
  message: `There is no file system on ${volume} that could be mounted.`,
  help: 'lsblk -f shows what is on it. If that is a file system, unplug the drive and plug it in again. If it had one that is not shown, write nothing to it: dmesg may say why. Only if the drive is new and empty: sudo mkfs.ext4 DEVICE',
}));
/** The volume has a `path` and no line of fstab mounts anything there. Fix: leave out `path`, or add the line. */
export const fstabMismatch = error('fstab-mismatch', (volume: string, path: string) => ({
  message: `${volume} has path ${path}, but no entry of /etc/fstab mounts anything there.`,
  help: `Leave out path, so that the drive is used wherever udisks2 mounts it; or add a line to /etc/fstab that mounts it at ${path}.`,
}));
/** The sync is skipped: its drive is closed, and udisks2, which opens drives, is not installed. Fix: `apt install udisks2`. */
export const closedWithoutUdisks = info('udisks-missing', (volume: string, locked: boolean) => ({
  message: `${volume} is plugged in and ${locked ? 'locked' : 'not mounted'}, and udisks2, which opens drives, is not installed.`,
  help: 'sudo apt install udisks2, or mount the drive yourself before each run.',
}));
/** A step opens or closes a drive, and udisks2 is not installed. Fix: `apt install udisks2`. */
export const udisksMissing = error('udisks-missing', (volume: string, done: string) => ({
  message: `udisks2 is not installed, so that ${volume} cannot be ${done}.`,
  help: 'sudo apt install udisks2',
}));
/** `check` looked for udisks2 on a machine with drives. Fix: `apt install udisks2`. */
export const noUdisksOn = error('udisks-missing', (machine: string) => ({
  message: `udisksctl is not installed on ${machine}: drives cannot be unlocked and mounted.`,
}));
/** A step opens or closes a drive, and udisks2 does not answer. Fix: `systemctl start udisks2`. */
export const udisksNotRunning = error('udisks-not-running', (volume: string, done: string) => ({
  message: `udisksd does not answer, so that ${volume} cannot be ${done}.`,
  help: 'sudo systemctl start udisks2',
}));
/** `check` asked udisks2 on a machine with drives. Fix: `systemctl start udisks2`. */
export const udisksSilentOn = error('udisks-not-running', (machine: string) => ({
  message: `udisksd does not answer on ${machine}: drives cannot be unlocked and mounted.`,
}));
/** udisks's module for btrfs is not installed; drives are mounted without it too. Fix: `sudo apt install udisks2-btrfs`. */
export const udisksBtrfsMissing = warning('udisks-btrfs-missing', (machine: string) => ({
  message: `udisks2-btrfs is not installed on ${machine}. Drives with btrfs are mounted without it too.`,
}));
/** This user may not do that with the drive. Fix: `nbkp volumes authorize`. */
export const polkitNotAuthorized = error('polkit-not-authorized', (volume: string, verb: string) => ({
  message: `polkit does not allow this user to ${verb} the drive ${volume}.`,
  help: 'nbkp volumes authorize prints the rule that does, and where to put it.',
}));
/** `check` tried it: a run that nobody watches could not answer polkit's question. Fix: `nbkp volumes authorize`. */
export const polkitWouldAsk = error('polkit-not-authorized', (volume: string, verb: string) => ({
  message: `polkit does not let this user ${verb} ${volume} without a password.`,
  help: 'The command prints the rule that allows it, and says where to put it.',
}));
/** `check` tried to unlock or mount the drive, and udisks said something that nbkp does not know. Fix: as udisks says. */
export const driveNotUsable = error('drive-not-usable', (volume: string, said: string) => ({
  message: `udisks says of ${volume}: ${said}`,
}));
/** It cannot be mounted. Fix: `dmesg`, then check the file system. */
export const fileSystemDamaged = error('file-system-damaged', (volume: string) => ({
  message: `The file system of ${volume} cannot be mounted: it is damaged or of a kind that this machine does not know.`,
  help: 'dmesg says more. Check it before anything else (e2fsck -n, btrfs check --readonly).',
}));
const notDone = (volume: string, done: string, why: string) => ({
  message: `The drive ${volume} could not be ${done}: ${why}`,
});
/** udisks2 did not unlock the drive. Fix: as the message says. */
export const unlockFailed = error('unlock-failed', notDone);
/** udisks2 did not mount the drive. Fix: as the message says. */
export const mountFailed = error('mount-failed', notDone);
/** udisks2 did not unmount the drive. Fix: as the message says. */
export const unmountFailed = error('unmount-failed', notDone);
/** udisks2 did not lock the drive. Fix: as the message says. */
export const driveLockFailed = error('drive-lock-failed', notDone);
/** Something uses the drive, so that it stays open. Fix: end the processes that the message names. */
export const driveBusy = error('drive-busy', (volume: string, done: string) => ({
  message: `${volume} cannot be ${done} because something uses it. It is not safe to unplug.`,
  help: 'End what uses it, then: nbkp volumes unmount',
}));
/** Another run uses the drive. Fix: wait until it has ended. */
export const driveInUse = error('drive-in-use', (volume: string, run: string) => ({
  message: `${volume} is left open: run ${run} uses it.`,
  help: `Wait until it has ended (nbkp history ${run}), then: nbkp volumes unmount ${volume}`,
}));
/** Another run is opening or closing the drive. Fix: wait until it has ended. */
export const driveNotTouched = error('drive-in-use', (volume: string, why: string) => ({
  message: `The drive ${volume} was not touched: ${why}.`,
}));
/** Not closed, since another run uses it, or one was to leave it open. Fix: the last one that uses it closes it; or `nbkp volumes unmount`. */
export const driveLeftOpen = info('drive-left-open', (volume: string, why: string) => ({
  message: `${volume} was left open, since ${why}. It is not safe to unplug.`,
}));
/** A run leaves as it is what it finds open. */
export const driveOpen = info('drive-open', (volume: string, target: string) => ({
  message: `${volume} is mounted already, at ${target}, and is left as it is.`,
}));
/** A run locks no container that it finds unlocked. */
export const driveUnlocked = info('drive-open', (volume: string) => ({
  message: `${volume} is unlocked already, and stays so.`,
}));
/** The spec names the file system within a container that somebody has unlocked, so that no run locks it. Fix: name the container. */
export const containerOpen = info('container-open', (volume: string) => ({
  message: `${volume} is in a LUKS container that the spec does not name, and which stays unlocked. It is not safe to unplug before that is locked.`,
  help: `Lock it (udisksctl lock --block-device DEVICE), write the container's own UUID as mount.device-uuid and mount.encryption.type = "luks": nbkp then unlocks and locks it.`,
}));
/** `volumes mount` has nothing to do. */
export const nothingToMount = info('drive-open', (volume: string, target: string) => ({
  message: `${volume} is mounted already, at ${target}.`,
}));
/** `volumes unmount` has nothing to do. */
export const driveClosed = info('drive-closed', (volume: string) => ({
  message: `${volume} is plugged in and closed: safe to unplug.`,
}));
/** Its host does not list its devices. Fix: install util-linux there. */
export const driveUnknown = info('drive-unknown', (volume: string) => ({
  message: `Nobody can tell where the drive ${volume} is.`,
}));
/** The system could not write to the drive all that it holds for it. Fix: look at the drive, then run again. */
export const driveNotFlushed = error('drive-not-flushed', (volume: string, why: string) => ({
  message: `Not everything that was written to ${volume} reached the drive: ${why}`,
  help: 'Look at dmesg and at the drive: nothing that this run wrote there is certain. Run again once it is mended.',
}));
/** It was unplugged or failed in the middle of the run. Fix: plug it in, run once more. */
export const driveGone = error('drive-gone', (volume: string) => ({
  message: `The drive ${volume} is gone: it was unplugged, or it failed, while it was in use.`,
  help: 'Plug it in again and run once more: nothing that was complete before is lost.',
}));
/** Something that a step copies from or to vanished. Fix: plug it in; the next run goes on. */
export const placeGone = error('drive-gone', (step: string, what: string) => ({
  message: `A drive or folder went away during ${step}: ${what} is not what it was.`,
  help: 'Plug the drive in again and run the sync again; it goes on from here.',
}));
