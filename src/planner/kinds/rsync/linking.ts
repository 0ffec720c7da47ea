import type { SyncPlanning, TransferTarget } from '../../model/executor.ts';
import type { HostFacts } from '../../model/facts.ts';
import { hostAt } from '../../model/spec.ts';
import {
  directory,
  insideOf,
  itemsCommand,
  ITEMS_AND_LEADERS,
  REPORT,
  rsync,
  TOTALS,
  transferCommands,
  type TransferCommands,
} from './argv.ts';
import { datesFolders } from '../../file-systems/of.ts';
import { presenceCommand } from './presence.ts';
import { LOST_AND_FOUND } from './filters.ts';
import { forgetPartialFiles } from './clean-up.ts';
import { CLEAR, LINK, MOVE } from './link-programs.ts';
import { keepsLinks, renamingCommands } from './moving.ts';
import { listCommands, listsInOrder } from './by-list.ts';
import { BY_LIST, HIDDEN, plainly } from './lists.ts';
import type { TransferParams } from './params.ts';

/**
 * The commands that make a snapshot of the last one's links. After `link` none of them may write to a file that has more
 * than one link, or set an attribute of it: older snapshots have the same file.
 */
export interface LinkCommands {
  /** Names, each with a NUL, the folders that it made, with a slash at the end, and the names that it could not link. */
  link: string[];
  /**
   * Gives the folders on its standard input what they have in the last snapshot. Null where rsync may do more to the target than
   * other programs.
   */
  folders: string[] | null;
  /**
   * Removes names by the list on its standard input, ends with an error if a name to be filled is still there, and gives files
   * further names.
   */
  clear: string[];
  /** Copies the names on its standard input, and sets the attributes of the folders among them. */
  fill: string[];
  /** Null where nobody asks whether what is new is what is gone under another name. */
  renames: RenameCommands | null;
  /** Removes all that `link` has made, and the folder itself. */
  discard: string[];
}

export interface RenameCommands {
  /** Size and time of what is gone, by the names on its standard input. */
  gone: string[];
  /** Links what is gone to new names, by the list on its standard input, and names what it has linked. */
  move: string[];
  /** A dry run that reads files at both ends, by the names on its standard input, and lists what is the same as well. */
  verify: string[];
}

/** Code, and what is told of a copied file. */
const SAME = '--out-format=%i@%C %l %M %n';

/** @returns null for a transfer in which rsync makes each link itself */
export function linkCommands(params: TransferParams): LinkCommands | null {
  const { linksAtOnce, linkDest, target } = params;
  if (linksAtOnce !== true || linkDest === null) return null;
  // What is listed was judged by the rules of the user already.
  const listed = { ...plainly(params), filters: [] };
  return {
    link: ['perl', '-C0', '-e', LINK, linkDest, target],
    folders: isOthers(params) ? null : foldersCommand({ ...listed, remote: null, source: linkDest }),
    clear: ['perl', '-C0', '-e', CLEAR, target],
    discard: ['find', target, '-xdev', '-delete'],
    renames: params.renames === true ? renameCommands(params, linkDest) : null,
    fill: rsync(listed, [...BY_LIST, `--link-dest=${linkDest}`, ...REPORT], insideOf(target), HIDDEN),
  };
}

/** As the fill, between two folders of one machine. */
function foldersCommand(params: TransferParams): string[] {
  return rsync(params, [...BY_LIST, '--numeric-ids'], insideOf(params.target), HIDDEN);
}

/** Whether what is in the target belongs to others, as whom rsync alone can act. */
function isOthers({ sudo, remote }: TransferParams): boolean {
  return sudo === true && remote?.side === 'target';
}

function renameCommands(params: TransferParams, linkDest: string): RenameCommands {
  const { target } = params;
  const listed = { ...plainly(params), filters: [] };
  const compare = ['--dry-run', '--checksum', '-ii', SAME, ...BY_LIST.filter((word) => word !== '--ignore-existing')];
  return {
    gone: presenceCommand(params, 'target', linkDest),
    move: ['perl', '-C0', '-e', MOVE, linkDest, target, ...(keepsLinks(params) ? ['once'] : [])],
    verify: rsync(listed, [...compare, ...TOTALS], insideOf(target), HIDDEN),
  };
}

