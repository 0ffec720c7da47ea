/*
 * # File systems
 *
 * What the file system of a destination cannot hold. [File systems](file-systems.md) has what each can.
 */
import type { CountedPaths } from '../at-target.ts';
import type { LeftOut } from '../preview.ts';
import { formatBytes } from '../bytes.ts';
import { error, info, warning } from './entry.ts';

interface Unheld {
  volume: string;
  /** Of the file system there. */
  title: string;
  lost: readonly string[];
}

/** The file system of the destination has no place for it, so it is not copied. Fix: none needed; ext4, XFS or btrfs hold all of it. */
export const notKept = info('not-kept', ({ volume, title, lost }: Unheld) => ({
  message: `Not kept on ${volume} (${title}): ${lost.join(', ')}.`,
}));
/** Neither its type nor a try tells what the file system of the destination can hold, as on servers and behind drivers of FUSE that nbkp does not know. Runs copy as `-a` says. Fix: `nbkp prepare VOLUME` tries it. */
export const fileSystemUntried = info(
  'file-system-untried',
  ({ volume, fsType }: { volume: string; fsType: string }) => ({
    message: `What ${volume} (${fsType}) can hold is not known.`,
    help: `nbkp prepare ${volume} tries it, in a folder of its own that it removes again.`,
  }),
);
/** The destination was prepared when it could hold more than it can as it is mounted now: by another driver, or without an option. Fix: mount it as before; until then copies go on with less. */
export const keptNoMore = warning('kept-no-more', ({ volume, title, lost }: Unheld) => ({
  message: `${volume} was prepared to hold more than it can as it is mounted now (${title}). This run copies without: ${lost.join(', ')}.`,
  help: 'Mount it with the driver and the options that it was prepared with.',
}));
/** Both ends can hold more than the copy keeps, since it was begun by an older version, by another program, or from another file system. With more options files would be copied again, so that no run changes them by itself. Fix: `nbkp prepare --upgrade-options SYNC` says how much that copies once, and asks. */
export const optionsCanKeepMore = info(
  'options-can-keep-more',
  ({ sync, volume, more }: { sync: string; volume: string; more: readonly string[] }) => ({
    message: `The copy on ${volume} could keep more: ${more.join(', ')}.`,
    help: `nbkp prepare --upgrade-options ${sync} says how much that copies once, and asks.`,
  }),
);
/** What `nbkp prepare --upgrade-options` changes at the next run: with snapshots of mode `hard-link` each file that has more to keep is copied whole. Fix: none needed; there has to be room for it. */
export const optionsUpgrade = info(
  'options-upgrade',
  ({ sync, files, bytes, copies }: { sync: string; files: number; bytes: number; copies: boolean }) => ({
    message: copies
      ? `Of what is backed up already the next run of ${sync} copies ${counted(files)} once, ${formatBytes(bytes)}: a hard link cannot have what they keep from now on.`
      : `The next run of ${sync} sets what is kept from now on for ${counted(files)}, and copies nothing again for that.`,
  }),
);
const counted = (files: number): string => (files === 1 ? 'one file' : `${files} files`);
/** The spec tells rsync to copy what the file system of the destination cannot hold. Fix: take it out of `rsync.options` and `rsync.extra-options`. */
export const optionsAskTooMuch = warning('options-ask-too-much', ({ volume, title, lost }: Unheld) => ({
  message: `The options of rsync in the spec ask for what ${volume} (${title}) cannot hold, so that runs may fail: ${lost.join(', ')}.`,
  help: 'Without rsync.options nbkp leaves out by itself what a destination cannot hold. To keep it, use ext4, XFS or btrfs there.',
}));

