/*
 * # Copying
 *
 * What keeps a transfer or a restore from copying, by what rsync says: at the source or at the destination, what it tried, and
 * what the system answered. Each cause is told once, with some of the paths that it was about.
 */
import type { Range } from '../range.ts';
import { listed } from '../suggest.ts';
import { formatBytes } from '../bytes.ts';
import { error, warning } from './entry.ts';

/** What a cause is about. */
export interface About {
  /** `/a, /b and 7 more`, in rsync's spelling. */
  paths: string;
  /** What the system answered: `Input/output error`. */
  why: string;
  /** It copies out of a snapshot into a folder, and no sync has settings for that. */
  restoring: boolean;
}

const OTHER_PLACE = 'Restore to a place on another file system, such as ext4 or btrfs.';
const LEAVE_OUT = 'or leave them out with filters of the sync';

/** This user may not read something. Fix: run nbkp as a user who may, or leave it out with filters. */
export const filesUnreadable = error('files-unreadable', ({ paths, restoring }: About) => ({
  message: `This user may not read in the ${from(restoring)}: ${paths}.`,
  help: restoring ? 'Run nbkp as a user who may.' : `Run nbkp as a user who may read them, ${LEAVE_OUT}.`,
}));

/** The drive that is read from fails, or its file system is damaged. Fix: `dmesg`, `smartctl`, and save what can be read. */
export const sourceDamaged = error('source-damaged', ({ paths, why, restoring }: About) => ({
  message: `The drive of the ${from(restoring)} fails to read (${why}): ${paths}.`,
  help: 'dmesg and smartctl say how it is. What could be read was copied: save the rest before anything else.',
}));

/** A file system that is read from stopped answering. Fix: mount it again. */
export const sourceLost = error('source-lost', ({ paths, why, restoring }: About) => ({
  message: `The file system of the ${from(restoring)} does not answer any more (${why}): ${paths}.`,
  help: `Mount it again. ${again(restoring)}`,
}));

/** What was to be copied is not there. Fix: look at the path. */
export const pathNotThere = error('path-not-there', ({ paths, restoring }: About) =>
  restoring
    ? {
        message: `The snapshot does not have ${paths}.`,
        help: 'Paths begin at the top of the snapshot. Another one may have it: nbkp snapshots list.',
      }
    : { message: `There is no ${paths} to copy.`, help: 'Correct the source in the spec, or bring the folder back.' },
);

/** A link that leads nowhere, where `rsync.extra-options` say to follow links. Fix: leave it out, or copy links as links. */
export const linkLeadsNowhere = error('link-leads-nowhere', ({ paths, restoring }: About) => ({
  message: `Links are followed, and some lead nowhere: ${paths}.`,
  help: restoring
    ? 'The others are restored.'
    : `Remove the links, ${LEAVE_OUT}, or copy links as they are: without --copy-links and the like in rsync.extra-options.`,
}));

interface Kept {
  /** How many entries are to be deleted yet. */
  count: number;
  destination: string;
  /** Folders of the source that cannot be listed, as `About.paths`; empty for none. */
  hidden: string;
  /** Something else could not be copied. */
  incomplete: boolean;
}

/**
 * What the source no longer has was not deleted this time, since not all of the source was seen. Fix: as the message says: let
 * nbkp list the folder, or leave it out; where files only vanished, the next run deletes.
 */
export const deletesPostponed = warning('deletes-postponed', ({ count, destination, hidden, incomplete }: Kept) => {
  const stay = `${count} entries that the source no longer has stay in ${destination} for now`;
  if (hidden !== '') {
    return {
      message: `${stay}: what is in ${hidden} is not known.`,
      help: 'They stay until nbkp can list that, or until filters of the sync leave it out.',
    };
  }
  return incomplete
    ? {
        message: `${stay}: not all could be copied.`,
        help: 'They stay until all can be copied, or until filters of the sync leave the rest out.',
      }
    : {
        message: `${stay}: the source changed while it was read.`,
        help: 'The next run deletes them, unless that is so again.',
      };
});

/** A folder of the destination is where a file has to be, and nothing is deleted there. Fix: rename it there. */
export const folderInTheWay = error('folder-in-the-way', ({ paths, restoring }: About) => ({
  message: `Folders at the destination are where files have to be, and were not removed: ${paths}.`,
  help: restoring
    ? 'Look at them there, and rename or remove them by hand.'
    : 'Look at them there. With rsync.delete = false nbkp removes none: rename or remove them by hand.',
}));

/** A file changed or was cut off while it was read. Fix: the next run; `source-snapshot` reads one moment in time. */
export const filesChanged = error('files-changed', ({ paths, restoring }: About) => ({
  message: `Files changed while they were copied: ${paths}.`,
  help: restoring
    ? 'Restore them again.'
    : 'The next run copies them again. On btrfs and LVM, source-snapshot reads one moment in time.',
}));

