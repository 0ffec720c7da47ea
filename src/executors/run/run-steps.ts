import type { Finding } from '../../planner/model/finding.ts';
import { planRenewed } from '../../planner/model/findings/plan-files.ts';
import { EXIT } from '../../planner/model/exit-code.ts';
import type { Step } from '../../planner/model/step.ts';
import type { Decision } from '../../planner/plan-file/fit.ts';
import type { StepGraph } from './graph.ts';
import { integrityOf } from './integrity.ts';
import { lockGroups, usePlaces, type LockGroup } from './lock-groups.ts';
import type { RunInput } from './run-input.ts';
import type { RunLog } from './run-log.ts';

/** Why nothing of a sync runs, now that what its drives hold is known. */
export type Refusal = Omit<Extract<Decision, { state: 'not-run' }>, 'state'>;

/**
 * The steps of a run as they stand, by index into the plan's: as planned, or as it was decided when a drive was open or another
 * run had changed a destination.
 */
export class RunSteps {
  readonly all: readonly Step[];
  readonly #steps: Step[];
  readonly #groups: readonly LockGroup[];
  readonly #unneeded = new Set<number>();
  readonly #input: RunInput;
  readonly #log: RunLog;
  readonly #graph: Pick<StepGraph, 'isOpen'>;

  constructor(input: RunInput, log: RunLog, graph: Pick<StepGraph, 'isOpen'>) {
    this.#steps = [...input.plan.steps];
    this.all = this.#steps;
    this.#groups = lockGroups(this.#steps);
    this.#input = input;
    this.#log = log;
    this.#graph = graph;
  }

  at(index: number): Step {
    return present(this.#steps[index]);
  }

  group(index: number): LockGroup {
    return present(this.#groups[index]);
  }

  /** It turned out that there is nothing to do for it. */
  isUnneeded(index: number): boolean {
    return this.#unneeded.has(index);
  }

  /**
   * Decides the steps of a sync whose drives are open now.
   *
   * @returns null when all that was decided is what its executors would run
   */
  async decide(group: LockGroup, values: Readonly<Record<string, string>>): Promise<Refusal | null> {
    if (group.sync === null) throw new Error('what the plan left open is of no sync');
    const decision = await this.#input.replanning.decide(group.sync, values);
    if (decision.state === 'not-run') return decision;
    const finding = this.#replace(group, decision.steps);
    if (finding !== null) return { outcome: 'refused', finding };
    for (const remark of decision.remarks) this.#log.remark(remark, EXIT.done);
    const needed = this.needed(group);
    usePlaces(group, needed);
    for (const step of needed) this.#input.decided?.(step);
    return null;
  }

  needed({ members }: LockGroup): Step[] {
    return members.filter((index) => !this.isUnneeded(index)).map((index) => this.at(index));
  }

  #replace({ members }: LockGroup, steps: ReadonlyMap<string, Step | null>): Finding | null {
    for (const index of members) {
      const decided = steps.get(this.at(index).id) ?? null;
      const finding = decided === null ? null : this.#integrityOf(decided);
      if (finding !== null) return finding;
      this.#put(index, decided);
    }
    return null;
  }

  /**
   * What a step is after another run has changed what it relied on; undefined where it is stale, null where it is not needed.
   * Once for each sync, and only before any of its steps has relied on what it had found.
   */
  async renew(index: number): Promise<Step | null | undefined> {
    const { sync, members, places } = this.group(index);
    if (!this.#input.renews || sync === null || places.length === 0) return undefined;
    const earlier = members.slice(0, members.indexOf(index));
    if (earlier.some((member) => this.at(member).preconditions.length > 0)) return undefined;
    const steps = await this.#input.replanning.renew(sync);
    if (steps === null) return undefined;
    for (const member of members) {
      const fresh = steps.get(this.at(member).id);
      if (fresh === undefined || !this.#graph.isOpen(member)) continue;
      if (fresh !== null && this.#integrityOf(fresh) !== null) return undefined;
      this.#put(member, fresh);
    }
    this.#log.remark({ ...planRenewed(sync), sync }, EXIT.done);
    return this.isUnneeded(index) ? null : this.at(index);
  }

  #put(index: number, step: Step | null): void {
    if (step === null) this.#unneeded.add(index);
    else this.#steps[index] = step;
  }

  #integrityOf(step: Step): Finding | null {
    return integrityOf(step, this.#input.executor(step.executor.name));
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is no such step');
  return value;
}