interface Left {
  destination: string;
  title: string;
  leftOut: LeftOut;
}
const named = ({ count, paths }: CountedPaths) => `${paths.join(', ')}${count > paths.length ? ', …' : ''}`;
const leftText = ({ destination, title, leftOut: { collides, name, size } }: Left) => {
  const all = collides.count + name.count + size.count;
  const parts = [
    ...(collides.count === 0 ? [] : [`whose names are others' there (case does not count): ${named(collides)}`]),
    ...(name.count === 0 ? [] : [`with names that cannot be there: ${named(name)}`]),
    ...(size.count === 0 ? [] : [`larger than a file can be there: ${named(size)}`]),
  ];
  return `${all === 1 ? 'An entry is' : `${all} entries are`} left out, since ${destination} (${title}) cannot hold ${all === 1 ? 'it' : 'them'}: ${parts.join('; ')}.`;
};
const LEFT_HELP = 'Rename them, leave them out with filters of the sync, or use ext4, XFS or btrfs there.';
const FAILS_HELP = `${LEFT_HELP} unholdable = "skip" in the sync makes it a success with a warning.`;
/** The file system of the destination cannot hold some entries: names that differ only in case, names with characters that it does not have, files that are too large. All others are copied and the sync is `incomplete`. Fix: rename them, leave them out with filters, or use another file system; `unholdable = "skip"` makes it a success. */
export const entriesLeftOut = error('entries-left-out', (left: Left) => ({
  message: leftText(left),
  help: FAILS_HELP,
}));
/** What a dry run says of it before. */
export const entriesToBeLeftOut = warning('entries-left-out', (left: Left) => ({
  message: `${leftText(left)} All others are copied, and the run is incomplete then (exit code 1).`,
  help: FAILS_HELP,
}));
/** The same where the sync says `unholdable = "skip"`. Fix: none needed. */
export const entriesSkipped = warning('entries-left-out', (left: Left) => ({
  message: leftText(left),
  help: LEFT_HELP,
}));

interface Undated {
  destination: string;
  title: string;
  from: number;
  to: number;
  files: CountedPaths;
}
const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 'YYYY-MM-DD'.length);
/** The file system of the destination has no place for the times of some files, such as those before 1980 on FAT and exFAT. They are copied, and their copies have other times there. Without snapshots a run to FAT, exFAT or HFS+ reads them at both ends to see whether they have changed; elsewhere, and to a snapshot, it copies each. Fix: none needed; `touch` gives such a file another time. */
export const timesNotHeld = warning('times-not-held', ({ destination, title, from, to, files }: Undated) => ({
  message: `${files.count === 1 ? 'A file has a time' : `${files.count} files have times`} before ${day(from)} or after ${day(to)}, which ${destination} (${title}) cannot hold: ${named(files)}. ${files.count === 1 ? 'Its content is backed up, and the copy has another time' : 'Their contents are backed up, and the copies have other times'}.`,
  help: 'Each run has to read or copy these once more, to see whether they have changed. A file that gets another time with touch is no longer one of them.',
}));

/** A snapshot shares far less with the one before than what was transferred tells: files were copied whole, and take room. Fix: none needed after a chmod or chown of many files; where it is so in every run, see `files-written-anew`, and whether the last snapshot is in another subvolume. */
export const filesNotLinked = warning(
  'files-not-linked',
  ({ files, snapshot }: { files: number; snapshot: string }) => ({
    message: `${files} files whose content has not changed could not be linked to ${snapshot} and were copied whole: the new snapshot takes their room once more.`,
    help: 'A hard link has one mode and owner, cannot lead into another subvolume, and a file can have only so many. nbkp plan --files says beforehand which files that will be.',
  }),
);

/** The last snapshot is a subvolume, made with mode `btrfs`, and the next one is to be made of hard links. Fix: none needed once there is room for a full copy. */
export const lastIsSubvolume = warning('files-not-linked', ({ snapshot }: { snapshot: string }) => ({
  message: `${snapshot} is a subvolume, and no hard link leads out of one: the next snapshot is a full copy.`,
  help: 'See that there is room for all of the source. Those after it share with it again. snapshots.mode = "btrfs" goes on as before.',
}));

/** Files have another mode, owner or the like than in the last snapshot. A hard link cannot have that, so each is copied whole. Fix: none needed once; where it is so in every run, the file system does not keep what rsync sets: leave that out, `--no-perms`, `--no-owner`, `--no-group`. */
export const filesWrittenAnew = warning(
  'files-written-anew',
  ({ files, bytes, snapshot }: { files: number; bytes: number; snapshot: string }) => ({
    message: `${files === 1 ? 'A file has' : `${files} files have`} another mode or owner than in ${snapshot} and cannot be linked to it: ${formatBytes(bytes)} are written beside what is transferred.`,
    help: 'That is so after chmod or chown. Where it is so in every run, rsync.extra-options = ["--no-perms", "--no-owner", "--no-group"] links them again.',
  }),
);
