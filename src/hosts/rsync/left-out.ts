import { folded, foldedPath, unholdable, type Limits, type Unholdable } from '../../planner/file-systems/names.ts';
import type { CountedPaths } from '../../planner/model/at-target.ts';
import type { LeftOut, PreviewItem } from '../../planner/model/facts.ts';
import type { ReadSome } from './changed-files.ts';
import { bytesOf, literalRule, onlyThese } from './judged-names.ts';
import { parseDatedItem, parseItem } from './items.ts';
import { UndatedFiles } from './undated.ts';

const NAMED = 5;
const SLASH = 0x2f;
const KEPT_BACK = ['H /', 'P /'] as const;
/** A file of which only the time is another one. */
const ANOTHER_TIME = /^\.f\.\.[tT]\.*$/;
const OWN = Buffer.from('.nbkp-');

/** Takes a listing, line by line. */
export type List = (onLine: (line: string) => void) => Promise<void>;

/**
 * What of a listing is left out where some names are one to the file system: a name that is there already goes before another
 * one that is new. Both are listed once more then, so that a run in which no two are pays nothing for it.
 */
export async function sieveOf(limits: Limits, source: List, there: List | null): Promise<Sieve> {
  const sieve = new Sieve(limits);
  await source((line) => sieve.read(line));
  if (there === null || !sieve.collides) return sieve;
  const names = new Names(limits.folds);
  await there((line) => names.addThere(line));
  if (names.isEmpty) return sieve;
  const lines: string[] = [];
  await source((line) => {
    lines.push(line);
    names.addSource(line);
  });
  const again = new Sieve(limits, names);
  for (const line of lines) again.read(line);
  return again;
}

/**
 * Looks at the files whose times have no place at the destination, so that by these they differ in every run: what is the same
 * there in all but that is not copied again.
 *
 * @param read makes a dry run that compares contents; null where the copy has to have each of them anew
 */
export async function spareUndated(sieve: Sieve, read: ReadSome | null): Promise<void> {
  if (read === null || sieve.undated() === null) return;
  await read(sieve.undatedRules(), (line) => {
    const item = parseItem(line);
    if (item !== null && ANOTHER_TIME.test(item.code)) sieve.leaveAsItIs(item.path);
  });
}

/** How names are spelled at the destination and in the source. */
class Names {
  readonly #folds: Limits['folds'];
  /** Names there, by what their paths count as. */
  readonly #there = new Map<string, string>();
  readonly #source = new Set<string>();

  constructor(folds: Limits['folds']) {
    this.#folds = folds;
  }

  get isEmpty(): boolean {
    return this.#there.size === 0;
  }

  addThere(line: string): void {
    const path = pathOf(line);
    if (path !== null) this.#there.set(foldedPath(path, this.#folds), nameOf(path).toString('latin1'));
  }

  addSource(line: string): void {
    const path = pathOf(line);
    if (path !== null) this.#source.add(path.toString('latin1'));
  }

  /** Whether the destination has a path under a name that is another entry's of the same folder. */
  isOfAnother(path: Buffer): boolean {
    const name = this.#there.get(foldedPath(path, this.#folds));
    if (name === undefined) return false;
    const folder = path.subarray(0, path.lastIndexOf(SLASH) + 1).toString('latin1');
    const isSpelledSo = this.#spelling(name) === this.#spelling(nameOf(path).toString('latin1'));
    return !isSpelledSo && this.#source.has(`${folder}${name}`);
  }

  /** What composes names gives none back as it was given: of those that differ in that alone the first stays, in every run. */
  #spelling(name: string): string {
    const isOwn = this.#folds === null || this.#folds === 'case';
    return isOwn ? name : folded(Buffer.from(name, 'latin1'), 'accents');
  }
}

/** The path of an entry in a listing, without a slash at the end. */
function pathOf(line: string): Buffer | null {
  const item = parseDatedItem(line);
  return item === null ? null : pathOfItem(item);
}

function pathOfItem(item: PreviewItem): Buffer | null {
  if (item.change === 'delete' || item.path === './') return null;
  return bytesOf(item.path.endsWith('/') ? item.path.slice(0, -1) : item.path);
}

function nameOf(path: Buffer): Buffer {
  return path.subarray(path.lastIndexOf(SLASH) + 1);
}

/**
 * The entries of a listing that a file system cannot hold, as rules that leave out just these. Of names that are one to the
 * file system the one that is there already stays, else the first in the order in which rsync sorts them: the same in every run.
 * A folder is left out with all that is in it. Memory grows with the number of entries where names are folded.
 */
