import type { Draft, Ended, Planned, Stop } from './draft.ts';

interface Stopped {
  draft: Draft;
  stop: Stop;
}

/** Takes drafts through all stages up to some point, and what comes out of them there through the rest. */
type Feed<D> = <R>(drafts: readonly Draft[], rest: (draft: D) => R | Stopped) => (R | Stopped)[];

/** A draft behind all stages up to some point, whatever they said, and all that they had against it. */
interface Told<D> {
  /** Null where a stage did not add what the next ones need. */
  draft: D | null;
  stops: readonly Stop[];
}

/** Tells of each draft all that stages up to some point have against it. */
type Tell<D> = (drafts: readonly Draft[]) => Told<D>[];

/** Stages in their order. `D` is what a draft has behind them; the first stage that stops it decides. */
export class Pipeline<D extends Draft> {
  readonly #feed: Feed<D>;
  readonly #tell: Tell<D>;

  private constructor(feed: Feed<D>, tell: Tell<D>) {
    this.#feed = feed;
    this.#tell = tell;
  }

  static readonly start: Pipeline<Draft> = new Pipeline(
    (drafts, rest) => drafts.map(rest),
    (drafts) => drafts.map((draft) => ({ draft, stops: [] })),
  );

  /** A stage that only looks. */
  check(stage: (draft: D) => Stop | null): Pipeline<D> {
    return new Pipeline(
      (drafts, rest) =>
        this.#feed(drafts, (draft) => {
          const stop = stage(draft);
          return stop === null ? rest(draft) : { draft, stop };
        }),
      (drafts) => this.#tell(drafts).map((told) => withStops(told, told.draft === null ? null : stage(told.draft))),
    );
  }

  /**
   * A stage that says something new of a draft.
   *
   * @param all that the stage has against a draft which it stops, where that may be more than what decides
   */
  add<A extends object>(stage: (draft: D) => Stop | A, all?: (draft: D) => readonly Stop[]): Pipeline<D & A> {
    return new Pipeline(
      (drafts, rest) =>
        this.#feed(drafts, (draft) => {
          const added = stage(draft);
          return isStop(added) ? { draft, stop: added } : rest({ ...draft, ...added });
        }),
      (drafts) =>
        this.#tell(drafts).map((told) => {
          const { draft, stops } = told;
          if (draft === null) return { draft, stops };
          const added = stage(draft);
          if (!isStop(added)) return { draft: { ...draft, ...added }, stops };
          return { draft: null, stops: [...stops, ...(all?.(draft) ?? [added])] };
        }),
    );
  }

  /** A stage that compares drafts: all have come this far before any of them goes on. Returns stops by the syncs' names. */
  compare(stage: (drafts: readonly D[]) => ReadonlyMap<string, Stop>): Pipeline<D> {
    return new Pipeline(
      (drafts, rest) => {
        const here = this.#feed<{ going: D }>(drafts, (going) => ({ going }));
        const stops = stage(here.flatMap((each) => ('going' in each ? [each.going] : [])));
        return here.map((each) => {
          if ('stop' in each) return each;
          const stop = stops.get(each.going.sync.name);
          return stop === undefined ? rest(each.going) : { draft: each.going, stop };
        });
      },
      (drafts) => {
        const here = this.#tell(drafts);
        const stops = stage(here.flatMap(({ draft }) => draft ?? []));
        return here.map((told) => withStops(told, stops.get(told.draft?.sync.name ?? '') ?? null));
      },
    );
  }

  /**
   * All that the stages have against each draft, in the order of the drafts: a stage that stops one does not keep the next
   * from looking at it, unless it lacks what that one needs.
   */
  stops(drafts: readonly Draft[]): (readonly Stop[])[] {
    return this.#tell(drafts).map(({ stops }) => stops);
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

function withStops<D>({ draft, stops }: Told<D>, further: Stop | null): Told<D> {
  return { draft, stops: further === null ? stops : [...stops, further] };
}

export function isStop(value: object): value is Stop {
  return 'state' in value && 'finding' in value;
}
