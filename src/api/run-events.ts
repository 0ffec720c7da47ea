import type { RunEvent } from '../planner/model/event.ts';

/** Hands events on to whoever iterates, each from the moment when it began. Nothing is kept for nobody. */
export class RunEvents {
  readonly #listeners = new Set<(event: RunEvent | null) => void>();
  #ended = false;

  send(event: RunEvent): void {
    for (const listen of this.#listeners) listen(event);
  }

  /** Ends all iterations, once they have had what was sent. */
  end(): void {
    this.#ended = true;
    for (const listen of this.#listeners) listen(null);
  }

  iterate(): AsyncIterator<RunEvent, undefined> {
    const waiting: (RunEvent | null)[] = [];
    let wake = (): void => undefined;
    const listen = (event: RunEvent | null): void => {
      waiting.push(event);
      wake();
    };
    this.#listeners.add(listen);
    if (this.#ended) listen(null);
    const stop = (): Promise<IteratorReturnResult<undefined>> => {
      this.#listeners.delete(listen);
      return Promise.resolve({ done: true, value: undefined });
    };
    const next = async (): Promise<IteratorResult<RunEvent, undefined>> => {
      if (!this.#listeners.has(listen)) return stop();
      while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const event = waiting.shift() ?? null;
      return event === null ? stop() : { done: false, value: event };
    };
    return { next, return: stop };
  }
}
