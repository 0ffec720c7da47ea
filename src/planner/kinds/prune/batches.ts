import { nothingMounted } from '../../mounts/mounted-within.ts';
import { pruneName } from '../../retention/names.ts';
import { openDirectories } from '../snapshot/common.ts';
import type { PruneParams } from './planning.ts';
import { removeMarks, type Removal } from './removals.ts';

/** What is removed together. */
export interface PruneBatch {
  removals: Removal[];
  /** Where each of `removals` is while it is removed: a path below the root of the destination. */
  doomed: string[];
  /** The first of them looks whether something is mounted in there: where it fails, none of the others runs. */
  commands: string[][];
}

/** So many go together, and no more than so many characters of paths, which have to fit into the arguments of one program (`ARG_MAX`). */
const TOGETHER = { folders: 1000, characters: 200_000 };

/**
 * What goes, in the order in which it goes, several folders with the same processes. Each snapshot gives up its name
 * first, so that an interrupted removal never leaves half of one under a good name: a single one becomes `.prune-NAME`, and
 * several move into a folder of such a name, which one process can do.
 */
export function pruneBatches({ root, remove, asRoot = false, first }: PruneParams): PruneBatch[] {
  const able = remove.filter(({ mounted }) => mounted === undefined);
  const folders = able.filter(({ kind }) => kind === 'directory');
  const leftovers = folders.filter(({ leftover }) => leftover);
  const named = folders.filter(({ leftover }) => !leftover);
  const taken = new Set(remove.map(({ name }) => name));
  const alone = able.filter(({ kind }) => kind === 'subvolume');
  return [
    ...chunks(root, leftovers).map((each) => leftoverFolders(root, each)),
    ...chunks(root, named).map((each) => {
      const [first] = each;
      return each.length === 1 && first !== undefined
        ? oneByName(root, first, asRoot)
        : folder(root, each, taken, asRoot);
    }),
    ...alone.map((each) => oneByName(root, each, asRoot)),
    // To wait for it is root's alone (btrfs-subvolume(8)).
    ...(first === true && asRoot && alone.length > 0 ? [waitForRoom(root)] : []),
  ];
}

/**
 * The kernel takes a deleted subvolume apart after its next commit, and has the room after one more. Where that takes longer the
 * transfer begins all the same: there may be room enough.
 */
const WAIT = 'btrfs filesystem sync "$1"; timeout 60 btrfs subvolume sync "$1" >/dev/null; btrfs filesystem sync "$1"';

function waitForRoom(root: string): PruneBatch {
  return { removals: [], doomed: [], commands: [['sh', '-c', WAIT, 'sh', root]] };
}

function chunks(root: string, removals: readonly Removal[]): Removal[][] {
  const longest = root.length + Math.max(0, ...removals.map(({ name }) => name.length)) + '/snapshots/'.length;
  const size = Math.min(TOGETHER.folders, Math.ceil(TOGETHER.characters / longest));
  const count = Math.ceil(removals.length / size);
  return Array.from({ length: count }, (_, index) => removals.slice(index * size, (index + 1) * size));
}

function leftoverFolders(root: string, removals: Removal[]): PruneBatch {
  const doomed = removals.map(({ name }) => `snapshots/${name}`);
  const paths = doomed.map((path) => `${root}/${path}`);
  return { removals, doomed, commands: [nothingMounted(...paths), ...removeFolders(paths)] };
}

function oneByName(root: string, removal: Removal, asRoot: boolean): PruneBatch {
  const { name, kind, leftover } = removal;
  const doomed = `snapshots/${leftover ? name : pruneName(name)}`;
  const path = `${root}/${doomed}`;
  const before = leftover ? path : `${root}/snapshots/${name}`;
  return {
    removals: [removal],
    doomed: [doomed],
    commands: [
      nothingMounted(before),
      ...(leftover ? [] : [['mv', '-T', before, path]]),
      ...removeMarks(root, [removal]),
      ...(kind === 'subvolume' ? removeSubvolume(path, asRoot) : removeFolders([path])),
    ],
  };
}

/**
 * A drive that is full has no room for a folder: then the first of them goes alone. Ends as mv does, or with 2 where nothing was
 * moved.
 */
const MOVE = [
  'box=$1',
  'shift',
  'if ! mkdir "$box" 2>/dev/null; then',
  '  mv -T "$1" "$box" || exit 2',
  '  shift',
  '  rm -rf "$box" 2>/dev/null',
  '  mkdir "$box" 2>/dev/null || [ -d "$box" ] || exit 2',
  'fi',
  'mv "$@" "$box"',
].join('\n');

/** So many folders are one process's. */
const EACH = 50;

/**
 * Two at once, since each waits for the file system. Folders that are closed are opened in what is left, and why the rest stays is
 * told by the last `rm`.
 */
const REMOVE = [
  'box=$1',
  'shift',
  `find "$box" -mindepth 1 -maxdepth 1 -print0 | xargs -0 -n ${EACH} -P 2 rm -rf 2>/dev/null`,
  'rmdir "$box" 2>/dev/null && exit',
  '"$@" 2>/dev/null',
  'rm -rf "$box"',
].join('\n');

/** @param taken entries of `snapshots/` that may still be there: none of them can be the folder */
function folder(root: string, removals: Removal[], taken: ReadonlySet<string>, asRoot: boolean): PruneBatch {
  const names = removals.map(({ name }) => name);
  const free = names.map(pruneName).find((name) => !taken.has(name)) ?? '';
  const box = `${root}/snapshots/${free}`;
  const paths = names.map((name) => `${root}/snapshots/${name}`);
  return {
    removals,
    doomed: names.map((name) => `snapshots/${free}/${name}`),
    commands: [
      nothingMounted(...paths, box),
      // To give a folder another parent is to write to it, which only root can do whatever its mode.
      ...(asRoot
        ? []
        : [['find', ...paths, '-maxdepth', '0', '!', '-perm', '-700', '-exec', 'chmod', 'u+rwx', '{}', ';']]),
      ['sh', '-c', MOVE, 'sh', box, ...paths],
      ...removeMarks(root, removals),
      ['sh', '-c', REMOVE, 'sh', box, ...openDirectories([box])],
    ],
  };
}

/** Whether a command takes from several snapshots their names. */
export function isMove(argv: readonly string[]): boolean {
  return argv[2] === MOVE;
}

function removeFolders(paths: readonly string[]): string[][] {
  return [openDirectories(paths), ['rm', '-rf', ...paths]];
}

/** Only root may delete a read-only subvolume, and needs not make it writable; of one that was received nobody can. */
function removeSubvolume(path: string, asRoot: boolean): string[][] {
  return [
    ...(asRoot ? [] : [['btrfs', 'property', 'set', '-ts', path, 'ro', 'false']]),
    ['btrfs', 'subvolume', 'delete', path],
  ];
}
