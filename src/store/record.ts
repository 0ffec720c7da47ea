import type { SyncOutcome } from '../planner/model/facts.ts';
import type { PlannedSync } from '../planner/model/plan.ts';
import type { RunRecord, StepRecord, SyncRecord } from '../planner/model/run.ts';
import { isExpected, type Step } from '../planner/model/step.ts';
import type { RunHeader } from '../planner/model/stored.ts';

/** A step and what became of it. */
export interface SettledStep {
  step: Step;
  record: StepRecord;
}

export interface SyncVerdict {
  outcome: SyncOutcome;
  reason?: string;
}

/**
 * What became of a sync, from what became of its steps. `unfinished` is the verdict when none of them went wrong but
 * not all of them ran: only the run knows why.
 */
export function syncVerdict(planned: PlannedSync, steps: readonly SettledStep[], unfinished: SyncVerdict): SyncVerdict {
  if (planned.state !== 'planned') {
    return { outcome: planned.state, ...(planned.reason === undefined ? {} : { reason: planned.reason }) };
  }
  for (const outcome of ['failed', 'refused', 'interrupted'] as const) {
    const culprit = steps.find(({ record }) => record.outcome === outcome);
    if (culprit !== undefined) return { outcome, reason: reasonOf(culprit.record) };
  }
  const partial = steps.find(({ record }) => isIncomplete(record));
  if (partial !== undefined) return { outcome: 'incomplete', reason: reasonOf(partial.record) };
  return steps.some(isMissing) ? unfinished : { outcome: 'succeeded' };
}

/** It did what it could, and says as an error what it could not. */
export function isIncomplete({ outcome, findings }: Pick<StepRecord, 'outcome' | 'findings'>): boolean {
  return (
    outcome === 'done' && findings.some(({ code, severity }) => code === 'entries-left-out' && severity === 'error')
  );
}

/** Commands for the case of a failure, and releases of what was not acquired, are not missed. */
function isMissing({ step, record }: SettledStep): boolean {
  return record.outcome === 'not-run' && isExpected(step);
}

function reasonOf(record: StepRecord): string {
  const error = record.findings.find((finding) => finding.severity === 'error');
  return error?.message ?? record.reason ?? `in its step ${record.id}`;
}

export function syncRecord(planned: PlannedSync, steps: readonly SettledStep[], verdict: SyncVerdict): SyncRecord {
  const changes = steps.flatMap(({ record }) => record.changes ?? []);
  const done = steps.flatMap(({ record }) => (record.outcome === 'done' ? (record.changes?.snapshot ?? []) : []));
  const snapshot = done.at(-1);
  const sum = (key: 'files' | 'bytes' | 'deleted'): number =>
    changes.reduce((total, change) => total + (change[key] ?? 0), 0);
  const moved = changes.find((change) => change.moved !== undefined)?.moved;
  const writtenAnew = changes.find((change) => change.writtenAnew !== undefined)?.writtenAnew;
  const estimate = steps.find(({ step }) => step.kind === 'transfer')?.step.estimate;
  const predicted =
    estimate === undefined
      ? {}
      : { predicted: { files: estimate.files, bytes: estimate.bytes, basis: estimate.basis } };
  return {
    name: planned.name,
    ...verdict,
    ...(snapshot === undefined ? {} : { snapshot }),
    pruned: changes.flatMap((change) => change.pruned ?? []),
    files: sum('files'),
    bytes: sum('bytes'),
    ...predicted,
    deleted: sum('deleted'),
    ...(moved === undefined ? {} : { moved }),
    ...(writtenAnew === undefined ? {} : { writtenAnew }),
    entries: changes.findLast((change) => change.entries !== undefined)?.entries ?? null,
  };
}

/** A step that was never begun. */
export function notRun(id: string, reason: string): StepRecord {
  return { id, outcome: 'not-run', reason, startedAt: null, durationMs: null, findings: [], log: [] };
}

/** The steps of each sync, in the order of the plan. */
export function stepsBySync(settled: readonly SettledStep[]): Map<string, SettledStep[]> {
  const bySync = new Map<string, SettledStep[]>();
  for (const each of settled) {
    if (each.step.sync === undefined) continue;
    const known = bySync.get(each.step.sync);
    if (known === undefined) bySync.set(each.step.sync, [each]);
    else known.push(each);
  }
  return bySync;
}

/** The part of a record that is known when the run begins. */
export function openRecord(
  header: RunHeader,
): Omit<RunRecord, 'finishedAt' | 'durationMs' | 'exitCode' | 'syncs' | 'steps' | 'findings'> {
  return {
    formatVersion: '1.0',
    run: header.run,
    plan: header.plan,
    purpose: header.purpose,
    spec: header.spec,
    machine: header.machine,
    pid: header.process.pid,
    command: header.command,
    startedAt: header.startedAt,
  };
}
