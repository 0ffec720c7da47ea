import type { Facts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import { syncNotInPlan } from '../model/findings/plan-files.ts';
import type { Plan, PlannedSync } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import { summarise } from '../model/summary.ts';
import { sameJson } from '../model/json-changes.ts';
import { comparePlans, differenceOf } from './compare.ts';
import { checkPreconditions, staleFindings } from './staleness.ts';

/**
 * What has become of a saved step: `fresh` is just what would be planned now; `equivalent` would be planned with other
 * texts, estimates or device numbers and does the same; `stale` relied on something that has changed; `unverifiable` is
 * about a drive or machine that is not here, so that nobody can tell.
 */
export type Verdict = 'fresh' | 'equivalent' | 'stale' | 'unverifiable';

export interface StepVerdict {
  step: string;
  verdict: Verdict;
}

export interface Judgement {
  /** Of every step of the saved plan, in its order. */
  verdicts: StepVerdict[];
  /** `plan-stale` errors: the plan must be refused. */
  findings: Finding[];
  /** The saved plan without what is not here now, whose syncs are skipped as any absent drive is. It keeps its id. */
  runnable: Plan;
  /**
   * What is to be shown, run and recorded: the plan made anew, of it what the saved one runs. Nothing in it is from the file but
   * the id.
   */
  planned: Plan;
}

/** Why the planner skips a sync whose drive or machine is not here. Everything else that it finds is a change. */
const ABSENT = new Set([
  'volume-not-mounted',
  'drive-absent',
  'volume-absent',
  'host-not-observed',
  'host-unreachable',
]);

/**
 * Can a saved plan be run?
 *
 * @param fresh what is planned now, from the same request, as of the time of the saved plan
 * @param facts what `fresh` was planned from
 */
export function judgePlan(saved: Plan, fresh: Plan, facts: Facts): Judgement {
  const runnable = withoutAbsent(saved, fresh);
  const stale = staleFindings(runnable, facts);
  const findings = stale.length > 0 ? stale : comparePlans(runnable, fresh);
  const kept = new Set(runnable.steps.map(({ id }) => id));
  const now = new Map(fresh.steps.map((step) => [step.id, step]));
  const verdicts = saved.steps.map((step): StepVerdict => {
    const verdict = kept.has(step.id) ? verdictOf(step, now.get(step.id), facts) : 'unverifiable';
    return { step: step.id, verdict };
  });
  return { verdicts, findings, runnable, planned: wantedOf(runnable, fresh) };
}

/** A sync that can be planned only now is not run: nobody has seen what it would do. */
function wantedOf(saved: Plan, fresh: Plan): Plan {
  const wanted = new Set(saved.syncs.filter(({ state }) => state === 'planned').map(({ name }) => name));
  const isLeft = ({ name, state }: PlannedSync): boolean => state === 'planned' && !wanted.has(name);
  const left = new Set(fresh.syncs.filter(isLeft).map(({ name }) => name));
  const { id } = saved;
  const kept = new Set(saved.steps.map((step) => step.id));
  if (left.size === 0 && fresh.steps.every((step) => kept.has(step.id))) return { ...fresh, id };
  const steps = fresh.steps.filter((step) => kept.has(step.id));
  const syncs = fresh.syncs.map((sync) => (isLeft(sync) ? leftOut(sync) : sync));
  const findings = fresh.findings.filter(({ sync }) => sync === undefined || !left.has(sync));
  // It counts all steps.
  const { forecast: _, ...rest } = fresh;
  return { ...rest, id, syncs, steps, findings, summary: summarise(steps, syncs) };
}

function leftOut(sync: PlannedSync): PlannedSync {
  const { code, message } = syncNotInPlan(sync.name);
  return { ...sync, state: 'skipped', code, reason: message, steps: [], retention: [] };
}

function verdictOf(saved: Step, fresh: Step | undefined, facts: Facts): Verdict {
  if (checkPreconditions(saved.preconditions, facts).length > 0) return 'stale';
  if (fresh === undefined || differenceOf(saved, fresh) !== '') return 'stale';
  return sameJson(saved, fresh) ? 'fresh' : 'equivalent';
}

function withoutAbsent(saved: Plan, fresh: Plan): Plan {
  const now = new Map(fresh.syncs.map((sync) => [sync.name, sync]));
  const syncs = saved.syncs.map((sync) => skippedIfAbsent(sync, now.get(sync.name)));
  const left = new Set(syncs.filter((sync, index) => sync !== saved.syncs[index]).map(({ name }) => name));
  if (left.size === 0) return saved;
  const gone = new Set(saved.steps.filter(({ sync }) => sync !== undefined && left.has(sync)).map(({ id }) => id));
  const planned = new Set(fresh.steps.map(({ id }) => id));
  const steps = saved.steps.filter((step) => !gone.has(step.id) && (step.sync !== undefined || planned.has(step.id)));
  const findings = saved.findings.filter(({ sync }) => sync === undefined || !left.has(sync));
  return { ...saved, syncs, steps, findings, summary: summarise(steps, syncs) };
}

function skippedIfAbsent(sync: PlannedSync, now: PlannedSync | undefined): PlannedSync {
  if (sync.state !== 'planned' || now?.state !== 'skipped' || !ABSENT.has(now.code ?? '')) return sync;
  const { reason = 'it is not here', code } = now;
  const why = { reason, ...(code === undefined ? {} : { code }) };
  return { ...sync, state: 'skipped', ...why, absence: 'absent', overdue: now.overdue, steps: [], retention: [] };
}
