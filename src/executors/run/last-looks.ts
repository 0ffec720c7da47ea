import type { Facts } from '../../planner/model/facts.ts';
import type { Step } from '../../planner/model/step.ts';
import type { Replanning } from './replanning.ts';

/** Milliseconds since a look began. Between that and what relies on it as much can pass anyway. */
const RECENT = 500;

/**
 * What a step has seen at its end, for the next one of its sync: where nothing of that sync has run since, a look would see the
 * same again.
 */
export class LastLooks {
  readonly #looks = new Map<string, { step: Step; facts: Facts; at: number }>();
  /** How many commands of each sync have begun. */
  readonly #begun = new Map<string, number>();
  readonly #replanning: Pick<Replanning, 'observeStep' | 'looksAlike'>;
  readonly #clock: () => number;

  constructor(replanning: Pick<Replanning, 'observeStep' | 'looksAlike'>, clock = () => performance.now()) {
    this.#replanning = replanning;
    this.#clock = clock;
  }

  /** Looks before a step, unless one of its sync has just done so. */
  async before(step: Step): Promise<Facts> {
    const last = this.#looks.get(step.sync ?? '');
    const isRecent = last !== undefined && this.#clock() - last.at < RECENT;
    if (isRecent && this.#replanning.looksAlike(last.step, step)) return last.facts;
    return this.#replanning.observeStep(step);
  }

  /** Looks while a step runs. */
  async within(step: Step): Promise<Facts> {
    const [at, begun] = [this.#clock(), this.#begunOf(step)];
    const facts = await this.#replanning.observeStep(step);
    if (step.sync !== undefined && begun === this.#begunOf(step)) this.#looks.set(step.sync, { step, facts, at });
    return facts;
  }

  /** A command of a step begins. */
  begin(step: Step): void {
    if (step.sync === undefined) return;
    this.#looks.delete(step.sync);
    this.#begun.set(step.sync, this.#begunOf(step) + 1);
  }

  #begunOf({ sync = '' }: Step): number {
    return this.#begun.get(sync) ?? 0;
  }
}
