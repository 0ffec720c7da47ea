import { runSummary } from '../planner/documents/history.ts';
import type { HistoryDocument } from '../planner/model/documents.ts';
import { EXIT } from '../planner/model/exit-code.ts';
import { success, type Result } from '../planner/model/result.ts';
import { specKey } from '../store/history.ts';
import { listRuns, type StoredRun } from '../store/stored-runs.ts';

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
  const runs = listRuns(state, filter.limit, wanted(filter));
  if (!runs.ok) return runs;
  const document: HistoryDocument = {
    formatVersion: '1.0',
    observedAt: new Date(now).toISOString(),
    runs: runs.value.map((run) => runSummary(run.state, run.record)),
  };
  return success(document, runs.findings);
}

function wanted({ since, failed, only, spec }: Filter): (run: StoredRun) => boolean {
  const key = spec === null ? null : specKey(spec);
  return ({ state, record }) =>
    Date.parse(record.startedAt) >= since &&
    (!failed || (state !== 'running' && record.exitCode !== EXIT.done)) &&
    (only === undefined || record.syncs.some(({ name }) => only.includes(name))) &&
    (key === null || specKey(record.spec.path) === key);
}
