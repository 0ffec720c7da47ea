import type { DeadRun, RunSummary } from '../model/documents.ts';
import { failureSentence } from './last-failure.ts';
import type { RunRecord, SyncRecord } from '../model/run.ts';

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
    notDone: notDone(record),
    files: sum((sync) => sync.files),
    bytes: sum((sync) => sync.bytes),
    snapshots: sum((sync) => (sync.snapshot === undefined ? 0 : 1)),
    pruned: sum((sync) => sync.pruned.length),
  };
}

/** So many syncs of a run are named in a list of runs. */
const NAMED = 20;

function notDone(record: RunRecord): NonNullable<RunSummary['notDone']> {
  const all = record.syncs
    .filter(({ outcome }) => outcome !== 'succeeded' && outcome !== 'disabled')
    .map(({ name, outcome, reason }) => {
      return { sync: name, outcome, reason: failureSentence(record, name) ?? reason ?? 'no reason is known' };
    });
  const named = all.slice(0, NAMED);
  const unnamed = new Map<string, number>();
  for (const each of all.slice(NAMED)) unnamed.set(causeOf(each), (unnamed.get(causeOf(each)) ?? 0) + 1);
  const lasts = new Map(named.map((each) => [causeOf(each), each]));
  return named.map((each) => {
    const more = lasts.get(causeOf(each)) === each ? unnamed.get(causeOf(each)) : undefined;
    return more === undefined ? each : { ...each, more };
  });
}

const causeOf = ({ outcome, reason }: { outcome: string; reason: string }): string => `${outcome} ${reason}`;

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