/** A path is longer than rsync takes (4,096 bytes), or a name than the file system. Fix: shorten it, or leave it out. */
export const pathTooLong = error('path-too-long', ({ paths, restoring }: About) => ({
  message: `Paths or names are too long: ${paths}.`,
  help: restoring ? 'Restore to a folder with a shorter path.' : `Shorten them, ${LEAVE_OUT}.`,
}));

/** The destination is full; no snapshot was named, `latest` was not moved. Fix: make room; the next run goes on. */
export const diskFull = error('disk-full', ({ restoring }: Pick<About, 'restoring'>) =>
  restoring
    ? { message: 'The file system to restore to is full.', help: 'Make room there, or restore to another place.' }
    : {
        message: 'The destination is full.',
        help: `Remove there what belongs to no backup, or use a larger drive. ${again(restoring)}`,
      },
);

/** What could make room on a drive that is full: the snapshots that the run would remove after its success. */
export function roomToMake({ snapshots, bytes }: { snapshots: readonly string[]; bytes: Range | null }): string {
  const otherwise = 'Keep fewer (snapshots.keep), remove other files, or use a larger drive.';
  if (snapshots.length === 0) return `Make room there: no snapshot may go before the next is complete. ${otherwise}`;
  if (bytes?.high === 0)
    return `Make room there: the snapshots that would go after a success have nothing that others do not have too. ${otherwise}`;
  const names = listed(snapshots);
  const room =
    bytes === null
      ? 'how much that frees is unknown'
      : bytes.low === bytes.high
        ? `that frees ${formatBytes(bytes.low)}`
        : `that frees ${formatBytes(bytes.low)} to ${formatBytes(bytes.high)}`;
  return `These snapshots would go after a success: ${names}; ${room}. With policy.prune-first = true a run removes them before it copies, unless a guard refuses it.`;
}

/** What more could make room where a run has gone on in what another had left: only one that begins anew links what was renamed. */
export function roomInPartial(path: string): string {
  return (
    `This run went on in ${path}, where what was renamed since the last snapshot is copied once more. ` +
    'Where there is no room for that, remove that folder: the next run begins anew, and links such files. Keep it if the source has lost files since.'
  );
}

/** The quota of this user at the destination is used up, though the drive has room. Fix: `quota -s` there. */
export const quotaExceeded = error('quota-exceeded', ({ restoring }: About) => ({
  message: 'The quota of this user at the destination is used up.',
  help: `df does not show it, quota -s does. Remove files of this user there, or have the quota raised. ${again(restoring)}`,
}));

/** The destination is mounted read-only. Fix: if nobody mounted it so, it had an error: `dmesg`, then `fsck`. */
export const destinationReadOnly = error('destination-read-only', ({ restoring }: About) => ({
  message: 'The file system of the destination is mounted read-only.',
  help: `If nobody mounted it so, the kernel did after an error: dmesg says which. Unmount it and check it with fsck. ${again(restoring)}`,
}));

/** The drive that is written to fails, or its file system is damaged. Fix: `dmesg`, `smartctl`, `fsck`. */
export const destinationDamaged = error('destination-damaged', ({ paths, why }: About) => ({
  message: `The drive of the destination fails (${why}): ${paths}.`,
  help: 'Do not trust it before dmesg, smartctl and fsck have said how it is.',
}));

/** The file system that is written to stopped answering. Fix: mount it again. */
export const destinationLost = error('destination-lost', ({ paths, why, restoring }: About) => ({
  message: `The file system of the destination does not answer any more (${why}): ${paths}.`,
  help: `Mount it again. ${again(restoring)}`,
}));

/** This user may not write there. Fix: `chown`, or run nbkp as the user who may. */
export const destinationNotWritable = error('destination-not-writable', ({ paths }: About) => ({
  message: `This user may not write at the destination: ${paths}.`,
  help: 'Run nbkp as the user whose folder it is, or give it to this one (chown).',
}));

/** Entries there belong to another user, so that their times or modes cannot be set. Fix: `chown`, or run nbkp as that user. */
export const destinationForeign = error('destination-foreign', ({ paths }: About) => ({
  message: `Entries at the destination belong to another user, so that they cannot be brought up to date: ${paths}.`,
  help: 'Run nbkp as that user, or give them to this one (chown).',
}));

/** Entries there are protected, by a flag or a sticky folder. Fix: `lsattr`, `chattr -i`. */
export const destinationProtected = error('destination-protected', ({ paths }: About) => ({
  message: `Entries at the destination are protected against changes: ${paths}.`,
  help: 'lsattr shows flags such as i (immutable), and chattr -i takes that one away. In a sticky folder (mode +t) only owners may.',
}));

/** Something is mounted there or in use. Fix: unmount it. */
export const destinationBusy = error('destination-busy', ({ paths }: About) => ({
  message: `Entries at the destination are in use: ${paths}.`,
  help: 'Perhaps a file system is mounted there: findmnt shows it, and umount takes it away.',
}));

