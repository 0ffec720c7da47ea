import type { RunAtWork, SyncHistory } from '../planner/model/facts.ts';
import { asWarning, type Finding } from '../planner/model/finding.ts';
import type { RunRecord } from '../planner/model/run.ts';
import { isExpected } from '../planner/model/step.ts';
import { afterRun, isOfSpec, leadsElsewhere, readLastRuns, specKey } from './history.ts';
import { keepRecord } from './runs.ts';
import { listRuns, openRuns, readRunFiles, type RunFiles, type StoredRun } from './stored-runs.ts';
import { unwritable } from './state-directory.ts';

/**
 * What earlier runs of a spec did to each sync, those that died included: a sync that one of them had begun was
 * interrupted. And which of them a run is at work on now. What cannot be read is left out, with a warning.
 *
 * @param ends where its syncs lead (`endsOf`): what other specs have recorded of the same ends counts as well
 */
export function readHistory(
  state: string,
  specPath: string,
  ends: Readonly<Record<string, string>> = {},
): { history: Record<string, SyncHistory>; running: Record<string, RunAtWork>; findings: Finding[] } {
  const key = specKey(specPath);
  const { history, findings } = readLastRuns(state, key, ends);
  const running: Record<string, RunAtWork> = {};
  const open = openRuns(state);
  if (!open.ok) return { history, running, findings: [...findings, ...open.findings.map(asWarning)] };
  for (const run of open.value.toReversed()) {
    const files = readRunFiles(state, run.id);
    if (files?.journal.header.specKey !== key) continue;
    if (run.state === 'died') {
      const tried = Object.entries(afterDeadRun(history, files, run));
      Object.assign(history, Object.fromEntries(tried.filter(([sync, entry]) => !leadsElsewhere(entry, ends[sync]))));
    } else for (const sync of syncsAtWork(files)) running[sync] = atWork(run.record);
  }
  return { history, running, findings: [...findings, ...open.findings] };
}

/** Syncs of which a run has begun something, and has more to do. */
function syncsAtWork({ journal, plan }: RunFiles): Set<string> {
  const steps = plan?.steps ?? [];
  const begun = new Set(steps.flatMap(({ id, sync }) => (journal.begun.has(id) ? [sync] : [])));
  const open = steps.filter((step) => isExpected(step) && !journal.ended.has(step.id));
  return new Set(open.flatMap(({ sync }) => (sync !== undefined && begun.has(sync) ? [sync] : [])));
}

function atWork({ run, startedAt, pid }: RunRecord): RunAtWork {
  return { run, startedAt, pid };
}

/**
 * Syncs of a spec whose last run died before it could run their `on-failure` commands, although it had begun something
 * that those may have to put right. By sync, the run. A later run of the sync, which runs `after` or `on-failure` itself,
 * settles that, and so does each `recover` that has run them, whatever else it could not do.
 */
export function owedOnFailure(
  state: string,
  key: string,
  history: Readonly<Record<string, SyncHistory>>,
  dead: readonly StoredRun[],
): Record<string, string> {
  const owed: Record<string, string> = {};
  for (const run of dead) {
    const files = readRunFiles(state, run.id);
    if (files?.plan == null || files.journal.header.specKey !== key) continue;
    const { begun, ended, header } = files.journal;
    // The sync may lead elsewhere since: what came after is then recorded of its old ends.
    const { history: then } = readLastRuns(state, key, header.ends);
    for (const { name } of files.plan.syncs) {
      const steps = files.plan.steps.filter(({ sync }) => sync === name);
      const alarms = steps.filter(({ runsOn }) => runsOn === 'failure');
      const settled = alarms.some(({ id }) => ended.get(id)?.outcome === 'done');
      const touched = steps.some(({ id }) => begun.has(id));
      const succeeded = run.record.syncs.find((sync) => sync.name === name)?.outcome === 'succeeded';
      const last = [history, then].map((known) => known[name]?.lastRun?.run ?? '');
      const isLast = [...last, owed[name] ?? ''].every((other) => other <= run.id);
      if (touched && !settled && !succeeded && isLast) owed[name] = run.id;
    }
  }
  return Object.keys(owed).length === 0 ? owed : withoutRecovered(state, key, owed);
}

function withoutRecovered(state: string, key: string, owed: Readonly<Record<string, string>>): Record<string, string> {
  const runs = listRuns(state, Infinity, ({ record }) => record.purpose === 'recover' && isOfSpec(record, key));
  const records = runs.ok ? runs.value.map(({ record }) => record) : [];
  const isPaid = (sync: string, run: string): boolean =>
    records.some(({ run: later, steps }) => {
      const own = steps.filter(({ id }) => id.startsWith(`on-failure:${sync}:`));
      return later > run && own.length > 0 && own.every(({ outcome }) => outcome === 'done');
    });
  return Object.fromEntries(Object.entries(owed).filter(([sync, run]) => !isPaid(sync, run)));
}

/** Keeps the record of a run that died, once nothing of it is left to clean up: from then on it is in the past. */
export function settleDeadRun(state: string, run: StoredRun): Finding[] {
  const files = readRunFiles(state, run.id);
  if (files === null) return [];
  const key = files.journal.header.specKey;
  try {
    keepRecord(
      state,
      key,
      afterDeadRun(readLastRuns(state, key, files.journal.header.ends).history, files, run),
      run.record,
    );
    return [];
  } catch (error) {
    return [asWarning(unwritable(state, error))];
  }
}

/** What a later run did to a sync stands. */
function afterDeadRun(history: Readonly<Record<string, SyncHistory>>, files: RunFiles, run: StoredRun): typeof history {
  const tried = files.plan === null ? {} : afterRun(history, files.journal.header, files.plan, run.record);
  return Object.fromEntries(Object.entries(tried).filter(([sync]) => (history[sync]?.lastRun?.run ?? '') < run.id));
}