export class Sieve {
  readonly #limits: Limits;
  readonly #rules: Buffer[] = [];
  readonly #folders = new Set<string>();
  /** Paths of what is copied, by what they count as. */
  readonly #taken = new Map<string, string>();
  /** What the paths of all others in the source count as. */
  readonly #others = new Set<string>();
  readonly #spared = new Set<string>();
  readonly #found: Record<Unholdable, CountedPaths> = {
    collides: { count: 0, paths: [] },
    name: { count: 0, paths: [] },
    size: { count: 0, paths: [] },
  };

  readonly #names: Names | null;
  readonly #undated: UndatedFiles;
  #asTheyAre = 0;

  constructor(limits: Limits, names: Names | null = null) {
    this.#limits = limits;
    this.#names = names;
    this.#undated = new UndatedFiles(limits.times);
  }

  /** Some names are one with others. */
  get collides(): boolean {
    return this.#found.collides.count > 0;
  }

  /** So many files are at the destination as they should be, and the rules keep all passes from seeing them. */
  get asTheyAre(): number {
    return this.#asTheyAre;
  }

  /** Takes a line of a dry run with `--out-format='%i %l %M %n'` into nowhere; others are passed over. */
  read(line: string): void {
    const item = parseDatedItem(line);
    const path = item && pathOfItem(item);
    if (item === null || path === null) return;
    const isFolder = item.path.endsWith('/');
    const cut = path.lastIndexOf(SLASH);
    const parent = path.subarray(0, Math.max(0, cut)).toString('latin1');
    if (this.#folders.has(parent)) {
      if (isFolder) this.#folders.add(path.toString('latin1'));
      this.#note(path);
      return;
    }
    const why = this.#judge(path, path.subarray(cut + 1), item.size);
    if (why === null) {
      if (item.code[1] === 'f') this.#undated.add(item);
      return;
    }
    this.#note(path);
    if (isFolder) this.#folders.add(path.toString('latin1'));
    const found = this.#found[why];
    found.count += 1;
    if (found.paths.length < NAMED) found.paths.push(item.path);
    this.#keepBack(item.path);
  }

  /**
   * Whether what a dry run would delete at the destination is in the source all the same, under a name that is one with its own
   * there, or is nbkp's own. From then on the rules protect it.
   */
  spares({ change, path: shown }: PreviewItem): boolean {
    if (change !== 'delete' || this.#limits.folds === null) return false;
    const path = bytesOf(shown.endsWith('/') ? shown.slice(0, -1) : shown);
    for (let end = path.indexOf(SLASH); end !== -1; end = path.indexOf(SLASH, end + 1)) {
      // What is in that folder is listed again under the name that is copied, and judged there.
      if (this.#isAnother(path.subarray(0, end))) return this.#protect(path.subarray(0, end + 1));
    }
    const isOneLeftOut = this.#others.has(foldedPath(path, this.#limits.folds));
    return isOneLeftOut || this.#isAnother(path) ? this.#protect(bytesOf(shown)) : false;
  }

  /** What `--filter='merge -'` reads: these are hidden from the copy, and what bears their names there is protected. */
  rules(): Buffer {
    return Buffer.concat(this.#rules);
  }

  /** Files whose times have no place at the destination; null when there are none. */
  undated(): CountedPaths | null {
    return this.#undated.counted();
  }

  isUndated({ path }: PreviewItem): boolean {
    return this.#undated.has(path);
  }

  /** What `--filter='merge -'` reads: just these are seen. */
  undatedRules(): Buffer {
    return onlyThese(Array.from(this.#undated.paths(), bytesOf));
  }

  /** From then on no pass sees it. */
  leaveAsItIs(path: string): void {
    this.#asTheyAre += 1;
    this.#keepBack(path);
  }

  /** Null when there is nothing. */
  leftOut(): LeftOut | null {
    const { collides, name, size } = this.#found;
    return collides.count + name.count + size.count === 0 ? null : { collides, name, size };
  }

  #judge(path: Buffer, name: Buffer, bytes: number): Unholdable | null {
    const { folds } = this.#limits;
    const odd = unholdable({ name, bytes }, this.#limits);
    if (odd !== null || folds === null) return odd;
    const key = foldedPath(path, folds);
    // Of those that are spelled as nbkp's own none is in a listing.
    if (this.#taken.has(key) || isOwn(name, folds) || this.#names?.isOfAnother(path) === true) return 'collides';
    this.#taken.set(key, path.toString('latin1'));
    return null;
  }

  #keepBack(path: string): void {
    this.#rules.push(...KEPT_BACK.map((rule) => literalRule(rule, bytesOf(path))));
  }

  #note(path: Buffer): void {
    const { folds } = this.#limits;
    if (folds !== null) this.#others.add(foldedPath(path, folds));
  }

  #protect(name: Buffer): true {
    const key = name.toString('latin1');
    if (!this.#spared.has(key)) this.#rules.push(literalRule('P /', name));
    this.#spared.add(key);
    return true;
  }

  /** Whether a path at the destination is one with that of another entry of the source, or of nbkp's own. */
  #isAnother(path: Buffer): boolean {
    const { folds } = this.#limits;
    if (isOwn(nameOf(path), folds)) return true;
    const key = foldedPath(path, folds);
    const copied = this.#taken.get(key);
    return copied === undefined ? this.#others.has(key) : copied !== path.toString('latin1');
  }
}

function isOwn(name: Buffer, folds: Limits['folds']): boolean {
  return folded(name, folds).startsWith(folded(OWN, folds));
}
