/*
 * # Destinations and their snapshots
 */
import type { Owner } from '../identity.ts';
import { shellWord } from '../quote.ts';
import { listed } from '../suggest.ts';
import { error, guard, info, warning } from './entry.ts';

/** No permission, or mounted read-only (a damaged file system often is). Fix: mend the drive or its permissions. */
export const destinationNotWritable = error('destination-not-writable', (path: string, readOnly: boolean) => ({
  message: `${path} cannot be written to${readOnly ? ': its file system is mounted read-only' : ''}.`,
  help: readOnly
    ? 'A file system that turned read-only is often damaged: check the drive, then mount it again.'
    : `chown or chmod ${path}, or run nbkp as its owner.`,
}));
/** A symlink below the volume's root leads out of the volume: nothing is written or deleted there. Fix: remove the link, or make its target a volume of its own. */
export const destinationLeadsOut = error('destination-leads-out', (path: string, real: string, root: string) => ({
  message: `${path} is really ${real}, which is outside of its volume, ${root}.`,
  help: 'Remove the symlink, or give the place that it leads to a volume of its own in the spec.',
}));
/** `snapshots` or `staging` in the destination is a symlink: what is written or pruned there could be somebody else's. Fix: put a real directory in its place. */
export const folderLinked = error('destination-leads-out', (path: string, folder: 'snapshots' | 'staging') => ({
  message: `${path}/${folder} is a symlink. nbkp makes it as a directory, and writes and removes nothing behind a link.`,
  help: 'Find out who made the link. Put what it leads to in its place, or choose a destination where that is.',
}));
/** Source and destination are on one disk, as far as can be seen below partitions, LUKS and LVM, and no other sync copies the source elsewhere. Fix: another drive or a server. */
export const onOneDisk = warning('one-disk', (syncs: readonly string[], disk: string) => ({
  message: `The copies of ${some(syncs)} are on the disk of their originals (${disk}): if it fails or is stolen, both are gone.`,
  help: 'Copy to another drive or a server too. Copies on the same disk only bring back what was deleted or changed.',
}));
/** `snapshots/` or `staging/` is missing. Fix: `nbkp prepare VOLUME`. */
export const destinationNotPrepared = error(
  'destination-not-prepared',
  ({ path, missing, mode, volume }: { path: string; missing: string; mode: string; volume: string }) => ({
    message: `${path} has no ${missing}, which snapshots.mode "${mode}" needs.`,
    help: `nbkp prepare ${volume}`,
  }),
);
/** `staging` is an ordinary directory. Fix: move it away, `nbkp prepare VOLUME`. */
export const stagingNotSubvolume = error('staging-not-subvolume', (path: string, volume: string) => ({
  message: `${path}/staging is an ordinary directory, of which btrfs cannot make a snapshot.`,
  help: `Move it away, then: nbkp prepare ${volume}`,
}));
/** This file system has no hard links. Fix: no snapshots, or another file system. */
export const withoutHardLinks = error('snapshots-unsupported', (path: string, title: string) => ({
  message: `${path} is on ${title}, which has no hard links and so no snapshots of this mode.`,
  help: 'Set snapshots.mode = "none", or put ext4 or btrfs on the drive.',
}));
/** This file system does not show hard links, so that nobody can tell what a snapshot shares. Fix: the server over SSH, or no snapshots. */
export const withHiddenLinks = error('snapshots-unsupported', (path: string, title: string) => ({
  message: `${path} is on ${title}, which does not show hard links: a run could not tell what older snapshots share.`,
  help: 'Give the volume the server itself (ssh = "…", see docs/ssh.md), or set snapshots.mode = "none".',
}));
/** This mount has no symbolic links, and snapshots need one, `latest`. Fix: mount it with `mfsymlinks`, or no snapshots. */
export const withoutLinks = error('snapshots-unsupported', (path: string, title: string) => ({
  message: `${path} is on ${title}, mounted without symbolic links, and latest is one.`,
  help: 'Mount it with the option mfsymlinks (mount.cifs(8)), or set snapshots.mode = "none".',
}));
/** This file system is not btrfs. Fix: another mode, or another file system. */
export const notOnBtrfs = error('snapshots-unsupported', (path: string, title: string, mode: 'hard-link' | 'none') => ({
  message: `${path} is on ${title}, not on btrfs.`,
  help: `Set snapshots.mode = "${mode}" for it, or choose a destination on btrfs.`,
}));
/** A program is not installed. Fix: `apt install btrfs-progs`. */
export const btrfsMissing = error('btrfs-missing', () => ({
  message: 'The btrfs command is not installed.',
  help: 'sudo apt install btrfs-progs',
}));
/** Only root may delete subvolumes on this mount. Fix: mount with `user_subvol_rm_allowed`, or `--no-prune`. */
export const btrfsPruneNotAllowed = error('btrfs-prune-not-allowed', (path: string, target: string | undefined) => ({
  message: `${target ?? path} is mounted without user_subvol_rm_allowed, so that only root can delete its snapshots.`,
  help: `sudo mount -o remount,user_subvol_rm_allowed ${target ?? ''} (and add the option to fstab), or run with --no-prune.`,
}));
/** `check` asked udisks2 how it would mount a drive that is closed. Fix: the option in udisks's own configuration. */
export const udisksWithoutRemoval = error('btrfs-prune-not-allowed', (volume: string) => ({
  message: `udisks will mount ${volume} without user_subvol_rm_allowed, so that only root can delete its snapshots.`,
  help: 'In /etc/udisks2/mount_options.conf, below [defaults]: btrfs_defaults=user_subvol_rm_allowed and btrfs_allow=user_subvol_rm_allowed',
}));
/** Something is mounted in a snapshot that retention no longer holds: removing it would delete what is mounted. Fix: unmount it. */
export const snapshotMounted = error('snapshot-mounted', (name: string, target: string) => ({
  message: `${name} is not pruned: something is mounted in it, at ${target}, and would be deleted with it.`,
  help: `Unmount it: umount ${shellWord(target)}`,
}));
/** Something is mounted in the folder that the next copy is written to: it would be overwritten and deleted. Fix: unmount it. */
export const mountedInCopy = error('mounted-in-copy', (folder: string, target: string) => ({
  message: `Something is mounted at ${target}, and what it shows would become part of the copy in ${folder} or be deleted.`,
  help: `Unmount it: umount ${shellWord(target)}`,
}));
/** Mode `none` on a destination that has snapshots. No flag overrides it. Fix: the mode that made them, or another destination. */
export const historyWouldBeDeleted = error('history-would-be-deleted', (path: string, count: number) => ({
  message: `${path} holds ${count} snapshot${count === 1 ? '' : 's'}, and a sync with snapshots.mode "none" would delete them.`,
  help: 'Set the mode that made them, choose another destination, or move snapshots/ and latest away yourself.',
}));
/** `snapshots prune` of a sync that makes none. */
export const noSnapshots = info('no-snapshots', (sync: string) => ({ message: `${sync} makes no snapshots.` }));
/** `restore` of a sync that has not succeeded yet. Fix: run it first. */
export const noSnapshotYet = info('no-snapshot-yet', (destination: string) => ({
  message: `${destination} has no complete snapshot yet.`,
}));
/** A snapshot is named of a sync that makes none. Fix: leave out `@SNAPSHOT`. */
export const noSnapshotsToName = error('snapshot-unknown', (sync: string, wanted: string) => ({
  message: `${sync} makes no snapshots; leave out @${wanted}.`,
}));
/** It is none of the sync's snapshots, or there is none of that day. Fix: one of those around it, which the message names; `nbkp snapshots list`. */
export const snapshotUnknown = error(
  'snapshot-unknown',
  (sync: string, wanted: string, neighbours: readonly string[]) => ({
    message: `${sync} has no snapshot ${wanted}.${neighbours.length === 0 ? '' : ` Nearest: ${neighbours.join(' and ')}.`}`,
    help: `nbkp snapshots list --only ${sync}`,
  }),
);
/** There are not so many snapshots. Fix: `nbkp snapshots list`. */
export const snapshotTooFarBack = error(
  'snapshot-unknown',
  (sync: string, back: number, count: number, oldest: string) => ({
    message: `${sync} has no snapshot @-${back}: there ${count === 1 ? 'is 1' : `are ${count}`}, and the oldest is ${oldest}.`,
    help: `nbkp snapshots list --only ${sync}`,
  }),
);
/** Several snapshots begin with it. Fix: more of the name; `nbkp snapshots list`. */
export const snapshotAmbiguous = error(
  'snapshot-ambiguous',
  (sync: string, wanted: string, found: readonly string[]) => ({
    message: `${wanted} could be any of ${found.join(', ')}.`,
    help: `nbkp snapshots list --only ${sync}`,
  }),
);
/** What `restore` or `verify` is to look at is not a path inside the snapshot. Fix: a path relative to it, or the full path in the source. */
export const restorePathInvalid = error('restore-path-invalid', (path: string) => ({
  message: `"${path}" is not a path inside the snapshot.`,
  help: 'Name it relative to the snapshot, such as Letters/2026, or by its full path in the source of the sync.',
}));
/** Where a path ends: the last folder of it that is there, and the name that this one has not. */
interface Missing {
  /** `SYNC`, or `SYNC@SNAPSHOT`; the folder itself where there is no spec. */
  copy: string;
  /** All of it, as it was asked for. */
  path: string;
  /** Empty for the top of the copy. */
  folder: string;
  name: string;
  /** Names in that folder that are near to it, the nearest first. */
  near: readonly string[];
  /** `name` is there, but no folder, and more of the path follows. */
  is: 'file' | 'symlink' | 'directory' | 'other' | null;
}
/** `restore --from` names a folder without `.nbkp-dst`. Fix: the folder that has it beside `latest` and `snapshots/`. */
export const notADestination = error('not-a-destination', (path: string, below: readonly string[]) => ({
  message: `${path} has no .nbkp-dst: nbkp has made no backup right there.`,
  help:
    below.length === 0
      ? 'Name the folder that has .nbkp-dst, beside latest and snapshots/ where there are any.'
      : `There is one in ${listed(below, shellWord)}.`,
}));
/** What was asked for is not in the snapshot. Fix: one of the names that are near to it; `nbkp ls` shows what is there. */
export const pathNotInSnapshot = error('path-not-in-snapshot', ({ copy, path, folder, name, near, is }: Missing) => {
  const where = folder === '' ? copy : `${folder} of ${copy}`;
  const what = is === 'symlink' ? 'a link' : is === 'file' ? 'a file' : 'no folder';
  return {
    message: is === null ? `${where} has no ${name}.` : `${copy} has no ${path}: ${name} is ${what} there.`,
    help: [
      ...(near.length === 0 ? [] : [`Did you mean ${listed(near)}?`]),
      `What is there: ${lookInto(copy, folder)}`,
    ].join(' '),
  };
});
function lookInto(copy: string, folder: string): string {
  const below = folder === '' ? [] : [folder];
  return copy.startsWith('/')
    ? `ls ${shellWord([copy, ...below].join('/'))}`
    : `nbkp ls ${[copy, ...below].map(shellWord).join(' ')}`;
}

