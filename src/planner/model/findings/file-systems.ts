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
const leftText = ({ destination, title, leftOut: { collides, name, size } }: Left) => {
  const all = collides.count + name.count + size.count;
  const paths = (counted: CountedPaths) =>
    `${counted.paths.join(', ')}${counted.count > counted.paths.length ? ', …' : ''}`;
  const parts = [
    ...(collides.count === 0 ? [] : [`whose names are others' there (case does not count): ${paths(collides)}`]),
    ...(name.count === 0 ? [] : [`with names that cannot be there: ${paths(name)}`]),
    ...(size.count === 0 ? [] : [`larger than a file can be there: ${paths(size)}`]),
  ];
  return `${all === 1 ? 'An entry is' : `${all} entries are`} left out, since ${destination} (${title}) cannot hold ${all === 1 ? 'it' : 'them'}: ${parts.join('; ')}.`;
};
const LEFT_HELP = 'Rename them, leave them out with filters of the sync, or use ext4, XFS or btrfs there.';
/** The file system of the destination cannot hold some entries: names that differ only in case, names with characters that it does not have, files that are too large. All others are copied and the sync is `incomplete`. Fix: rename them, leave them out with filters, or use another file system; `unholdable = "skip"` makes it a success. */
export const entriesLeftOut = error('entries-left-out', (left: Left) => ({
  message: leftText(left),
  help: `${LEFT_HELP} To have a success without them: unholdable = "skip" in the sync.`,
}));
/** The same where the sync says `unholdable = "skip"`. Fix: none needed. */
export const entriesSkipped = warning('entries-left-out', (left: Left) => ({
  message: leftText(left),
  help: LEFT_HELP,
}));

/** Files have another mode, owner or the like than in the last snapshot. A hard link cannot have that, so each is copied whole. Fix: none needed once; where it is so in every run, the file system does not keep what rsync sets: leave that out, `--no-perms`, `--no-owner`, `--no-group`. */
export const filesWrittenAnew = warning(
  'files-written-anew',
  ({ files, bytes, snapshot }: { files: number; bytes: number; snapshot: string }) => ({
    message: `${files === 1 ? 'A file has' : `${files} files have`} another mode or owner than in ${snapshot} and cannot be linked to it: ${formatBytes(bytes)} are written beside what is transferred.`,
    help: 'That is so after chmod or chown. Where it is so in every run, rsync.extra-options = ["--no-perms", "--no-owner", "--no-group"] links them again.',
  }),
);
