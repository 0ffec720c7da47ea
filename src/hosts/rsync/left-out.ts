import { folded, unholdable, type Limits, type Unholdable } from '../../planner/file-systems/names.ts';
import type { CountedPaths } from '../../planner/model/at-target.ts';
import type { LeftOut } from '../../planner/model/facts.ts';
import { bytesOf, literalRule } from './judged-names.ts';
import { parseItem } from './items.ts';

const NAMED = 5;
const SLASH = 0x2f;
const KEPT_BACK = ['H /', 'P /'] as const;

/**
 * The entries of a listing that a file system cannot hold, as rules that leave out just these. Of names that are one to the
 * file system the first stays, in the order in which rsync sorts them: the same in every run. A folder is left out with
 * all that is in it. Memory grows with the number of entries where names are folded.
 */
export class Sieve {
  readonly #limits: Limits;
  readonly #rules: Buffer[] = [];
  readonly #folders = new Set<string>();
  readonly #taken = new Set<string>();
  readonly #found: Record<Unholdable, CountedPaths> = {
    collides: { count: 0, paths: [] },
    name: { count: 0, paths: [] },
    size: { count: 0, paths: [] },
  };

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Takes a line of a dry run with `--out-format='%i %l %n'` into nowhere; others are passed over. */
  read(line: string): void {
    const item = parseItem(line);
    if (item === null || item.change === 'delete' || item.path === './') return;
    const isFolder = item.path.endsWith('/');
    const path = bytesOf(isFolder ? item.path.slice(0, -1) : item.path);
    const cut = path.lastIndexOf(SLASH);
    const parent = path.subarray(0, Math.max(0, cut)).toString('latin1');
    if (this.#folders.has(parent)) {
      if (isFolder) this.#folders.add(path.toString('latin1'));
      return;
    }
    const why = this.#judge(path.subarray(cut + 1), parent, item.size);
    if (why === null) return;
    if (isFolder) this.#folders.add(path.toString('latin1'));
    const found = this.#found[why];
    found.count += 1;
    if (found.paths.length < NAMED) found.paths.push(item.path);
    this.#rules.push(...KEPT_BACK.map((rule) => literalRule(rule, bytesOf(item.path))));
  }

  /** What `--filter='merge -'` reads: these are hidden from the copy, and what bears their names there is protected. */
  rules(): Buffer {
    return Buffer.concat(this.#rules);
  }

  /** Null when there is nothing. */
  leftOut(): LeftOut | null {
    const { collides, name, size } = this.#found;
    return collides.count + name.count + size.count === 0 ? null : { collides, name, size };
  }

  #judge(name: Buffer, parent: string, bytes: number): Unholdable | null {
    const odd = unholdable({ name, bytes }, this.#limits);
    if (odd !== null || this.#limits.folds === null) return odd;
    const key = `${parent}/${folded(name, this.#limits.folds)}`;
    if (this.#taken.has(key)) return 'collides';
    this.#taken.add(key);
    return null;
  }
}