/** A folder that is written to is not there any more, or is something else. Fix: see who else writes there. */
export const destinationPathMissing = error('destination-path-missing', ({ paths }: About) => ({
  message: `The destination does not have a folder that was there: ${paths}.`,
  help: 'Something else changes files there. nbkp check says whether all is as it should be.',
}));

/** The path of the destination leads through a link of another user, which rsync does not follow. Fix: the real path in the spec. */
export const destinationLinked = error('destination-linked', ({ paths }: About) => ({
  message: `rsync does not follow a link that belongs to another user: ${paths}.`,
  help: 'Write the path that it leads to (realpath shows it) into the spec, or make the link your own (chown -h).',
}));

/** The file system has no owners, or this user may not set them. Fix: `--no-owner`, `--no-group`, or another file system. */
export const ownersUnholdable = error('owners-unholdable', ({ paths, restoring }: About) => ({
  message: `Owner or group cannot be set at the destination: ${paths}.`,
  help: restoring
    ? 'FAT, exFAT and some network file systems have none: the files are there, without them. Elsewhere run nbkp as root.'
    : 'FAT, exFAT and some network file systems have none: rsync.extra-options = ["--no-owner", "--no-group"]. Elsewhere run nbkp as root.',
}));

/** The file system has no symbolic links. Fix: `--no-links`, or another file system. */
export const linksUnholdable = error('links-unholdable', ({ paths, restoring }: About) => ({
  message: `The file system of the destination holds no symbolic links: ${paths}.`,
  help: restoring ? OTHER_PLACE : `Use ext4 or btrfs there. rsync.extra-options = ["--no-links"] leaves links out.`,
}));

/** The file system has no hard links, or none to such files. Fix: another file system. */
export const hardLinksUnholdable = error('hard-links-unholdable', ({ paths, restoring }: About) => ({
  message: `The file system of the destination makes no hard links: ${paths}.`,
  help: restoring ? OTHER_PLACE : 'Use ext4 or btrfs there, or leave -H out of the options of rsync.',
}));

/** A file has more hard links than the file system allows (ext4: 65,000). Fix: XFS or btrfs, or fewer links. */
export const tooManyLinks = error('too-many-links', ({ paths, restoring }: About) => ({
  message: `A file has more hard links than the file system of the destination allows: ${paths}.`,
  help: restoring
    ? OTHER_PLACE
    : 'ext4 allows 65,000, XFS far more. Without -H in the options of rsync each is a file of its own there.',
}));

/** A file has more hard links than the file system allows, or gets them with all snapshots together: names beyond that are files of their own in this copy. Fix: none needed; XFS allows far more. */
export const namesCopiedApart = warning('names-copied-apart', ({ destination }: { destination: string }) => ({
  message: `A file has more names than the file system of ${destination} allows, those in older snapshots counted: some are files of their own in this copy.`,
  help: 'The next run makes one file of them again if there is room for its names. ext4 allows 65,000, XFS far more.',
}));

/** Device files, sockets or pipes cannot be made there. Fix: run as root, or leave them out. */
export const specialFilesUnholdable = error('special-files-unholdable', ({ paths, restoring }: About) => ({
  message: `Device files, sockets or pipes cannot be made at the destination: ${paths}.`,
  help: restoring
    ? 'Devices are for root, and some file systems hold none of these.'
    : 'Devices are for root, and some file systems hold none of these: rsync.extra-options = ["--no-devices", "--no-specials"] leaves them out.',
}));

/** Extended attributes or ACLs do not fit there. Fix: another file system, or leave `-X` and `-A` out. */
export const attributesUnholdable = error('attributes-unholdable', ({ paths, why, restoring }: About) => ({
  message: `Extended attributes or ACLs cannot be kept at the destination (${why}): ${paths}.`,
  help: restoring
    ? OTHER_PLACE
    : 'ext4 has little room for them, XFS and btrfs have more, FAT has none. Without -X and -A they are not copied.',
}));

/** Names that the file system of the destination cannot hold. Fix: rename, or another file system. */
export const namesUnholdable = error('names-unholdable', ({ paths, restoring }: About) => ({
  message: `The file system of the destination cannot hold these names: ${paths}.`,
  help: restoring
    ? OTHER_PLACE
    : `FAT, exFAT and NTFS have no : ? * " < > | in names. Use ext4 or btrfs there, rename them, ${LEAVE_OUT}.`,
}));

/** A file is too large for the file system (FAT: 4 GiB); what comes after it is not copied either. Fix: another file system. */
export const fileTooLarge = error('file-too-large', ({ paths, restoring }: About) => ({
  message: `The file system of the destination cannot hold a file of this size, and rsync ended there: ${paths}.`,
  help: restoring
    ? OTHER_PLACE
    : `FAT ends at 4 GiB. Use another file system there, or leave the file out with filters of the sync.`,
}));

function from(restoring: boolean): string {
  return restoring ? 'snapshot' : 'source';
}

function again(restoring: boolean): string {
  return restoring ? 'Then restore again.' : 'The next run goes on from here.';
}
