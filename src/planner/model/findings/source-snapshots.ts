/*
 * # Snapshots of sources
 *
 * With `source-snapshot` a transfer reads a temporary read-only snapshot of its source, which the run makes and removes. What keeps it
 * from being made blocks the sync: a copy of a source that changes meanwhile is not what the spec asks for.
 */
import { formatBytes } from '../bytes.ts';
import { error, info, warning } from './entry.ts';

interface Source {
  /** `laptop:Documents` */
  source: string;
  path: string;
}

/** The source is not on btrfs. Fix: leave out `source-snapshot`. */
export const sourceSnapshotFileSystem = error(
  'source-snapshot-file-system',
  ({ source, fsType }: { source: string; fsType: string }) => ({
    message: `source-snapshot = "btrfs" needs a source on btrfs, and ${source} is on ${fsType}.`,
    help: 'Leave out source-snapshot: the source is then copied as it is while it is read.',
  }),
);

/** The source is on no logical volume that LVM knows. Fix: leave out `source-snapshot`. */
export const sourceSnapshotNotOnLvm = error(
  'source-snapshot-not-on-lvm',
  ({ source, device }: Source & { device: string }) => ({
    message: `source-snapshot = "lvm" needs a source on a logical volume, and the file system of ${source} is on ${device}, which is none.`,
    help: 'lvs lists those of this machine. A LUKS container in a logical volume is none either. Leave out source-snapshot: the source is then copied as it is while it is read.',
  }),
);

/** A snapshot of the volume cannot be mounted beside it: the file system is not ext2 to ext4 or xfs. Fix: "btrfs" on btrfs, else leave it out. */
export const sourceSnapshotOfVolume = error(
  'source-snapshot-file-system',
  ({ source, fsType }: Source & { fsType: string }) => ({
    message: `source-snapshot = "lvm" needs a source on ext2, ext3, ext4 or xfs, and ${source} is on ${fsType}.`,
    help:
      fsType === 'btrfs'
        ? 'Write source-snapshot = "btrfs": two volumes with one btrfs must never be mounted together.'
        : 'Leave out source-snapshot: the source is then copied as it is while it is read.',
  }),
);

/** Only root makes and mounts snapshots of logical volumes. Fix: run nbkp as root. */
export const sourceSnapshotNotRoot = error(
  'source-snapshot-not-root',
  ({ source, user }: Source & { user: string }) => ({
    message: `Only root may make a snapshot of the logical volume of ${source}, and this is ${user}.`,
    help: 'Run nbkp as root (sudo nbkp, nbkp schedule install --system), log in as root on a server, or leave out source-snapshot.',
  }),
);

/** btrfs-progs is not installed. Fix: `apt install btrfs-progs`. */
export const sourceSnapshotBtrfsMissing = error('source-snapshot-btrfs-missing', () => ({
  message: 'The btrfs command, which makes the snapshot of the source, is not installed.',
  help: 'sudo apt install btrfs-progs',
}));

/** LVM is not installed. Fix: `apt install lvm2`. */
export const lvmMissing = error('source-snapshot-lvm-missing', () => ({
  message: 'LVM (the command lvs) is not installed.',
  help: 'sudo apt install lvm2',
}));

/** What LVM has could not be found out. Fix: what the message says. */
export const sourceSnapshotVolumeUnknown = error(
  'source-snapshot-unknown',
  ({ source, why }: { source: string; why: string }) => ({
    message: `It is not known which logical volume holds ${source} (${why}).`,
    help: 'Try lvs as root, which says more, or leave out source-snapshot.',
  }),
);

/** The source is on a drive that the run opens: its volume is not known before that. Fix: open the drive first. */
export const sourceSnapshotClosed = error(
  'source-snapshot-closed',
  ({ source, volume }: { source: string; volume: string }) => ({
    message: `${source} is on a drive that is closed, so that its logical volume is not known.`,
    help: `nbkp volumes mount ${volume} opens it. Without source-snapshot a run opens it itself.`,
  }),
);