/**
 * The transfer besides: its comparison lists all that differs from the last snapshot, and its passes are for where linking at
 * once is given up. They go on as after an interruption.
 */
function commandsBesideLinking(params: TransferParams): TransferCommands {
  const plain = transferCommands({ ...params, resumes: true, cleanUp: forgetPartialFiles(params.target) });
  const { linkDest } = params;
  return linkDest === null ? plain : { ...plain, changeCheck: null, comparison: compareAll(params, linkDest) };
}

/** What the user excludes, and what is hidden, is not in a new snapshot either: rules are for the source alone. */
function compareAll(params: TransferParams, linkDest: string): string[] {
  const { options, ...others } = plainly(params);
  const everything = ['--no-inc-recursive', '--delete', '--delete-excluded'];
  const all = { ...others, options: [...options, ...everything] };
  return itemsCommand(all, directory(linkDest), HIDDEN, ITEMS_AND_LEADERS);
}

/** The commands of a run. Scripts, which have no lists, make all of `transferCommands`. */
export function runCommands(params: TransferParams): TransferCommands {
  if (params.linksAtOnce === true) return commandsBesideLinking(params);
  const plain = transferCommands(params);
  return listsChanges(params) ? { ...plain, changeCheck: null } : plain;
}

/** Whether what differs from the last snapshot is listed anyway, so that no other look tells whether anything does. */
export function listsChanges({ linksAtOnce, byList, compareWith }: TransferParams): boolean {
  return linksAtOnce === true || (byList === true && compareWith !== null);
}

/** All commands of a transfer step, in the order in which they run. */
export function stepCommands(params: TransferParams): string[][] {
  const links = linkCommands(params);
  const transfer = runCommands(params);
  const renaming = renamingCommands(params, transfer.comparison !== null);
  const lists = listCommands(params);
  const listed = lists === null ? [] : listsInOrder(lists);
  if (links === null) return flatCommands(transfer, [...renaming, ...listed]);
  const { renames, folders } = links;
  const moving = renames === null ? [] : [renames.gone, renames.move, renames.verify];
  const linking = [
    links.link,
    ...(folders === null ? [] : [folders]),
    ...moving,
    links.clear,
    links.fill,
    links.discard,
  ];
  return flatCommands(transfer, [...linking, ...renaming.slice(1)]);
}

/** @param linking what comes beside the comparison, and before the first pass */
function flatCommands(commands: TransferCommands, linking: string[][]): string[][] {
  const { changeCheck, prepare, comparison, kinds, lacking, contents, firstPass, listGone, secondPass } = commands;
  const { cleanUp, lastPass, sinceWhole, apart } = commands;
  const unlink = commands.unlink.length > 0 ? commands.unlink : (apart?.unlink ?? []);
  const lists = [commands.listing, commands.there, commands.undated];
  const before = [...lists, changeCheck, ...prepare, comparison, lacking, kinds, contents, ...linking];
  const passes = [firstPass, listGone, secondPass, apart?.firstPass ?? null, apart?.secondPass ?? null];
  const all = [...before, ...passes, ...cleanUp, ...unlink, lastPass, sinceWhole];
  return all.filter((argv) => argv !== null);
}

/** Options with which the engine has been shown to give what a plain transfer gives. */
const KNOWN_OPTIONS =
  /^(?:-a|-[aAXHSzWc]+|--filter=-xrs!? [\w.*]+|--(?:archive|hard-links|acls|xattrs|sparse|compress|whole-file|no-whole-file|checksum|numeric-ids|del|delete(?:-before|-during|-delay|-after|-excluded)?|partial-dir=\.rsync-partial|(?:modify-window|bwlimit|timeout)=-?[\w.]+))$/;
const IS_ARCHIVE = /^(?:-[A-Za-z]*a|--archive$)/;
/** Without modifiers: they say for the one side alone what a rule says. */
const KNOWN_RULE = /^[-+] /;

/** Versions below have never been tried with it. */
const OLDEST = [3, 2, 7];

