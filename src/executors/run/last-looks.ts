import type { Facts } from '../../planner/model/facts.ts';
import type { Step } from '../../planner/model/step.ts';
import type { Replanning } from './replanning.ts';

/** Milliseconds since a look began. Between that and what relies on it as much can pass anyway. */
const RECENT = 500;

interface Look {
  step: Step;
  facts: Facts;
  at: number;
  /** The step that has asked for it while it ran. */
  told: Step | null;
}

/**
 * What was seen last of a sync, at the end of a step or before one: where nothing of that sync has run since, a look would see
 * the same again. A step that asks twice is told what is there now.
 */
export class LastLooks {
  readonly #looks = new Map<string, Look>();
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
    return this.#recent(step)?.facts ?? this.#look(step, null);
  }

  /** Looks while a step runs, unless that was done just before. */
  async within(step: Step): Promise<Facts> {
    const last = this.#recent(step);
    if (last === null || last.told === step) return this.#look(step, step);
    last.told = step;
    return last.facts;
  }

  #recent(step: Step): Look | null {
    const last = this.#looks.get(step.sync ?? '');
    const isRecent = last !== undefined && this.#clock() - last.at < RECENT;
    return isRecent && this.#replanning.looksAlike(last.step, step) ? last : null;
  }

  async #look(step: Step, told: Step | null): Promise<Facts> {
    const [at, begun] = [this.#clock(), this.#begunOf(step)];
    const facts = await this.#replanning.observeStep(step);
    if (step.sync !== undefined && begun === this.#begunOf(step)) this.#looks.set(step.sync, { step, facts, at, told });
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
