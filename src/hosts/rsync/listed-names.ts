import type { PreviewItem } from '../../planner/model/facts.ts';
import { parseItem } from './items.ts';
import { bytesOf } from './judged-names.ts';
import { addState, foldersAbove, type States } from './renames.ts';

const TOTALS = /^(?:Number of |Total |Literal data: |Matched data: |File list |sent |total size is |$)/;

const LEADER = ' => ';
/** `%i %l %M `, where the items of other dry runs have no time. */
const TIME = /^(?<before>.{11} \d+ )[^ ]+ /;

/** More names than that are no list any more. Then rsync may as well look at each of them. */
const MOST_NAMES = 500_000;
/** Where they are not needed for more than renames. */
export const MOST_TO_RENAME = 100_000;

/** What differs from a tree, name by name, byte for byte (latin1). Folders have no slash at the end. */
export class ListedNames {
  /** What that tree has and the source has not. */
  readonly gone = new Set<string>();
  /** What is new, or differs in anything and is no folder. */
  readonly other = new Set<string>();
  /** Of what is another name of a file, by name: the one whose other name it is. */
  readonly leaders = new Map<string, string>();
  /** Of the files and symlinks that are new. */
  readonly fresh: States = new Map();
  readonly goneFolders = new Set<string>();
  readonly newFolders = new Set<string>();
  /** Whose attributes differ, but for the uppermost. */
  readonly folders = new Set<string>();
  /** Nothing can be built on it: a line is not understood, or there are too many. */
  unusable = false;
  readonly #most: number;

  constructor(most = MOST_NAMES) {
    this.#most = most;
  }

  /**
   * Takes a line of a dry run with `--out-format='%i %l %M %n//%L'`.
   *
   * @returns the line without its time and its end
   */
  read(line: string): string {
    const at = line.indexOf('//');
    if (at === -1) {
      this.unusable ||= !TOTALS.test(line);
      return line;
    }
    const end = line.slice(at + 2);
    const dated = line.slice(0, end === '/' ? at + 1 : at);
    const text = dated.replace(TIME, '$<before>');
    this.#add(text === dated ? null : parseItem(text), end);
    if (!this.unusable) addState(this.fresh, dated);
    return text;
  }

  #add(item: PreviewItem | null, end: string): void {
    this.unusable ||= item === null || this.gone.size + this.other.size > this.#most;
    if (item === null || this.unusable) return;
    const name = nameOf(item.path);
    const isFolder = item.path.endsWith('/');
    if (item.change === 'delete') this.gone.add(name);
    else if (!isFolder || item.change === 'create') this.other.add(name);
    if (isFolder && item.change === 'delete') this.goneFolders.add(name);
    if (isFolder && item.change === 'create') this.newFolders.add(name);
    if (isFolder && item.change === 'update' && name !== '.') this.folders.add(name);
    if (end.startsWith(LEADER) && item.code.startsWith('h')) this.leaders.set(name, nameOf(end.slice(LEADER.length)));
  }
}

/** By its bytes, as rsync shows it; without the slash of a folder. */
export function nameOf(shown: string): string {
  return bytesOf(shown).toString('latin1').replace(/\/$/, '');
}

/** What of a tree was made again of links. */
export class LinkedTree {
  readonly folders: string[] = [];
  /** What could not be linked. */
  readonly left: string[] = [];
  /** How many links were made; null where nobody has said so. */
  linked: number | null = null;
  /** With the attributes of all folders, one would be there in which nobody but root can write. */
  isClosed = false;
  /** Its folders, the uppermost too, have their attributes again. */
  foldersAreSet = false;
  #rest = '';

  /** How many entries it has; null where nobody knows. */
  get entries(): number | null {
    return this.linked === null ? null : this.linked + this.folders.length;
  }

  /** Takes what the linker says: names that end with a NUL, those of folders with a slash before it; what is no name begins with one. */
  read(chunk: Buffer): void {
    const names = (this.#rest + chunk.toString('latin1')).split('\0');
    this.#rest = names.pop() ?? '';
    for (const name of names) {
      if (name === '//') this.isClosed = true;
      else if (name.startsWith('/')) this.linked = Number(name.slice(1));
      else if (name.endsWith('/')) this.folders.push(name.slice(0, -1));
      else this.left.push(name);
    }
  }
}

/** False where names of one file could become names of two: one of them could not be linked, or was said to follow a follower. */
export function leadersAreKnown({ leaders }: ListedNames, { left }: LinkedTree): boolean {
  return leaders.size === 0 || (left.length === 0 && ![...leaders.values()].some((leader) => leaders.has(leader)));
}

/** How a linked tree becomes what the comparison expects. */
export interface TreeWork {
  /** The names that are to be brought into it: of its folders those whose attributes are not set yet, or not any more. */
  fill: ReadonlySet<string>;
  /** Names that become further ones of files that are there, by name. */
  link: ReadonlyMap<string, string>;
}

/**
 * What is another name of a file that is brought is brought with it.
 *
 * @param moved what is there under its new name already
 */
export function treeWork(
  { gone, other, leaders, folders: differing }: ListedNames,
  { folders, left, foldersAreSet }: LinkedTree,
  moved: ReadonlySet<string>,
): TreeWork {
  const brought = new Set([...other, ...left]);
  for (const name of moved) brought.delete(name);
  const link = new Map([...leaders].filter(([, leader]) => !brought.has(leader)));
  const toSet = foldersAreSet ? [...differing, ...foldersAbove([...gone, ...other, ...left])] : folders;
  const names = [...other, ...[...toSet, ...left].filter((name) => !gone.has(name))];
  return { fill: new Set(names.filter((name) => !link.has(name) && !moved.has(name))), link };
}

/** What the command that clears reads: everything that is not as in the source goes, and then nothing is in the way. */
export function clearList({ gone, other }: ListedNames, { fill, link }: TreeWork, moved: ReadonlySet<string>): Buffer {
  const above = foldersAbove(moved);
  const wrong = [...gone, ...other].filter((name) => !moved.has(name) && !above.has(name));
  return listOf([
    ...wrong.map((name) => `-${name}`),
    ...[...fill].map((name) => `+${name}`),
    ...[...link].flatMap(([name, leader]) => [`=${leader}`, `>${name}`]),
  ]);
}

/** A name that nothing has. `./` before it makes rsync send the uppermost folder, and a list has to have a name. */
const NOTHING = '.nbkp-nothing';

/** What `--files-from` reads. */
export function fillList(fill: ReadonlySet<string>): Buffer {
  return listOf([...(fill.size === 0 ? [NOTHING] : fill)].map((name) => `./${name}`));
}

/** Names, each with a NUL. */
export function listOf(names: readonly string[]): Buffer {
  return Buffer.from(names.map((name) => `${name}\0`).join(''), 'latin1');
}

/** The names of such a list. */
export function namesIn(list: Buffer): string[] {
  return list.toString('latin1').split('\0').slice(0, -1);
}