interface OfVolume {
  source: string;
  /** `vg0/home` */
  volume: string;
}

/** A snapshot of a volume that is not thin needs a size. Fix: `lvm.size`. */
export const sourceSnapshotWithoutSize = error(
  'source-snapshot-without-size',
  ({ source, volume, sync }: OfVolume & { sync: string }) => ({
    message: `${source} is on the logical volume ${volume}, which is not thin: its snapshot needs a size.`,
    help: `Write lvm.size = "5GiB" in [syncs.${sync}]: room for all that changes in the volume during one run.`,
  }),
);

/** `lvm` without effect: no snapshot of a logical volume is made. Fix: `source-snapshot = "lvm"`, or remove it. */
export const lvmWithoutSnapshot = warning('unused-setting', () => ({
  message: '`lvm` has no effect: source-snapshot is not "lvm".',
  help: 'Write source-snapshot = "lvm", or remove `lvm`.',
}));

/** There is not enough room for a snapshot in the volume group, or in the pool of a thin volume. Fix: more room, or a smaller size. */
export const sourceSnapshotNoRoom = error(
  'source-snapshot-no-room',
  ({ source, place, free, needed }: OfVolume & { place: string; free: number; needed: number }) => ({
    message: `In ${place} ${formatBytes(free)} are free, and a snapshot of ${source} needs ${formatBytes(needed)}.`,
    help: 'vgs and lvs show what takes the room. Make some, write a smaller lvm.size, or leave out source-snapshot.',
  }),
);

/** More changed in the volume during the run than its snapshot has room for. Fix: a larger `lvm.size`. */
export const sourceSnapshotFull = error('source-snapshot-full', ({ volume }: { volume: string }) => ({
  message: `The snapshot of ${volume} was full before all was copied: more changed meanwhile than it had room for.`,
  help: 'Write a larger lvm.size and run again. This copy may lack something and counts as none.',
}));

/** The snapshot could no longer be read. Fix: what LVM says of it. */
export const sourceSnapshotBroken = error(
  'source-snapshot-broken',
  ({ volume, why }: { volume: string; why: string }) => ({
    message: `The snapshot of ${volume} was not whole when all was copied: ${why}.`,
    help: 'lvs -a and dmesg say more. This copy may lack something and counts as none; run again.',
  }),
);

/** The source has no folder yet where its snapshots can lie. Fix: `nbkp prepare`. */
export const sourceSnapshotUnprepared = error(
  'source-snapshot-unprepared',
  ({ path, volume }: { path: string; volume: string }) => ({
    message: `There is no .nbkp-source in ${path}, where a temporary snapshot of it can lie.`,
    help: `nbkp prepare ${volume} makes it.`,
  }),
);

/** A symlink has the name of that folder: nothing is made behind it. Fix: find out who made it and move it away, then `nbkp prepare`. */
export const sourceFolderLinked = error(
  'source-snapshot-unprepared',
  ({ path, volume }: { path: string; volume: string }) => ({
    message: `${path}/.nbkp-source is a symlink. nbkp makes it as a directory, and makes and removes nothing behind a link.`,
    help: `Find out who made the link, and move it away. Then: nbkp prepare ${volume}`,
  }),
);

/**
 * This user may not make or remove snapshots there: both take the owner of the subvolume, and removing takes the mount option
 * `user_subvol_rm_allowed`, or root. Fix: run nbkp as root, or change the mount.
 */
export const sourceSnapshotNotAllowed = error(
  'source-snapshot-not-allowed',
  ({ subvolume, target }: { subvolume: string; target: string | null }) =>
    target === null
      ? {
          message: `This user does not own the subvolume ${subvolume}, and so may make no snapshot of it.`,
          help: 'Run nbkp as root (nbkp schedule install --system), exclude that folder with filters, or leave out source-snapshot.',
        }
      : {
          message: `${target} is mounted without user_subvol_rm_allowed, so that only root could remove a snapshot of ${subvolume}.`,
          help: `Add that option to its line in /etc/fstab, run nbkp as root, or leave out source-snapshot.`,
        },
);

