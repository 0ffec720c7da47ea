import { hasFlag, NOWHERE, withoutDeleting } from '../../model/rsync-flags.ts';
import { unlinkShared } from './clean-up.ts';
import { reached, remotePath } from './ends.ts';
import { withoutPieces } from './pieces.ts';
import type { TransferParams } from './params.ts';

/** The commands of a transfer step, in the order in which they run. */
export interface TransferCommands {
  /** Null unless the transfer depends on whether anything changed. */
  changeCheck: string[] | null;
  /** The dry run that lists the source, where its destination cannot hold every entry: then all others read rules. */
  listing: string[] | null;
  /** The dry run that lists the destination, to tell which of two names that are one there it bears. Null where no two are. */
  there: string[] | null;
  /**
   * Reads at both ends those files whose times the destination cannot hold: by their times they differ in every run. Null where
   * there can be none, where the copy has to have each of them anew, and where contents are compared anyway.
   */
  undated: string[] | null;
  prepare: string[][];
  /**
   * The dry run before anything is written: against the target that the first pass overwrites, or the last snapshot. Null
   * where the first pass itself tells what is new since that.
   */
  comparison: string[] | null;
  /** The same of what is there, or in the last snapshot, alone: all that it would create replaces something of another kind. */
  kinds: string[] | null;
  /**
   * What the last snapshot has and the target, which is not made of it alone, has not, or as another kind of entry. Null where
   * nothing but the last snapshot is looked at.
   */
  lacking: string[] | null;
  /** Reads some files at both ends, to tell what has become of those whose times differ. Null where nobody asks. */
  contents: string[] | null;
  firstPass: string[];
  /** The dry run that names what is to be deleted. Null where the comparison does, or when there is nothing that may be. */
  listGone: string[] | null;
  /** Deletes what it reads on its standard input and nothing else. Null when there is nothing that may be deleted. */
  secondPass: string[] | null;
  cleanUp: string[][];
  /** Takes what is linked to the last snapshot out of the target, before another pass goes into it. */
  unlink: string[][];
  /** Sets the times and modes of folders right that clearing up has changed. */
  lastPass: string[] | null;
  /** The dry run that tells what of the last whole snapshot the copy lacks, where the newest snapshot is none. */
  sinceWhole: string[] | null;
  /** In place of the others, for names of one file that are more than it can have. Null where none are copied as one. */
  apart: Pick<TransferCommands, 'unlink' | 'firstPass' | 'secondPass'> | null;
}

/**
 * Before all rules and flags of the user, since rsync acts on the first rule that matches: sentinels are neither
 * copied nor deleted, and partial files survive `--delete-excluded` (perishable, so that they do not keep a
 * directory that has to go).
 */
const PROTECTION = ['H .nbkp-*', 'P .nbkp-*', 'Pp .rsync-partial/'];

/**
 * Rules from standard input: what the destination cannot hold is left out, and in the pass that deletes the judged names are at risk
 * and all else is protected. The rsync 3.2.7 of Debian 12, patched, takes the marks of --delete-missing-args for an attack.
 */
export const FROM_INPUT = 'merge -';

/** Hides all but folders from both sides. */
export const FOLDERS_ONLY = '-! */';

/** Null where nobody asks what has become of files whose times differ. */
export function contentsCommand(params: TransferParams): string[] | null {
  return params.maxChange === undefined ? null : readingCommand(params);
}

export function undatedCommand(params: TransferParams): string[] | null {
  const can = params.unholdable?.limits.times !== undefined;
  return can && writesInPlace(params) && !hasFlag(params, 'c', '--checksum') ? readingCommand(params) : null;
}

/** A dry run that reads files at both ends; its standard input says which. */
function readingCommand(params: TransferParams): string[] {
  return rsync(
    deletingNothing(params),
    ['--dry-run', '--existing', '--checksum', ITEMS, ...TOTALS],
    directory(params.compareWith ?? params.target),
    [...PROTECTION, FROM_INPUT],
  );
}

function deletingNothing(params: TransferParams): TransferParams {
  const { options, extraOptions } = params;
  return { ...params, options: withoutDeleting(options), extraOptions: withoutDeleting(extraOptions) };
}

/** What is linked to an older snapshot by now must not be touched, whatever has become of it in the source. */
function foldersPass(params: TransferParams): string[] {
  return rsync(deletingNothing(params), ['--existing', ...REPORT], insideOf(params.target), [
    ...PROTECTION,
    ...leavesOut(params),
    FOLDERS_ONLY,
  ]);
}

