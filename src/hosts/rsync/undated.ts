import type { CountedPaths } from '../../planner/model/at-target.ts';

/** How many are named. */
const NAMED = 5;

/** Files whose times the destination has no place for, by their paths as rsync shows them. */
export class UndatedFiles {
  readonly #times: { from: number; to: number } | undefined;
  readonly #paths = new Set<string>();

  /** @param times the first and the last that can be held; undefined where each can */
  constructor(times: { from: number; to: number } | undefined) {
    this.#times = times;
  }

  add({ path, time }: { path: string; time: number }): void {
    const times = this.#times;
    if (times !== undefined && (time < times.from || time > times.to)) this.#paths.add(path);
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  paths(): Iterable<string> {
    return this.#paths;
  }

  /** Null when there are none. */
  counted(): CountedPaths | null {
    const { size } = this.#paths;
    return size === 0 ? null : { count: size, paths: Array.from(this.#paths).slice(0, NAMED) };
  }
}
