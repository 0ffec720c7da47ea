import { runSummary } from '../planner/documents/history.ts';
import type { HistoryDocument } from '../planner/model/documents.ts';
import type { RunRecord } from '../planner/model/run.ts';
import { EXIT } from '../planner/model/exit-code.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { isOfSpec, specKey } from '../store/history.ts';
import { newerState } from '../store/state-format.ts';
import { listRuns, readRun, type StoredRun } from '../store/stored-runs.ts';

interface Filter {
  /** At most so many, the newest. */
  limit: number;
  /** Milliseconds since 1970: none that began before. */
  since: number;
  failed: boolean;
  only?: readonly string[] | undefined;
  /** Path of a spec; null for the runs of all. */
  spec: string | null;
}

/** Past runs, the newest first. */
export function historyOf(state: string, filter: Filter, now: number): Result<HistoryDocument> {
  const newer = newerState(state);
  if (newer !== null) return failure(newer);
  const runs = listRuns(state, filter.limit, wanted(filter));
  if (!runs.ok) return runs;
  const document: HistoryDocument = {
    formatVersion: '1.0',
    observedAt: new Date(now).toISOString(),
    runs: runs.value.map((run) => runSummary(run.state, run.record)),
  };
  return success(document, runs.findings);
}

/** One run in full, by a unique beginning of its id. */
export function recordOf(state: string, prefix: string): Result<RunRecord> {
  const newer = newerState(state);
  if (newer !== null) return failure(newer);
  const run = readRun(state, prefix);
  return run.ok ? success(run.value.record) : run;
}

function wanted({ since, failed, only, spec }: Filter): (run: StoredRun) => boolean {
  const key = spec === null ? null : specKey(spec);
  return ({ state, record }) =>
    Date.parse(record.startedAt) >= since &&
    (!failed || (state !== 'running' && record.exitCode !== EXIT.done)) &&
    (only === undefined || record.syncs.some(({ name }) => only.includes(name))) &&
    (key === null || isOfSpec(record, key));
}
