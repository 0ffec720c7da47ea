import type { Facts } from '../model/facts.ts';
import { type Finding, findingOf } from '../model/finding.ts';
import type { Plan } from '../model/plan.ts';
import type { Precondition, Step } from '../model/step.ts';
import { describeChanges, sameJson, show } from '../model/json-changes.ts';
import { readPointer } from '../model/pointer.ts';
import { stepStale } from '../model/findings/plan-files.ts';

/** A precondition that does not hold, and what was found instead. */
export interface Mismatch {
  precondition: Precondition;
  /** Null also for a fact that is not there. */
  actual: unknown;
}

/** Which preconditions do not hold in these facts. A fact that is not there counts as null. */
export function checkPreconditions(preconditions: readonly Precondition[], facts: Facts): Mismatch[] {
  return preconditions
    .map((precondition) => ({ precondition, actual: readPointer(facts, precondition.fact) ?? null }))
    .filter((mismatch) => !holds(mismatch));
}

/** Every reason not to begin with a plan, of what can be checked before any of its steps ran. */
export function staleFindings({ steps }: Pick<Plan, 'steps'>, facts: Facts): Finding[] {
  return steps.flatMap((step) =>
    checkPreconditions(step.preconditions, facts).map((mismatch) => staleFinding(step, mismatch)),
  );
}

function holds({ precondition: { check, value }, actual }: Mismatch): boolean {
  switch (check) {
    case 'equals':
      return sameJson(actual, value);
    case 'at-least':
      return typeof actual === 'number' && typeof value === 'number' && actual >= value;
    case 'none-of':
      return Array.isArray(value) && !value.some((forbidden) => sameJson(actual, forbidden));
  }
}

/** The refusal of a step whose precondition does not hold any more: what changed, what it was and what it is. */
export function staleFinding(step: Pick<Step, 'id' | 'sync' | 'volume'>, mismatch: Mismatch): Finding {
  return findingOf(step, stepStale(step.id, describeMismatch(mismatch)));
}

/** In the middle of a sentence: what had to be so, and what is. */
export function describeMismatch({ precondition: { check, value, description }, actual }: Mismatch): string {
  switch (check) {
    case 'equals':
      return `${description} ${describeChanges(value, actual)}`;
    case 'at-least':
      return `${description} had to be at least ${show(value)} and is now ${show(actual)}`;
    case 'none-of':
      return `${description} is now ${show(actual)}, which the plan did not expect`;
  }
}
