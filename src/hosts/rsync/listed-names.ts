import type { PreviewItem } from '../../planner/model/facts.ts';
import { parseItem } from './items.ts';
import { bytesOf } from './judged-names.ts';

const TOTALS = /^(?:Number of |Total |Literal data: |Matched data: |File list |sent |total size is |$)/;

const LEADER = ' => ';

/** More names than that are no list any more. Then rsync may as well look at each of them. */
const MOST_NAMES = 500_000;

/** What differs from a tree, name by name, byte for byte (latin1). Folders have no slash at the end. */
export class ListedNames {
  /** What that tree has and the source has not. */
  readonly gone = new Set<string>();
  /** What is new, or differs in anything and is no folder. */
  readonly other = new Set<string>();
  /** Of what is another name of a file, by name: the one whose other name it is. */
  readonly leaders = new Map<string, string>();
  /** Nothing can be built on it: a line is not understood, or there are too many. */
  unusable = false;

  /**
   * Takes a line of a dry run with `--out-format='%i %l %n//%L'`.
   *
   * @returns the line without its end
   */
  read(line: string): string {
    const at = line.indexOf('//');
    if (at === -1) {
      this.unusable ||= !TOTALS.test(line);
      return line;
    }
    const end = line.slice(at + 2);
    const text = line.slice(0, end === '/' ? at + 1 : at);
    this.#add(parseItem(text), end);
    return text;
  }

  #add(item: PreviewItem | null, end: string): void {
    if (item === null) {
      this.unusable = true;
      return;
    }
    const name = nameOf(item.path);
    if (item.change === 'delete') this.gone.add(name);
    else if (item.code[1] !== 'd' || item.change === 'create') this.other.add(name);
    if (end.startsWith(LEADER) && item.code.startsWith('h')) this.leaders.set(name, nameOf(end.slice(LEADER.length)));
    this.unusable ||= this.gone.size + this.other.size > MOST_NAMES;
  }
}

function nameOf(shown: string): string {
  return bytesOf(shown).toString('latin1').replace(/\/$/, '');
}

/** What of a tree was made again of links. */
export class LinkedTree {
  readonly folders: string[] = [];
  /** What could not be linked. */
  readonly left: string[] = [];
  #rest = '';

  /** Takes what the linker says: names that end with a NUL, those of folders with a slash before it. */
  read(chunk: Buffer): void {
    const names = (this.#rest + chunk.toString('latin1')).split('\0');
    this.#rest = names.pop() ?? '';
    for (const name of names) {
      if (name.endsWith('/')) this.folders.push(name.slice(0, -1));
      else this.left.push(name);
    }
  }
}

/** False where names of one file could become names of two: one of them could not be linked, or was said to follow a follower. */
export function leadersAreKnown({ leaders }: ListedNames, { left }: LinkedTree): boolean {
  return leaders.size === 0 || (left.length === 0 && ![...leaders.values()].some((leader) => leaders.has(leader)));
}

/** How a linked tree becomes what the comparison expects. */
export interface ToDo {
  /** The names that are to be brought into it: of its folders too, whose attributes are not set yet. */
  fill: ReadonlySet<string>;
  /** Names that become further ones of files that are there, by name. */
  link: ReadonlyMap<string, string>;
}

/** What is another name of a file that is brought is brought with it. */
export function toDo({ gone, other, leaders }: ListedNames, { folders, left }: LinkedTree): ToDo {
  const brought = new Set([...other, ...left]);
  const link = new Map([...leaders].filter(([, leader]) => !brought.has(leader)));
  const names = [...other, ...[...folders, ...left].filter((name) => !gone.has(name))];
  return { fill: new Set(names.filter((name) => !link.has(name))), link };
}

/** What the command that clears reads: everything that is not as in the source goes, and then nothing is in the way. */
export function clearList({ gone, other }: ListedNames, { fill, link }: ToDo): Buffer {
  return list([
    ...[...gone, ...other].map((name) => `-${name}`),
    ...[...fill].map((name) => `+${name}`),
    ...[...link].flatMap(([name, leader]) => [`=${leader}`, `>${name}`]),
  ]);
}

/** A name that nothing has. `./` before it makes rsync send the uppermost folder, and a list has to have a name. */
const NOTHING = '.nbkp-nothing';

/** What `--files-from` reads. */
export function fillList(fill: ReadonlySet<string>): Buffer {
  return list([...(fill.size === 0 ? [NOTHING] : fill)].map((name) => `./${name}`));
}

function list(names: string[]): Buffer {
  return Buffer.from(names.map((name) => `${name}\0`).join(''), 'latin1');
}
