import type { Facts } from '../../planner/model/facts.ts';

interface Waiting {
  sync: string;
  tell: (look: Promise<Facts>) => void;
}

/**
 * Looks for several syncs as one, which costs hardly more than one for each. Whoever asks while a look is under way waits for
 * the next one, which begins when that has ended: what is told is never older than the question.
 */
export class SharedLooks {
  /** By place, while a look at it is under way. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #observe: (syncs: readonly string[]) => Promise<Facts>;

  constructor(observe: (syncs: readonly string[]) => Promise<Facts>) {
    this.#observe = observe;
  }

  /** @param place looks at one place are made together */
  at(place: string, sync: string): Promise<Facts> {
    const waiting = this.#waiting.get(place);
    if (waiting !== undefined) return new Promise((resolve) => waiting.push({ sync, tell: resolve }));
    return this.#lookFor([sync], place);
  }

  async #lookFor(syncs: readonly string[], place: string): Promise<Facts> {
    this.#waiting.set(place, []);
    try {
      return await this.#observe(syncs);
    } finally {
      this.#next(place);
    }
  }

  #next(place: string): void {
    const waiting = this.#waiting.get(place) ?? [];
    this.#waiting.delete(place);
    if (waiting.length === 0) return;
    const look = this.#lookFor([...new Set(waiting.map(({ sync }) => sync))], place);
    for (const { sync, tell } of waiting) tell(waiting.length === 1 ? look : this.#orAlone(look, sync));
  }

  /** What one of them keeps from being answered says nothing about the others. */
  async #orAlone(look: Promise<Facts>, sync: string): Promise<Facts> {
    const facts = await look;
    return Object.values(facts.hosts).every(({ reachable }) => reachable) ? facts : this.#observe([sync]);
  }
}
