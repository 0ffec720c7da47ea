import type { SyncHistory } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import { afterRun, readLastRuns, specKey } from './history.ts';
import { keepRecord } from './runs.ts';
import { stateUnwritable } from './state-directory.ts';
import { deadRuns, readRunFiles, type RunFiles, type StoredRun } from './stored-runs.ts';
import { systemError } from '../planner/model/system-error.ts';

/**
 * What earlier runs of a spec did to each sync, those that died included: a sync that one of them had begun was
 * interrupted. What cannot be read is left out, with a warning.
 */
export function readHistory(
  state: string,
  specPath: string,
): { history: Record<string, SyncHistory>; findings: Finding[] } {
  const key = specKey(specPath);
  const { history, findings } = readLastRuns(state, key);
  const dead = deadRuns(state);
  if (!dead.ok) return { history, findings: [...findings, ...dead.findings.map(asWarning)] };
  for (const run of dead.value.toReversed()) {
    const files = readRunFiles(state, run.id);
    if (files?.journal.header.specKey === key) Object.assign(history, afterDeadRun(history, files, run));
  }
  return { history, findings };
}

/** Keeps the record of a run that died, once nothing of it is left to clean up: from then on it is in the past. */
export function settleDeadRun(state: string, run: StoredRun): Finding[] {
  const files = readRunFiles(state, run.id);
  if (files === null) return [];
  const key = files.journal.header.specKey;
  try {
    keepRecord(state, key, afterDeadRun(readLastRuns(state, key).history, files, run), run.record);
    return [];
  } catch (error) {
    return [stateUnwritable(state, systemError(error).text, 'warning')];
  }
}

/** What a later run did to a sync stands. */
function afterDeadRun(history: Readonly<Record<string, SyncHistory>>, files: RunFiles, run: StoredRun): typeof history {
  const tried = files.plan === null ? {} : afterRun(history, files.journal.header, files.plan, run.record);
  return Object.fromEntries(Object.entries(tried).filter(([sync]) => (history[sync]?.lastRun?.run ?? '') < run.id));
}

function asWarning(finding: Finding): Finding {
  return { ...finding, severity: 'warning' };
}
