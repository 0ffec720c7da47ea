/*
 * # Guards
 *
 * They protect data by refusing a sync. `--allow-destructive` overrides them where it says so.
 */
import { formatBytes } from '../bytes.ts';
import type { Change } from '../max-change.ts';
import type { Loss, LossDetails, MaxDelete } from '../max-delete.ts';
import { quote } from '../quote.ts';
import { guard, warning } from './entry.ts';

interface Sync {
  sync: string;
}

const ALLOW = 'Look at the source. If it is as it should be: --allow-destructive';

function whichAndAllow(sync: string): string {
  return `Which they are: nbkp plan --files --allow-destructive --only ${sync} (changes nothing). If they are right: --allow-destructive`;
}

/**
 * More would be lost than `policy.max-delete` allows: entries, by path and kind, of the last snapshot or of the copy. By a dry
 * run, or by the run itself before anything of it is lost. Fix: look at them with
 * `nbkp plan --files --allow-destructive`, which changes nothing; if they are right: `--allow-destructive`.
 */
export const maxDeleteExceeded = guard(
  'max-delete-exceeded',
  ({ sync, lost, before, percent, files, ...details }: Sync & Loss & MaxDelete & LossDetails) => ({
    message: `${sync} would lose ${lost} of ${before} entries${inDetail(details)}; policy.max-delete allows ${percent} %${files === null ? '' : ` and ${files} entries`}.`,
    help: whichAndAllow(sync),
  }),
);

/** So many names help to see what it is about. */
const EXAMPLES = 3;

