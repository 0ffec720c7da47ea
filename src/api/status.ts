import { statusDocument } from '../planner/documents/status.ts';
import type { StatusDocument } from '../planner/model/documents.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { RunAtWorkStatus, RunRecord } from '../planner/model/run.ts';
import { success, type Result } from '../planner/model/result.ts';
import type { Spec } from '../planner/model/spec.ts';
import { isOfSpec, specKey } from '../store/history.ts';
import { readProgress } from '../store/run-progress.ts';
import { listRuns, type StoredRun } from '../store/stored-runs.ts';
import type { Planned } from './plan-backup.ts';
import type { Workspace } from './workspace.ts';

/** The pace of the last so many runs is that of the next. */
const RUNS = 100;

/**
 * How each volume and sync is, by a plan of all of them and by what earlier runs recorded.
 *
 * @param ending a run at its end, which counts as ended
 */
export function statusOf(
  { spec, state }: Workspace,
  { plan, facts, remarks }: Planned,
  ending?: RunRecord,
): { document: StatusDocument; remarks: Finding[] } {
  const runs = recentRuns(state, spec, ending);
  const said = new Set(remarks.map(({ message }) => message));
  const known = runs.ok ? runs.value : [];
  const atWork = known.filter((run) => run.state === 'running').map((run) => atWorkNow(state, run));
  const records = known.map(({ record }) => record);
  return {
    document: statusDocument(spec, facts, plan, records, atWork),
    remarks: [...remarks, ...runs.findings.filter(({ message }) => !said.has(message))],
  };
}

/**
 * The last runs of a spec, newest first: of a run of another one the names mean something else.
 *
 * @param ending a run at its end, which counts as ended
 */
export function recentRuns(state: string, spec: Pick<Spec, 'path'>, ending?: RunRecord): Result<StoredRun[]> {
  const key = specKey(spec.path);
  const runs = listRuns(state, RUNS, ({ record }) => isOfSpec(record, key));
  if (!runs.ok || ending === undefined) return runs;
  const ended: StoredRun = { id: ending.run, state: 'finished', record: ending, unfinished: [] };
  return success(
    runs.value.map((run) => (run.id === ending.run ? ended : run)),
    runs.findings,
  );
}

function atWorkNow(state: string, { id, record: { pid, command, startedAt } }: StoredRun): RunAtWorkStatus {
  const transfers = Object.entries(readProgress(state, id)).map(([sync, percent]) => ({ sync, percent }));
  return { run: id, pid, command, startedAt, transfers };
}
