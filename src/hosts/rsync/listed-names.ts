import { parseItem } from './items.ts';
import { bytesOf } from './judged-names.ts';

const TOTALS = /^(?:Number of |Total |Literal data: |Matched data: |File list |sent |total size is |$)/;

/** More names than that are no list any more. Then rsync may as well look at each of them. */
const MOST_NAMES = 500_000;

/** What differs from a tree, name by name, byte for byte (latin1). Folders have no slash at the end. */
export class ListedNames {
  /** What that tree has and the source has not. */
  readonly gone = new Set<string>();
  /** What is new, or differs in anything and is no folder. */
  readonly other = new Set<string>();
  /** Nothing can be built on it: a line is not understood, or there are too many. */
  unusable = false;

  /** Takes a line of a dry run with `--out-format='%i %l %n'`. */
  read(line: string): void {
    const item = parseItem(line);
    if (item === null) {
      this.unusable ||= !TOTALS.test(line);
      return;
    }
    const name = bytesOf(item.path).toString('latin1').replace(/\/$/, '');
    if (item.change === 'delete') this.gone.add(name);
    else if (item.code[1] !== 'd' || item.change === 'create') this.other.add(name);
    this.unusable ||= this.gone.size + this.other.size > MOST_NAMES;
  }
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

/** The names that are to be brought into a linked tree: of its folders too, whose attributes are not set yet. */
export function toFill({ gone, other }: ListedNames, { folders, left }: LinkedTree): Set<string> {
  return new Set([...other, ...[...folders, ...left].filter((name) => !gone.has(name))]);
}

/** What the command that clears reads: everything that is not as in the source goes, and then nothing is in the way. */
export function clearList({ gone, other }: ListedNames, fill: ReadonlySet<string>): Buffer {
  return list([...[...gone, ...other].map((name) => `-${name}`), ...[...fill].map((name) => `+${name}`)]);
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
