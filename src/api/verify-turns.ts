import { success, type Result } from '../planner/model/result.ts';
import type { FilesToVerify } from '../hosts/compare/files-to-verify.ts';

/** So many files are read at first, and never fewer. */
const FEWEST = 2000;
/** Then so many as should take that long, if they are like those before: an interruption loses a turn. */
const SOON_MS = 2000;
/** In so little time rsync has hardly begun, and nobody knows how many it reads in a second: then ten times as many. */
const AT_ONCE_MS = 250;
const MOST = 32_000;
/** No disk that has to turn reads so much in a second, so that several readers at once do not make it seek. */
const FAST = { files: 2000, bytes: 500_000_000 };
const READERS = 8;

/** How many files of a copy are read next, and by how many readers at once. */
export class Turns {
  #count = FEWEST;
  #readers = 1;
  #since = 0;

  constructor(readonly files: FilesToVerify) {}

  /** The names for each reader: each gets some of each folder, so that large files that lie together are not all one's. */
  async next(): Promise<Result<{ parts: string[][]; isLast: boolean }>> {
    const listed = await this.files.next(this.#count);
    if (!listed.ok) return listed;
    const names = listed.value;
    this.#since = performance.now();
    const parts = Array.from({ length: Math.min(this.#readers, names.length) }, (_, part) =>
      names.filter((__, index) => index % this.#readers === part),
    );
    return success({ parts, isLast: names.length < this.#count });
  }

  /**
   * @param read what the turn has read
   * @returns whether that took too little time to be written down before the next one
   */
  ended({ files, bytes }: { files: number; bytes: number }): boolean {
    const ms = performance.now() - this.#since;
    const isFast = files > (FAST.files / 1000) * ms || bytes > (FAST.bytes / 1000) * ms;
    this.#readers = isFast ? Math.min(this.files.processors, READERS) : 1;
    const wasAtOnce = ms < AT_ONCE_MS;
    const next = wasAtOnce ? 10 * this.#count : Math.round(files * (SOON_MS / ms));
    this.#count = Math.min(Math.max(FEWEST, next), MOST);
    return wasAtOnce;
  }
}