/** A line for each entry that differs: code, size, name. */
const ITEMS = '--out-format=%i %l %n';
export const DATED = '--out-format=%i %l %M %n';
/** And after what no name has: of which other name it becomes another one. */
export const ITEMS_AND_LEADERS = '--out-format=%i %l %M %n//%L';

/** Numbers without separators, and none of the brevity that the user's own flags may have asked for. */
export const TOTALS = ['--stats', '--no-human-readable'];

/** A line for each file that was copied, with the checksum of what was written: `nbkp verify` compares with it. */
const COPIED = '--out-format=@%C %l %M %n';

export const REPORT = ['--info=progress2', COPIED, ...TOTALS];

export function transferCommands(params: TransferParams): TransferCommands {
  const { target, prepare, cleanUp, scratch, deletes, linkDest } = params;
  const link = linkDest === null ? [] : [`--link-dest=${linkDest}`];
  // What an interrupted run left there is no part of the snapshot, whatever the user wants to be kept elsewhere.
  const clean = params.resumes && !deletes ? ['--delete'] : [];
  const inPlace = writesInPlace(params);
  const removes = !scratch && deletes;
  const unlink = linkDest === null ? [] : unlinkShared(target);
  const passes = (more: string[]): Pick<TransferCommands, 'firstPass' | 'secondPass'> => {
    const pass = (limit: string[], rules: string[]): string[] =>
      rsync(params, [...link, ...limit, ...REPORT, ...more], insideOf(target), [...PROTECTION, ...rules]);
    // A limit of 0 reports deletions without making one (rsync(1), --max-delete).
    const firstPass = pass(scratch ? clean : ['--max-delete=0'], leavesOut(params));
    return { firstPass, secondPass: removes ? pass([], [FROM_INPUT]) : null };
  };
  const comparison = inPlace ? compare(params, insideOf(target)) : lossCheck(params);
  return {
    changeCheck: changeCheck(params),
    listing: listing(params),
    there: listingThere(params),
    undated: undatedCommand(params),
    prepare,
    comparison,
    kinds: inPlace ? kindsCommand(params) : null,
    lacking: lackingCommand(params),
    contents: comparison === null ? null : contentsCommand(params),
    ...passes([]),
    listGone: removes && !inPlace ? compare(params, insideOf(target)) : null,
    cleanUp,
    unlink: cleanUp.length === 0 ? [] : unlink,
    lastPass: cleanUp.length === 0 ? null : foldersPass(params),
    sinceWhole: params.lastWhole === undefined ? null : compare(params, directory(params.lastWhole)),
    apart: hasFlag(params, 'H', '--hard-links') ? { ...passes(['--no-hard-links']), unlink } : null,
  };
}

/** What the guard asks beforehand: all that comes before a transfer, and where that would not, what is lost. */
export function judgeCommands(params: TransferParams): TransferCommands {
  const commands = transferCommands(params);
  const comparison = commands.comparison ?? compare(params, directory(params.compareWith ?? params.target));
  return { ...commands, comparison, contents: contentsCommand(params) };
}

/** What is lost is judged before the first pass: nothing else holds what that replaces. */
export function writesInPlace({ scratch, makesSnapshot, deletes }: TransferParams): boolean {
  return !scratch && !(makesSnapshot && deletes);
}

/** A dry run into nowhere: each entry of the source is new there, and nothing at the destination is looked at. */
export function listing(params: TransferParams): string[] | null {
  if (params.unholdable === undefined) return null;
  return rsync(params, ['--dry-run', DATED, ...TOTALS], NOWHERE, PROTECTION);
}

/** The same of the copy that is there, if there is one. What is in it is no matter for the filters of the spec. */
export function listingThere(params: TransferParams): string[] | null {
  const { unholdable, remote, compareWith, target, scratch } = params;
  const isFirst = compareWith === null && scratch;
  if (unholdable === undefined || unholdable.limits.folds === null || isFirst) return null;
  return [
    ...['rsync', '-rlD', '-s', '--dry-run'],
    ...(remote?.side === 'target' ? reached(params) : []),
    ...[DATED, ...TOTALS, '--', remotePath(params, 'target', directory(compareWith ?? target)), NOWHERE],
  ];
}

/** The dry run that a preview reads: code, size and name of each entry, compared with the last snapshot or the target. */
export function previewCommand(params: TransferParams): string[] {
  return previewAs(params, ITEMS);
}

