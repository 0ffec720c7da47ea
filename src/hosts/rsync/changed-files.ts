import type { PreviewItem } from '../../planner/model/facts.ts';
import { exceedsMaxChange, type Change } from '../../planner/model/max-change.ts';
import { parseItem } from './items.ts';
import { bytesOf, onlyThese } from './judged-names.ts';

const FILES = /^Number of (files|created files): \d+(?: \(reg: (\d+))?/;
/** A regular file that is copied over another: where its checksum, its size and its time differ. */
const COPIED = /^[<>ch]f(?<checksum>[^+])(?<size>.)(?<time>.)/;
/** How many files, and of which size, are read at both ends to tell what has become of them. */
const READ = 100;
const LARGEST = 16 * 1024 * 1024;

export type ReadSome = (rules: Buffer, onLine: (line: string) => void) => Promise<unknown>;

/** Counts, in the lines of a dry run, the files that keep their name and get other content. */
export class ChangedFiles {
  #contents = 0;
  #times = 0;
  #gone = 0;
  readonly #regular = { files: 0, 'created files': 0 };
  readonly #some: Buffer[] = [];
  readonly #unseen: number;

  /** @param unseen so many files are the same, and no line tells of them */
  constructor(unseen = 0) {
    this.#unseen = unseen;
  }

  /** @param item what the line tells, null for a line of the totals */
  add(line: string, item: PreviewItem | null): void {
    if (item !== null) return this.#addItem(item);
    const [, which, count] = FILES.exec(line) ?? [];
    if (which === 'files' || which === 'created files') this.#regular[which] = Number(count ?? 0);
  }

  #addItem({ change, code, path, size }: PreviewItem): void {
    if (change === 'delete' && !path.endsWith('/')) this.#gone += 1;
    const copied = change === 'update' ? COPIED.exec(code)?.groups : undefined;
    if (copied === undefined) return;
    if (copied['checksum'] === 'c' || copied['size'] === 's') this.#contents += 1;
    else if (copied['time'] === 't') {
      this.#times += 1;
      if (this.#some.length < READ && size <= LARGEST) this.#some.push(bytesOf(path));
    }
  }

  /**
   * Counts them. Where they are too many, some whose times differ are read at both ends: whoever is told of them wants to know
   * what has become of them.
   *
   * @param read makes a dry run with `--checksum` that sees what the rules on its standard input show; null where there is none
   */
  async change(percent: number | undefined, read: ReadSome | null): Promise<Change> {
    const files = this.#unseen + this.#regular.files - this.#regular['created files'] + this.#gone;
    const change = { contents: this.#contents, times: this.#times, files };
    if (read === null || this.#some.length === 0 || !exceedsMaxChange(change, percent)) return change;
    const seen = { files: 0, same: 0 };
    await read(onlyThese(this.#some), (line) => {
      const item = parseItem(line);
      if (item?.code[1] !== 'f') return;
      seen.files += 1;
      if (item.code.startsWith('.')) seen.same += 1;
    });
    return seen.files === 0 ? change : { ...change, read: seen };
  }
}