/** Why a snapshot cannot begin as links to all of the last one; null where it can. */
export function obstacleToLinks(
  input: SyncPlanning,
  { resumes, copiesAll }: TransferTarget,
  params: TransferParams,
): string | null {
  if (copiesAll === true) return 'that is in another subvolume';
  // What an interrupted run has copied is kept by the plain way alone.
  if (resumes) return 'a transfer is not complete';
  return obstacleToPrograms(input.host) ?? obstacleToLists(input, params);
}

/** What is known of renames: whether they are looked for, and can be made in the target. */
export function renaming(
  input: SyncPlanning,
  target: TransferTarget,
  params: TransferParams,
): Pick<TransferParams, 'renames' | 'movesInPlace'> {
  const { detectRenames } = input.sync.rsync;
  const isNew = target.compareWith === null && (params.makesSnapshot || input.destination.directory?.empty === true);
  const deletesNothing = !params.deletes && !target.scratch;
  if (detectRenames === false || isNew || deletesNothing || obstacleToLists(input, params) !== null) return {};
  const moves = !target.scratch && runsPrograms(input, params);
  return { renames: true, ...(moves ? { movesInPlace: true } : {}) };
}

/** Whether what differs from a copy can be copied and deleted by its names. */
export function byList(
  input: SyncPlanning,
  target: TransferTarget,
  params: TransferParams,
): Pick<TransferParams, 'byList' | 'datesMoves'> {
  const datesMoves = tellsOfMoves(input);
  const isThere = params.makesSnapshot
    ? input.sync.snapshots.mode === 'btrfs' && target.compareWith !== null && params.deletes
    : input.destination.directory?.empty !== true && datesMoves;
  if (!isThere || target.scratch) return {};
  if (obstacleToLists(input, params) !== null || !runsPrograms(input, params)) return {};
  return { byList: true, ...(datesMoves && { datesMoves }) };
}

/** Whether the times of its folders tell that something was moved in the source after a moment. */
function tellsOfMoves({ spec, facts, sync, source: { directory, mounts = [] } }: SyncPlanning): boolean {
  const host = facts.hosts[hostAt(spec, sync.source.volume)];
  const isBehind = host?.reachable === true && (host.clockSkew ?? 0) < 0;
  return !isBehind && [directory?.mount ?? null, ...mounts.map(({ mount }) => mount)].every(datesFolders);
}

function runsPrograms({ host }: SyncPlanning, params: TransferParams): boolean {
  return !isOthers(params) && obstacleToPrograms(host) === null;
}

function obstacleToPrograms({ os, perl }: SyncPlanning['host']): string | null {
  if (os !== 'linux') return 'its host is no Linux';
  if (perl === true) return null;
  return perl === undefined ? 'nobody asked for perl' : 'its host has no perl';
}

/** Why nothing can be told by lists of names. */
function obstacleToLists({ spec, facts, sync, host }: SyncPlanning, params: TransferParams): string | null {
  const isKnown = [host, facts.hosts[hostAt(spec, sync.source.volume)]].every(hasKnownRsync);
  if (!isKnown) return `rsync is older than ${OLDEST.join('.')}`;
  // Such entries are left out by rules that each pass reads where this reads lists.
  if (params.unholdable !== undefined) return 'the destination cannot hold every entry';
  return oddityOf(params);
}

function oddityOf({ options, extraOptions, filters }: TransferParams): string | null {
  const words = [...options, ...extraOptions];
  const word = words.find((each) => !KNOWN_OPTIONS.test(each));
  if (word !== undefined) return `rsync is told ${word}`;
  if (!words.some((each) => IS_ARCHIVE.test(each))) return 'rsync is not told -a';
  const rule = filters.find((each) => each !== LOST_AND_FOUND && !KNOWN_RULE.test(each));
  return rule === undefined ? null : `there is the rule ${rule}`;
}

function hasKnownRsync(host: HostFacts | undefined): boolean {
  if (host?.reachable !== true || host.rsync?.kind !== 'rsync') return false;
  const version = host.rsync.version.split('.').map(Number);
  const index = OLDEST.findIndex((part, at) => version[at] !== part);
  return index === -1 || (version[index] ?? 0) > (OLDEST[index] ?? 0);
}