/** A copy could not be read: a prune has removed it meanwhile, or this user may not read all of it. Fix: run nbkp as root; look whether it is there. */
export const snapshotUnreadable = error('snapshot-unreadable', (what: string, why: string) => ({
  message: `${what} could not be read: ${why}.`,
  help: 'A prune may have removed it meanwhile. What belongs to others only root can read.',
}));
/** The backup of another source is there. Fix: correct the destination; if it is this source's from now on: `nbkp prepare VOLUME --take-over`. */
export const destinationOwned = guard(
  'destination-owned',
  ({ path, volumes, owner }: { path: string; volumes: readonly string[]; owner: Owner }) => ({
    message:
      owner.source === null
        ? `Whose backup is in ${path} cannot be read from its .nbkp-dst.`
        : `${path} holds the backup of another source: that of ${ownerText(owner)}.`,
    help: `Choose another destination. If it is to be the backup of this source from now on: nbkp prepare ${volumes.join(' ')} --take-over`,
  }),
);

/** A newer nbkp has written down there whose the place is, in a way that this one does not know: it is left as it is. Fix: install that version again. */
export const markNewer = error('mark-newer', (path: string, format: string) => ({
  message: `${path} was written by a newer nbkp (format ${format}); this one knows 1.0.`,
  help: 'Install that version again. Nothing there was changed.',
}));

/** The sync has succeeded, and that could not be written down at its destination. Fix: what the message says; the next success tries again. */
export const successUnnoted = warning('success-unnoted', (cause: string) => ({
  message: `The copy is complete, but .nbkp-last.json could not be written beside it: ${cause}`,
  help: 'Other machines and specs do not know of this success until one is noted. Your own history has it.',
}));

/** In words. */
export function ownerText({ machine, sync, spec }: Owner): string {
  const from = [machine, sync === '' ? '' : `sync ${sync}`, spec].filter((text) => text !== '');
  return from.length === 0 ? 'nobody that is named' : from.join(', ');
}
/** `check` found no free block there. Fix: `nbkp snapshots prune`. */
export const noRoomLeft = error('disk-full', (path: string) => ({ message: `There is no room left in ${path}.` }));

/** A few names, and how many more. */
function some(names: readonly string[]): string {
  const more = names.length - 3;
  if (more > 1) return `${names.slice(0, 3).join(', ')} and ${more} more syncs`;
  return names.join(', ').replace(/, ([^,]*)$/, ' and $1');
}
