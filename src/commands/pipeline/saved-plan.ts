import { readPlanFile } from '../../executors/store/plan-file.ts';
import { buildPlan } from '../../planner/build/index.ts';
import { selectSyncs } from '../../planner/build/select.ts';
import type { Plan } from '../../planner/model/plan.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { comparePlans } from '../../planner/plan-file/compare.ts';
import { decodePlan } from '../../planner/plan-file/decode.ts';
import { checkOrigin } from '../../planner/plan-file/origin.ts';
import { staleFindings } from '../../planner/plan-file/staleness.ts';
import { PLANNING, type Planned } from './backup-plan.ts';
import { observeWorld, type Workspace } from './workspace.ts';

/** The plan in a file. Errors mean that the file is none (exit code 65). */
export function loadPlan(path: string): Result<Plan> {
  const text = readPlanFile(path);
  return text.ok ? decodePlan(text.value, path) : text;
}

/**
 * Is a saved plan still what would be planned? The world is observed, every precondition is checked, and the planner
 * plans again as of the time when the plan was made: a step in the file that it would not make now is never run.
 *
 * @returns failures mean that it must be refused (exit code 3)
 */
export async function verifyPlan(workspace: Workspace, saved: Plan, version: string): Promise<Result<Planned>> {
  const { spec } = workspace;
  const names = saved.syncs.map((sync) => sync.name).filter((name) => spec.syncs[name] !== undefined);
  const { facts, findings } = await observeWorld(workspace, names);
  const origin = checkOrigin(saved, { machine: facts.machine, version, specDigest: spec.digest });
  if (origin.length > 0) return failure(...origin);
  const stale = staleFindings(saved, facts);
  if (stale.length > 0) return failure(...stale);
  const selected = selectSyncs(spec, saved.request);
  if (!selected.ok) return selected;
  const asOfThen = { ...facts, observedAt: saved.createdAt };
  const input = { spec, facts: asOfThen, request: saved.request, executors: PLANNING, version };
  const differences = comparePlans(saved, buildPlan(input, selected.value));
  if (differences.length > 0) return failure(...differences);
  return success({ plan: saved, facts: asOfThen, remarks: findings });
}
