import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent } from '../../planner/model/event.ts';
import type { Step } from '../../planner/model/step.ts';
import type { Spec } from '../../planner/model/spec.ts';
import { runnerFor, type World } from '../../hosts/world.ts';
import { aheadOf, type Ahead } from '../kinds/rsync/ahead.ts';

/** Milliseconds. Of a run that is over by then nobody wants to know how much is to come. */
const BEFORE_COUNTING = 1000;

interface Waiting extends Ahead {
  step: Step;
}

/** Counts beside a run, one after the other, how much the transfers copy that wait for their turn. What has begun counts itself. */
export class CountAhead {
  readonly #waiting: Map<string, Waiting>;
  readonly #world: Pick<World, 'run'>;
  readonly #counted: (step: string, bytes: number) => void;
  readonly #ended = new AbortController();
  #current: { id: string; abort: AbortController } | null = null;
  readonly #all: Promise<void>;

  constructor(
    { steps }: { steps: readonly Step[] },
    { spec, world, counted }: { spec: Spec; world: Pick<World, 'run'>; counted: (step: string, bytes: number) => void },
  ) {
    // What reads there would keep a drive busy that is to be closed.
    const closed = new Set(steps.flatMap((step) => (step.releases === undefined ? [] : (step.volume ?? []))));
    const isOpen = (step: Step, { readsCopy }: Ahead): boolean => {
      const { source, destination } = spec.syncs[step.sync ?? ''] ?? {};
      const read = [source, ...(readsCopy ? [destination] : [])];
      return read.every((end) => end !== undefined && !closed.has(end.volume));
    };
    this.#waiting = new Map(
      steps.flatMap((step) => {
        const ahead = aheadOf(step);
        return ahead === null || !isOpen(step, ahead) ? [] : [[step.id, { ...ahead, step }] as const];
      }),
    );
    this.#world = world;
    this.#counted = counted;
    this.#all = this.#countAll();
    // Whoever ends it is told what went wrong with it; the run goes on.
    this.#all.catch(() => undefined);
  }

  /** Takes the next event of the run. Returns at once. */
  event(event: RunEvent): void {
    if (event.type === 'interrupted') this.#ended.abort();
    if (event.type !== 'step-started' && event.type !== 'step-finished') return;
    this.#waiting.delete(event.step);
    if (this.#current?.id === event.step) this.#current.abort.abort();
  }

  /** Ends when nothing of it runs any more. */
  async end(): Promise<void> {
    this.#ended.abort();
    await this.#all;
  }

  async #countAll(): Promise<void> {
    const isDue = await sleep(BEFORE_COUNTING, true, { signal: this.#ended.signal }).catch(() => false);
    if (!isDue) return;
    for (const [id, { step, count }] of this.#waiting) {
      const abort = new AbortController();
      this.#current = { id, abort };
      const signal = AbortSignal.any([abort.signal, this.#ended.signal]);
      const bytes = await count(runnerFor(this.#world, step), signal);
      this.#current = null;
      if (this.#ended.signal.aborted) return;
      if (bytes !== null && this.#waiting.has(id)) this.#counted(id, bytes);
    }
  }
}