/** With times. */
export function datedCommand(params: TransferParams): string[] {
  return previewAs(params, DATED);
}

/** With what tells that something has another name. */
export function renamesCommand(params: TransferParams): string[] {
  return previewAs(params, ITEMS_AND_LEADERS);
}

function previewAs({ live, ...params }: TransferParams, format: string): string[] {
  const { source, compareWith, target } = params;
  return itemsCommand({ ...params, source: live ?? source }, directory(compareWith ?? target), undefined, format);
}

/** What a preview asks besides, as a run would: of the last snapshot where there is one, since an interrupted run may have changed the target. */
function kindsCommand(params: TransferParams): string[] {
  const { compareWith, target } = params;
  const named = compareWith === null ? [] : [ITEMS];
  return rsync(params, ['--dry-run', '--existing', ...named, ...TOTALS], directory(compareWith ?? target));
}

/** Where nothing is deleted, what somebody or another run has taken out of the copy is missing from the next snapshot too. */
function lackingCommand(params: TransferParams): string[] | null {
  const { target, compareWith, remote, sudo } = params;
  if (!writesInPlace(params) || compareWith === null) return null;
  const asRoot = sudo === true && remote?.side === 'target' ? ['sudo', '-n'] : [];
  // What cannot be read there counts as missing.
  const flags = ['-rlD', '--dry-run', '--existing', '--delete', '--ignore-errors', ITEMS, ...TOTALS];
  return [...asRoot, 'rsync', ...PROTECTION.map(filterFlag), ...flags, directory(target), directory(compareWith)];
}

/** With times, what would differ: for the words of a refusal. */
export function newsCommand(params: TransferParams): string[] {
  return rsync(params, ['--dry-run', DATED], directory(params.compareWith ?? params.target));
}

export function itemsCommand(
  params: TransferParams,
  target: string,
  rules?: readonly string[],
  format = ITEMS,
): string[] {
  return rsync(params, ['--dry-run', format, ...TOTALS], target, rules);
}

/** rsync makes a target that is missing, as behind a mountpoint whose drive has just been pulled; not so one of this form. */
export function insideOf(path: string): string {
  return `${directory(path)}.`;
}

function changeCheck(params: TransferParams): string[] | null {
  if (!params.whenChanged || params.compareWith === null) return null;
  return rsync(params, ['--dry-run', '--delete', ITEMS], directory(params.compareWith));
}

/**
 * A first pass that goes on with what an earlier one has left does not count as new what that one has copied. What is in
 * the `staging` of btrfs no record tells: a script that was refused leaves none.
 */
function lossCheck(params: TransferParams): string[] | null {
  const { compareWith, scratch, resumes, maxChange } = params;
  if (compareWith === null || (scratch && !resumes && maxChange === undefined)) return null;
  return compare(params, directory(compareWith));
}

/** Where names are collected, with what tells a new entry from another. */
export function compare(params: TransferParams, target: string): string[] {
  const { renames, byList } = params;
  return itemsCommand(params, target, undefined, renames === true || byList === true ? ITEMS_AND_LEADERS : ITEMS);
}

/**
 * Filters come after all flags of the user, because `--delete-excluded` changes only the rules that follow it.
 * `-s` is `--secluded-args` by its short name, which every rsync 3 knows. Local transfers copy files whole and so ignore
 * partial ones, unless told otherwise.
 */
export function rsync(
  params: TransferParams,
  flags: string[],
  target: string,
  rules: readonly string[] = [...PROTECTION, ...leavesOut(params)],
): string[] {
  const { options, filters } = flags.includes('--dry-run') ? withoutPieces(params) : params;
  return [
    'rsync',
    ...rules.map(filterFlag),
    ...options,
    ...params.extraOptions,
    ...filters.map(filterFlag),
    ...(params.resumes ? ['--no-whole-file'] : []),
    '-s',
    ...reached(params),
    ...flags,
    '--',
    remotePath(params, 'source', directory(params.source)),
    remotePath(params, 'target', target),
  ];
}

/** Rules for what the destination cannot hold, which is known when the source was listed. */
function leavesOut({ unholdable }: TransferParams): string[] {
  return unholdable === undefined ? [] : [FROM_INPUT];
}

function filterFlag(rule: string): string {
  return `--filter=${rule}`;
}

/** With its slash rsync copies what is in a directory and not the directory itself. */
export function directory(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
