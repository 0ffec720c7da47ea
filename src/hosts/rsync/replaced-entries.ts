import { lstatSync, type Stats } from 'node:fs';
import type { PreviewItem } from '../../planner/model/facts.ts';
import { systemError } from '../../planner/model/system-error.ts';

/** How many are named. */
const NAMED = 5;

/**
 * Finds among the items of a restore's dry run those for which something would be lost that `--update` does not spare:
 * what is of another kind there (the dry run calls such an item new), links that are newer there (rsync(1)), and files
 * that are newer by less than a second, since rsync compares whole ones.
 */
export class InTheWay {
  readonly #from: string | null;
  readonly #to: string;
  readonly #paths: string[] = [];
  #count = 0;

  /**
   * Both are absolute directories of this machine. `from` is null for one on a server, which nobody asks for times within
   * a second: links count as newer here then, and files as older.
   */
  constructor(from: string | null, to: string) {
    this.#from = from;
    this.#to = to;
  }

  add(item: PreviewItem): void {
    if (item.path === './' || !this.#isInTheWay(item)) return;
    this.#count += 1;
    if (this.#paths.length < NAMED) this.#paths.push(item.path);
  }

  found(): { count: number; paths: string[] } {
    return { count: this.#count, paths: this.#paths };
  }

  #isInTheWay({ change, code, path }: PreviewItem): boolean {
    const there = entryAt(this.#to, path);
    if (there === null) return false;
    if (change === 'create') return true;
    // A file that is transferred, or a link or device that leads somewhere else.
    if (!/^(?:>f|.[LD]c)/.test(code)) return false;
    if (this.#from === null) return !code.startsWith('>f');
    return there.mtimeMs > (entryAt(this.#from, path)?.mtimeMs ?? 0);
  }
}

function entryAt(folder: string, escaped: string): Stats | null {
  try {
    return lstatSync(Buffer.concat([Buffer.from(`${folder}/`), bytesOf(escaped)]));
  } catch (error) {
    // Nothing is there, or nothing that this user could see and so replace.
    systemError(error);
    return null;
  }
}

/** A path as rsync prints it: `\#012` for a newline, and a character for each other byte. A folder's ends with a slash. */
function bytesOf(escaped: string): Buffer {
  const text = escaped.replace(/\\#([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  return Buffer.from(text.replace(/\/$/, ''), 'latin1');
}