function inDetail({ renamed = 0, leftOut = 0, names = [] }: LossDetails): string {
  const parts = [
    ...(names.length === 0 ? [] : [`such as ${names.slice(0, EXAMPLES).map(quote).join(', ')}`]),
    ...(renamed === 0 ? [] : [`${renamed} look renamed`]),
    ...(leftOut === 0 ? [] : [`${leftOut} are in the source, and a filter leaves them out`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/**
 * More files would get other content under the names that they have than `policy.max-change` allows: damage and ransomware do
 * that, but so do `touch`, and FAT where the time zone changes. Nothing was overwritten. Fix: look at them with
 * `nbkp plan --files --allow-destructive`, which changes nothing; if they are right: `--allow-destructive`.
 */
export const maxChangeExceeded = guard('max-change-exceeded', (of: Sync & Change & { percent: number }) => ({
  message: `${of.sync} would replace ${of.contents + of.times} of ${of.files} files under their names (${whatChanged(of)}); policy.max-change allows ${of.percent} %.`,
  help: whichAndAllow(of.sync),
}));

function whatChanged({ contents, times, read }: Change): string {
  const onlyTimes = times > 0 && read !== undefined && read.same === read.files;
  const some =
    read === undefined || onlyTimes
      ? ''
      : `: ${read.files - read.same} of ${read.files} that were read have other content`;
  const all = read?.files === times ? 'all' : `the ${read?.files ?? 0} that were read`;
  const parts = [
    ...(contents > 0 ? [`${contents} have other content`] : []),
    ...(times > 0
      ? [`${times} have another time and the same size${onlyTimes ? `: ${all} have the same content` : some}`]
      : []),
  ];
  return parts.join(', ');
}

interface Full extends Sync {
  destination: string;
  /** The sync makes snapshots, so that old ones may go. */
  snapshots: boolean;
}

/** What is beyond retention may go; what a copy needs may not. */
function room({ sync, snapshots }: Full): string {
  return snapshots
    ? `Make room there (nbkp snapshots prune --only ${sync} removes what retention no longer keeps), or use a larger drive.`
    : 'Remove there what belongs to no backup, or use a larger drive.';
}

/** No inode is left for another file at the destination. Fix: make room, as the message says. */
export const noInodes = guard('no-inodes', (of: Full) => ({
  message: `The file system of ${of.destination} has no inode left for another file.`,
  help: room(of),
}));

interface Space extends Full {
  /** Bytes, both. */
  free: number;
  wanted: number;
}

/** Too little room at the destination. Fix: make room, as the message says. */
export const minFree = guard('min-free', (of: Space) => ({
  message: `${of.destination} has ${formatBytes(of.free)} free, and policy.min-free wants ${formatBytes(of.wanted)}.`,
  help: room(of),
}));

/** `policy.prune-first` with another executor than rsync: what its transfer would lose cannot be judged beforehand. Fix: leave the key out. */
export const pruneFirstOnlyRsync = warning('prune-first-not-possible', (transfer: string) => ({
  message: `policy.prune-first has no effect: what ${transfer} would lose cannot be judged before it runs, so that nothing is pruned before.`,
  help: 'Leave prune-first out, or copy with rsync.',
}));

/** `policy.prune-first` in a sync that makes no snapshots. Fix: leave the key out. */
export const pruneFirstWithoutSnapshots = warning('prune-first-not-possible', (sync: string) => ({
  message: `policy.prune-first has no effect: ${sync} makes no snapshots, so that there is nothing to prune.`,
  help: 'Leave prune-first out.',
}));

interface Refused extends Sync {
  /** ISO 8601, UTC. */
  at: string;
}

/**
 * The last run of the sync was refused because of what would be lost, so that older snapshots may be all that holds it. Fix: look
 * at the source; once it is as it should be, a run puts it right and prunes.
 */
export const pruneWhileRefused = guard('prune-while-refused', ({ sync, at }: Refused) => ({
  message: `The run of ${sync} at ${at} was refused because of what would be lost, and an older snapshot may be all that holds it.`,
  help: `Look at the source. Once it is as it should be, nbkp run --only ${sync} makes a snapshot and prunes.`,
}));

/** More snapshots to prune than `policy.max-prune` allows. Fix: if retention was shortened on purpose, `--allow-destructive`. */
export const maxPruneExceeded = guard(
  'max-prune-exceeded',
  ({ sync, limit, names }: Sync & { limit: number; names: readonly string[] }) => ({
    message: `${names.length} snapshots of ${sync} would be pruned, and policy.max-prune allows ${limit}: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}.`,
    help: `nbkp snapshots list --only ${sync} says why each goes. Was snapshots.keep made smaller on purpose, or was nothing pruned for long? Then: nbkp snapshots prune --only ${sync} --allow-destructive`,
  }),
);

/** By a dry run or the last run there is too little room for what the plan writes, at its worst moment. Fix: make room first. */
export const forecastDoesNotFit = warning(
  'forecast-does-not-fit',
  (volumes: readonly string[], { free, bytes, missing, certain }: Forecast) => ({
    message: `${volumes.join(' and ')} ${volumes.length === 1 ? 'has' : 'are on one file system with'} ${formatBytes(free)} free, and this plan ${certain ? 'writes' : 'may write'} ${formatBytes(bytes)} to ${volumes.length === 1 ? 'it' : 'them'}: ${formatBytes(missing)} too much at its fullest.`,
    help: 'Make room there first, such as by nbkp snapshots prune; policy.prune-first = true lets each run prune before it copies. What replaces older files may need less.',
  }),
);

interface Forecast {
  /** Bytes, all three: what is free, what is written at most, and how much of it does not fit. */
  free: number;
  bytes: number;
  missing: number;
  /** Even at the low end. */
  certain: boolean;
}

/** The source is empty and the destination is not. Fix: look at the source; if right: `--allow-destructive`. */
export const sourceEmpty = guard('source-empty', (source: string, destination: string) => ({
  message: `${source} is empty, but ${destination} is not.`,
  help: 'Look at the source. If everything was deleted there on purpose: --allow-destructive',
}));

/** The run saw an empty source, and what it was backed up to is not. Fix: look at the source; if right: `--allow-destructive`. */
export const sourceEmptied = guard('source-empty', (source: string, copy: string, entries: number) => ({
  message: `${source} is empty, but ${copy} has ${entries} entries.`,
  help: ALLOW,
}));

/** The last snapshot cannot be counted, so that the guard cannot judge. Fix: look at the snapshot. */
export const entriesUncountable = guard('history-unreadable', (snapshot: string) => ({
  message: `The entries of ${snapshot} cannot be counted, so that it is not known how many would be lost.`,
  help: 'Run nbkp as a user who may read all of that snapshot: the one who owns it, or root.',
}));
