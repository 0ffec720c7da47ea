import { deadRun } from '../planner/documents/history.ts';
import { recoverDocument } from '../planner/documents/recover.ts';
import { volumeQuestion } from '../planner/facts/questions.ts';
import type { RecoverDocument } from '../planner/model/documents.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { PlanRequest } from '../planner/model/plan.ts';
import { success, type Result } from '../planner/model/result.ts';
import type { Spec } from '../planner/model/spec.ts';
import { buildRecover } from '../planner/purposes/recover.ts';
import { owedOnFailure, settleDeadRun } from '../store/dead-runs.ts';
import { specKey } from '../store/history.ts';
import { deadRuns } from '../store/stored-runs.ts';
import { namedSyncs } from './named.ts';
import type { Planned } from './plan-backup.ts';
import { observeWorld, planInput, type Workspace } from './workspace.ts';

/** What dead runs left, and the plan that cleans it up. */
export interface Recovery {
  document: RecoverDocument;
  planned: Planned;
  /** A run is at work: what is its own was left alone, as a lock would have it. */
  atWork: boolean;
  /** Once the plan went well: notes that of those runs nothing is left, but for what is still owed to later. */
  settle: () => Finding[];
}

export async function recovering(workspace: Workspace, request: PlanRequest): Promise<Result<Recovery>> {
  const { spec, state } = workspace;
  const syncs = namedSyncs(spec, request);
  const names = syncs.map((sync) => sync.name);
  const found = deadRuns(state);
  if (!found.ok) return found;
  const dead = found.value;
  const { facts, findings } = await observeWorld(workspace, names, Object.values(spec.volumes).map(volumeQuestion));
  const owed = owedOnFailure(state, specKey(spec.path), facts.history, dead);
  const plan = buildRecover(planInput(workspace, facts, request), syncs, owed);
  const runs = dead.map((run) => deadRun(run.record, run.unfinished));
  const settle = (): Finding[] => {
    const done = new Set(plan.steps.map(({ id, sync }) => (id.startsWith('on-failure:') ? sync : undefined)));
    const stillOwed = new Set(Object.entries(owed).flatMap(([sync, run]) => (isOwed(spec, sync, done) ? [run] : [])));
    return dead.filter(({ id }) => !stillOwed.has(id)).flatMap((run) => settleDeadRun(state, run));
  };
  return success(
    {
      document: recoverDocument({ spec, facts, syncs }, plan, runs),
      planned: { plan, facts, remarks: findings },
      atWork: names.some((name) => facts.running?.[name] !== undefined),
      settle,
    },
    found.findings,
  );
}

/** Another selection, or a server that was not reached, has left them for later. */
function isOwed(spec: Spec, sync: string, done: ReadonlySet<string | undefined>): boolean {
  return (spec.syncs[sync]?.onFailure.length ?? 0) > 0 && !done.has(sync);
}
