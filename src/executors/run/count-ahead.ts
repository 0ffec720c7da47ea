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
  readonly #waiting = new Map<string, Waiting>();
  readonly #spec: Spec;
  /** What reads there would keep a drive busy that is to be closed. */
  readonly #closed: ReadonlySet<string>;
  readonly #world: Pick<World, 'run'>;
  readonly #counted: (step: string, bytes: number) => void;
  readonly #ended = new AbortController();
  #current: { id: string; abort: AbortController } | null = null;
  #all: Promise<void>;

  constructor(
    { steps }: { steps: readonly Step[] },
    { spec, world, counted }: { spec: Spec; world: Pick<World, 'run'>; counted: (step: string, bytes: number) => void },
  ) {
    this.#spec = spec;
    this.#closed = new Set(steps.flatMap((step) => (step.releases === undefined ? [] : (step.volume ?? []))));
    this.#world = world;
    this.#counted = counted;
    for (const step of steps) this.#add(step);
    this.#all = this.#whenDue();
    // Whoever ends it is told what went wrong with it; the run goes on.
    this.#all.catch(() => undefined);
  }

  /** Takes a step that the plan had left open, as it is now that its drives are. Returns at once. */
  decided(step: Step): void {
    if (this.#ended.signal.aborted || !this.#add(step)) return;
    this.#all = this.#all.then(() => this.#countWaiting());
    this.#all.catch(() => undefined);
  }

  /** @returns whether it is waited for */
  #add(step: Step): boolean {
    const ahead = aheadOf(step);
    if (ahead === null || !this.#isOpen(step, ahead)) return false;
    this.#waiting.set(step.id, { ...ahead, step });
    return true;
  }

  #isOpen(step: Step, { readsCopy }: Ahead): boolean {
    const { source, destination } = this.#spec.syncs[step.sync ?? ''] ?? {};
    const read = [source, ...(readsCopy ? [destination] : [])];
    return read.every((end) => end !== undefined && !this.#closed.has(end.volume));
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

  async #whenDue(): Promise<void> {
    const isDue = await sleep(BEFORE_COUNTING, true, { signal: this.#ended.signal }).catch(() => false);
    if (isDue) await this.#countWaiting();
  }

  async #countWaiting(): Promise<void> {
    for (const [id, { step, count }] of this.#waiting) {
      const abort = new AbortController();
      this.#current = { id, abort };
      const signal = AbortSignal.any([abort.signal, this.#ended.signal]);
      const bytes = await count(runnerFor(this.#world, step), signal);
      this.#current = null;
      if (this.#ended.signal.aborted) return;
      if (bytes !== null && this.#waiting.has(id)) this.#counted(id, bytes);
      this.#waiting.delete(id);
    }
  }
}