/** Something is mounted in the source: a snapshot has an empty folder there. Fix: exclude it, or give it a sync of its own. */
export const sourceSnapshotMounts = error(
  'source-snapshot-mounts',
  ({ source, targets }: { source: string; targets: readonly string[] }) => ({
    message: `In ${source} another file system is mounted, which no snapshot of it holds: ${targets.join(', ')}.`,
    help: 'Exclude it with filters of the sync, and give it a sync of its own where it is to be copied. Nothing of its copy was deleted.',
  }),
);

/**
 * A filter rule with rsync's modifier `/` matches absolute paths, and those in a snapshot are others than those in the source. Fix:
 * write it relative to the source.
 */
export const sourceSnapshotAbsoluteRule = error('source-snapshot-absolute-rule', (rule: string) => ({
  message: `The filter rule ${rule} has the modifier / for absolute paths, and a snapshot of the source has other paths than the source.`,
  help: 'Write it without that modifier and relative to the source, beginning with /, such as "- /cache".',
}));

/** The subvolume of the source cannot be seen from its path, as below a bind mount. Fix: write the path in the subvolume itself. */
export const sourceSnapshotNoSubvolume = error('source-snapshot-no-subvolume', ({ source, path }: Source) => ({
  message: `The btrfs subvolume that holds ${source} cannot be seen above ${path}, so that no snapshot of it can be made.`,
  help: 'A part of it is mounted there. Write the path at which the whole subvolume is mounted.',
}));

/** Which subvolumes lie in the source could not be found out. Fix: what the message says. */
export const sourceSnapshotUnknown = error(
  'source-snapshot-unknown',
  ({ source, why }: { source: string; why: string }) => ({
    message: `It is not known which subvolumes lie in ${source} (${why}), and what a snapshot lacks would be deleted in the copy.`,
    help: 'Run nbkp as root, who is told by the file system, or leave out source-snapshot.',
  }),
);

/** The executor that moves the data reads no folder. Fix: leave out `source-snapshot`. */
export const sourceSnapshotUnused = error('source-snapshot-unused', ({ transfer }: { transfer: string }) => ({
  message: `transfer = "${transfer}" reads snapshots of its own, and no folder that source-snapshot could stand for.`,
  help: 'Leave out source-snapshot.',
}));

/** Subvolumes lie in the source. Each gets a snapshot of its own, a moment later, in its place. */
export const sourceSnapshotInner = info(
  'source-snapshot-inner',
  ({ source, paths }: { source: string; paths: readonly string[] }) => ({
    message: `${source} holds ${paths.length === 1 ? 'a subvolume' : `${paths.length} subvolumes`} of its own (${named(paths)}): the snapshot gets a snapshot of each in its place.`,
  }),
);

/** The source is itself a destination with snapshots, and is read through one that does not change. Fix: nothing. */
export const sourceSnapshotNeedless = info('source-snapshot-needless', ({ source }: { source: string }) => ({
  message: `${source} is read through a snapshot that it has already: source-snapshot makes no other one.`,
}));

/** The temporary snapshot could not be made. Fix: what the message says; nothing was copied. */
export const sourceSnapshotFailed = error(
  'source-snapshot-failed',
  ({ source, why }: { source: string; why: string }) => ({
    message: `No snapshot of ${source} could be made: ${why}.`,
    help: 'Nothing was copied or deleted. nbkp check says what it takes.',
  }),
);

/** The temporary snapshot could not be removed, and takes room as the source changes. Fix: `nbkp recover`, or the next run. */
export const sourceSnapshotLeft = error('source-snapshot-left', ({ path, why }: { path: string; why: string }) => ({
  message: `The temporary snapshot ${path} could not be removed: ${why}.`,
  help: 'The next run removes it, and so does nbkp recover.',
}));

const MOST = 3;

function named(paths: readonly string[]): string {
  const more = paths.length - MOST;
  return more > 0 ? `${paths.slice(0, MOST).join(', ')} and ${more} more` : paths.join(', ');
}
