import type { DeadRun, RunSummary } from '../../model/documents.ts';
import type { RunRecord, SyncRecord } from '../../model/run.ts';

/** A run of the store, in one line. */
export function runSummary(state: RunSummary['state'], record: RunRecord): RunSummary {
  const sum = (of: (sync: SyncRecord) => number): number => record.syncs.reduce((total, sync) => total + of(sync), 0);
  const outcomes: RunSummary['outcomes'] = {};
  for (const { outcome } of record.syncs) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    run: record.run,
    state,
    purpose: record.purpose,
    spec: record.spec.path,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    durationMs: record.durationMs,
    exitCode: record.exitCode,
    outcomes,
    files: sum((sync) => sync.files),
    bytes: sum((sync) => sync.bytes),
    snapshots: sum((sync) => (sync.snapshot === undefined ? 0 : 1)),
    pruned: sum((sync) => sync.pruned.length),
  };
}

/** A run that ended without a record. */
export function deadRun(record: RunRecord, unfinished: string[]): DeadRun {
  return {
    run: record.run,
    startedAt: record.startedAt,
    hostname: record.machine.hostname,
    pid: record.pid,
    command: record.command,
    unfinished,
  };
}
