import type { Json } from '../../model/json.ts';
import { areParams } from '../../params/valid.ts';
import type { Filter } from '../../model/spec.ts';

/** The folder in a source where its temporary snapshots lie. `prepare` makes it, so that a run changes no time of the source. */
export const FOLDER = '.nbkp-source';

/** An endpoint of which all is copied but for what filters leave out. */
export interface Whole {
  endpoint: string;
  filters: Filter[];
}

/** What the steps were asked to do that make a snapshot of a source and remove it. */
export interface SourceSnapshotParams {
  kind: 'source-snapshot' | 'source-release';
  /** Absolute path of the folder that holds it. */
  folder: string;
  /** Its name in there. */
  name: string;
  /** Absolute path of the subvolume that holds the source. */
  subvolume: string;
  /** Absolute paths of the subvolumes below it that become part of it, the outer before the inner ones. */
  inner: string[];
  /** What the transfer reads: absolute, in the snapshot. */
  source: string;
  /** Absolute paths in the snapshot that may be empty in place of a subvolume, since they are not copied; null for any. */
  unread: string[] | null;
  /** The endpoint in which nothing may be mounted when it is made, but for what the filters leave out; null where rsync enters no mount. */
  whole: Whole | null;
  /** One of this name that a dead run has left is removed first. */
  replaces: boolean;
}

/** The folder must be this user's alone and where it was planned: root deletes nothing behind a link of somebody else. */
export const ENTER =
  'cd -P "$1" && [ "$PWD" = "$1" ] && [ -O . ] || { echo "$1 is not the folder that nbkp prepare has made" >&2; exit 1; }; ';

const IN_THE_WAY = '{ echo "$1/$2 is there already; the next run removes it" >&2; exit 1; }';

/** A subvolume within is an empty folder in the snapshot, and its own snapshot takes that one's place. */
const MAKE = [
  `${ENTER}[ ! -e "./$2" ] && [ ! -L "./$2" ] || ${IN_THE_WAY}`,
  'name=$2; root=$3; shift 3',
  'if [ $# = 0 ]; then exec btrfs -q subvolume snapshot -r "$root" "./$name"; fi',
  'btrfs -q subvolume snapshot "$root" "./$name" || exit',
  'for path; do place=./$name${path#"${root%/}"}',
  'rmdir "$place" && btrfs -q subvolume snapshot "$path" "$place" && touch -r "${path%/*}/" "${place%/*}/" || exit; done',
  'for path; do btrfs property set -ts "./$name${path#"${root%/}"}" ro true || exit; done',
  'btrfs property set -ts "./$name" ro true',
].join('\n');

/** The inode of what is left in a snapshot of a subvolume below (btrfs(5), BTRFS_EMPTY_SUBVOL_DIR_OBJECTID) is 2. */
const CHECK = [
  'top=$1; shift',
  'found=$(find "$top" -mindepth 1 -name ".nbkp-*" -prune -o -type d -inum 2 "$@" -print 2>/dev/null | head -n 3)',
  '[ -z "$found" ] || { echo "these are subvolumes of their own since the plan was made: $found" >&2; exit 1; }',
].join('\n');

/**
 * A script goes on in each subvolume that it finds. It is handed on as a variable: find(1) puts a path in place of braces
 * within the text of a script too, which would then find itself without end.
 */
const AGAIN = '-exec sh -c \'eval "$again"\' sh "{}"';

/** One that holds others is emptied first, each in the same way. */
const REMOVE_ONE = [
  '[ "$(id -u)" = 0 ] || btrfs property set -ts "$1" ro false',
  'btrfs -q subvolume delete "$1" 2>/dev/null && exit',
  'btrfs property set -ts "$1" ro false',
  `find "$1" -mindepth 1 -xdev -type d -inum 256 ${AGAIN} ";"`,
  'btrfs -q subvolume delete "$1"',
].join('\n');

const REMOVE = [
  `${ENTER}[ -e "./$2" ] || [ -L "./$2" ] || exit 0`,
  '[ ! -L "./$2" ] && [ "$(stat -c %i "./$2")" = 256 ] || { echo "$1/$2 is no subvolume" >&2; exit 1; }',
  'again=$3; export again; set -- "./$2"; eval "$again"',
].join('\n');

export function sourceSnapshotCommands(params: SourceSnapshotParams): string[][] {
  const { kind, folder, name, subvolume, inner, replaces, source, unread } = params;
  const remove = removeCommand(folder, name);
  if (kind === 'source-release') return [remove];
  return [
    ...(replaces ? [remove] : []),
    ['sh', '-c', MAKE, 'sh', folder, name, subvolume, ...inner],
    ...(unread === null ? [] : [['sh', '-c', CHECK, 'sh', source, ...unread.flatMap(not)]]),
  ];
}

/** Removes a snapshot by its name, with what a run that died while it was made has put into it. Nothing there is fine. */
export function removeCommand(folder: string, name: string): string[] {
  return ['sh', '-c', REMOVE, 'sh', folder, name, REMOVE_ONE];
}

/** To find(1) a path is a pattern. */
function not(path: string): string[] {
  return ['!', '-path', path.replace(/[*?[\]\\]/g, '\\$&')];
}

export function isSourceSnapshot(params: Json): params is Json & SourceSnapshotParams {
  return areParams('sourceSnapshot', params);
}

/**
 * Tells of a folder on btrfs, in strings that end with NUL: `root UID PATH` of the subvolume that holds it, `inner UID PATH`
 * of each below the folder, `end`. Exit code 3: its subvolume's root is not to be seen from here. Root has a quick answer
 * where there are none; else all of the folder is walked through, but for what the arguments name.
 */
export const SURVEY = [
  'cd -P "$1" && find . -maxdepth 0 -printf "" || exit; folder=$PWD; again=$2; export again; shift 2',
  'device=$(stat -c %d .) || exit',
  'while [ "$(stat -c %i .)" != 256 ]; do',
  '[ "$PWD" != / ] && cd .. && [ "$(stat -c %d .)" = "$device" ] || exit 3; done',
  'printf "root %s %s\\0" "$(stat -c %u .)" "$PWD"',
  'if [ "$(id -u)" != 0 ] || ! list=$(btrfs subvolume list -o .) || [ -n "$list" ]; then set -- "$folder" "$@"; eval "$again"; fi',
  'printf "end\\0"',
].join('\n');

/** What stays on its device finds the roots of others, and goes on in each of them. */
export const WALK = [
  'top=$1; shift',
  `find "$top" -mindepth 1 -xdev "(" -name ".nbkp-*" "$@" ")" -prune -o -type d -inum 256 -printf "inner %U %p\\0" ${AGAIN} "$@" ";" 2>/dev/null`,
].join('\n');

/** What `SURVEY` says in exit code 3. */
export const NO_SUBVOLUME = 3;
