import type { Plan, PlannedSync } from '../../planner/model/plan.ts';
import type { Step } from '../../planner/model/step.ts';
import { groupBy } from '../text/group.ts';

/** Steps that are drawn together: those of one sync, or of no sync on one volume, or of neither on one host. */
export interface StepGroup {
  title: string;
  steps: Step[];
}

/** The groups of a plan, in the order of their first steps. */
export function stepGroups(plan: Plan): StepGroup[] {
  const placeOf = ({ volume, host }: Step): string => (volume === undefined ? `host ${host}` : `volume ${volume}`);
  const groups = groupBy(plan.steps, (step) => step.sync ?? placeOf(step));
  return [...groups].map(([title, steps]) => ({ title, steps }));
}

/** Syncs that have no steps: skipped, disabled, blocked, or with nothing to do. */
export function idleSyncs(plan: Plan): PlannedSync[] {
  const busy = new Set(plan.steps.map((step) => step.sync));
  return plan.syncs.filter((sync) => !busy.has(sync.name));
}

export function idleText(sync: PlannedSync): string {
  return sync.state === 'planned' ? 'nothing to do' : `${sync.state}: ${sync.reason ?? 'no reason given'}`;
}
