import { BUILT_IN } from '../../src/executors/registry.ts';
import { buildPlan, type Purpose } from '../../src/planner/purposes/backup.ts';
import type { PlanInput, Plan, PlannedSync, PlanRequest } from '../../src/planner/model/plan.ts';
import { selectSyncs } from '../../src/planner/compile/select.ts';
import type { Facts } from '../../src/planner/model/facts.ts';
import type { Spec } from '../../src/planner/model/spec.ts';
import type { Step } from '../../src/planner/model/step.ts';
import { UNCHECKED } from '../../src/planner/spec/executors.ts';
import { readSpec } from '../../src/planner/spec/index.ts';

export const PLANNING = BUILT_IN.map((executor) => executor.planning);

/** The spec that a text means, whatever executors it names. One with errors is a mistake in the test. */
export function specFrom(toml: string, path = 'nbkp.toml'): Spec {
  const spec = readSpec(toml, path, UNCHECKED);
  if (spec.ok) return spec.value;
  throw new Error(spec.findings.map(({ code, message }) => `${code}: ${message}`).join('\n'));
}

export function requestFor(some: Partial<PlanRequest> = {}): PlanRequest {
  return { only: [], exclude: [], prune: true, allowDestructive: false, volumes: [], restore: null, ...some };
}

export function inputFor(spec: Spec, facts: Facts, request: Partial<PlanRequest> = {}): PlanInput {
  return { spec, facts, request: requestFor(request), executors: PLANNING, version: '1.0.0' };
}

/** Spec and facts to plan, as the command `plan` does it. */
export function planOf(
  spec: Spec | string,
  facts: Facts,
  request: Partial<PlanRequest> = {},
  purpose: Purpose = 'backup',
): Plan {
  const input = inputFor(typeof spec === 'string' ? specFrom(spec) : spec, facts, request);
  const selected = selectSyncs(input.spec, input.request);
  if (!selected.ok) throw new Error(selected.findings.map(({ message }) => message).join('\n'));
  return buildPlan(input, selected.value, purpose);
}

export function syncIn(plan: Plan, name: string): PlannedSync {
  const sync = plan.syncs.find((each) => each.name === name);
  if (sync === undefined) throw new Error(`the plan has no sync ${name}`);
  return sync;
}

export function stepIn(plan: Plan, id: string): Step {
  const step = plan.steps.find((each) => each.id === id);
  if (step === undefined)
    throw new Error(`the plan has no step ${id}: ${plan.steps.map((each) => each.id).join(', ')}`);
  return step;
}
