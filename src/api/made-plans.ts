import { createHash } from 'node:crypto';
import type { Plan } from '../planner/model/plan.ts';
import type { Planned } from './plan-backup.ts';

const plans = new WeakMap<Plan, { planned: Planned; digest: string }>();

/** Remembers what a plan was made from, so that it can be applied. */
export function remember(planned: Planned): Plan {
  plans.set(planned.plan, { planned, digest: digestOf(planned.plan) });
  return planned.plan;
}

/** Undefined for a plan that was not made here, or that was changed since: such a one is judged as a file would be. */
export function madeFrom(plan: Plan): Planned | undefined {
  const known = plans.get(plan);
  return known?.digest === digestOf(plan) ? known.planned : undefined;
}

function digestOf(plan: Plan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex');
}
