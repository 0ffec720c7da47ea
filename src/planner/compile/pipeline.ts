import type { Draft, Ended, Planned, Stop } from './draft.ts';

interface Stopped {
  draft: Draft;
  stop: Stop;
}

/** Takes drafts through all stages up to some point, and what comes out of them there through the rest. */
type Feed<D> = <R>(drafts: readonly Draft[], rest: (draft: D) => R | Stopped) => (R | Stopped)[];

/** Stages in their order. `D` is what a draft has behind them; the first stage that stops it decides. */
export class Pipeline<D extends Draft> {
  readonly #feed: Feed<D>;

  private constructor(feed: Feed<D>) {
    this.#feed = feed;
  }

  static readonly start: Pipeline<Draft> = new Pipeline((drafts, rest) => drafts.map(rest));

  /** A stage that only looks. */
  check(stage: (draft: D) => Stop | null): Pipeline<D> {
    return new Pipeline((drafts, rest) =>
      this.#feed(drafts, (draft) => {
        const stop = stage(draft);
        return stop === null ? rest(draft) : { draft, stop };
      }),
    );
  }

  /** A stage that says something new of a draft. */
  add<A extends object>(stage: (draft: D) => Stop | A): Pipeline<D & A> {
    return new Pipeline((drafts, rest) =>
      this.#feed(drafts, (draft) => {
        const added = stage(draft);
        return isStop(added) ? { draft, stop: added } : rest({ ...draft, ...added });
      }),
    );
  }

  /** A stage that compares drafts: all have come this far before any of them goes on. Returns stops by the syncs' names. */
  compare(stage: (drafts: readonly D[]) => ReadonlyMap<string, Stop>): Pipeline<D> {
    return new Pipeline((drafts, rest) => {
      const here = this.#feed<{ going: D }>(drafts, (going) => ({ going }));
      const stops = stage(here.flatMap((each) => ('going' in each ? [each.going] : [])));
      return here.map((each) => {
        if ('stop' in each) return each;
        const stop = stops.get(each.going.sync.name);
        return stop === undefined ? rest(each.going) : { draft: each.going, stop };
      });
    });
  }

  /** What becomes of drafts behind the last stage, in their order. `done` is told of each that has all before the next begins. */
  run(this: Pipeline<Planned>, drafts: readonly Draft[], done: (draft: Planned) => void = () => undefined): Ended[] {
    const ended = this.#feed<{ planned: Planned }>(drafts, (planned) => {
      done(planned);
      return { planned };
    });
    return ended.map((each) =>
      'planned' in each ? { ...each.planned, stop: null } : { ...each.draft, stop: each.stop, steps: [] },
    );
  }
}

export function isStop(value: object): value is Stop {
  return 'state' in value && 'finding' in value;
}
