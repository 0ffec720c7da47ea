import { integrityOf } from '../executors/run/integrity.ts';
import { appliedBefore, consumePlan } from '../store/applied-plans.ts';
import { readPlanFile, writePlanFile } from '../store/document-files.ts';
import { buildPlan } from '../planner/purposes/backup.ts';
import { selectSyncs } from '../planner/compile/select.ts';
import type { User } from '../hosts/trust.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { Plan } from '../planner/model/plan.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { decodePlan } from '../planner/plan-file/decode.ts';
import { encodePlan } from '../planner/plan-file/encode.ts';
import { hostileFindings } from '../planner/plan-file/hostile.ts';
import { checkOrigin } from '../planner/plan-file/origin.ts';
import { judgePlan, type StepVerdict } from '../planner/plan-file/verdict.ts';
import type { Planned } from './plan-backup.ts';
import type { InstalledExecutors } from './installed-executors.ts';
import { observeWorld, planInput, type Workspace } from './workspace.ts';

/**
 * The plan in a file. Errors mean that the file is none (exit code 65).
 *
 * @param user for whom it is to be run: a file that others can change is an error then
 */
export function loadPlan(path: string, user: User | null = null): Result<Plan> {
  const text = readPlanFile(path, user);
  return text.ok ? decodePlan(text.value, path) : text;
}

/** Writes a plan to a file, from which `apply` takes it. */
export function savePlan(path: string, plan: Plan): Result<null> {
  return writePlanFile(path, encodePlan(plan));
}

/** A saved plan that was judged: what of it may run, or why nothing may (exit code 3). */
export interface Verified {
  verdicts: StepVerdict[];
  planned: Result<Planned>;
}

/**
 * Is a saved plan still what would be planned? It is planned again from what is there now, as of the time when the plan
 * was made: a step in the file that the planner would not make now is never run.
 */
export async function verifyPlan(workspace: Workspace, saved: Plan): Promise<Verified> {
  const { spec, state, executors, version } = workspace;
  const names = saved.syncs.map((sync) => sync.name).filter((name) => spec.syncs[name] !== undefined);
  const { facts, findings } = await observeWorld(workspace, names);
  const origin = checkOrigin(saved, {
    ...{ machine: facts.machine, version, specDigest: spec.digest },
    executors: Object.fromEntries(executors.planning.executors.map((each) => [each.name, each.version])),
    now: Date.parse(facts.observedAt),
  });
  if (origin.length > 0) return refused(...origin);
  const unused = appliedBefore(state, saved);
  if (!unused.ok) return refused(...unused.findings);
  const selected = selectSyncs(spec, saved.request);
  if (!selected.ok) return refused(...selected.findings);
  const asOfThen = { ...facts, observedAt: saved.createdAt };
  // Permission to destroy is given by whoever applies, never by a file.
  const request = { ...saved.request, allowDestructive: false };
  const fresh = buildPlan(planInput(workspace, asOfThen, request), selected.value);
  const { verdicts, findings: stale, runnable, planned } = judgePlan(saved, fresh, facts);
  const wrong = [...hostileFindings(runnable, fresh, facts), ...integrityFindings(runnable, executors), ...stale];
  if (wrong.length > 0) return { verdicts, planned: failure(...wrong) };
  return {
    verdicts,
    planned: success({ plan: planned, facts: asOfThen, remarks: findings, once: true }),
  };
}

function refused(...findings: Finding[]): Verified {
  return { verdicts: [], planned: failure(...findings) };
}

/** Commands that their executors would not make of the steps' params. */
export function integrityFindings({ steps }: Plan, executors: InstalledExecutors): Finding[] {
  return steps.flatMap((step) => integrityOf(step, executors.get(step.executor.name)) ?? []);
}

/** Notes that a saved plan runs: it runs once. */
export function spend({ state, now }: Pick<Workspace, 'state' | 'now'>, plan: Plan): Result<null> {
  return consumePlan(state, plan, now());
}
