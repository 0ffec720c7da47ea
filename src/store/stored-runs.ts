import { existsSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../planner/model/plan.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import validatePlan from '../planner/plan-file/generated/validate-plan.js';
import { damagedRun, runAmbiguous, runUnknown, stateUnreadable } from '../planner/model/findings/records.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { RunRecord } from '../planner/model/run.ts';
import { readIfPresent } from './files.ts';
import { parseJson } from '../planner/model/json.ts';
import { readJournal, type JournalContent } from './journal-entry.ts';
import { isAlive } from './process-identity.ts';
import { recordOfDeadRun, recordOfRunningRun, unfinishedSteps } from './rebuild.ts';
import { JOURNAL_FILE, KILLED_FILE, PLAN_FILE, RECORD_FILE, runsDirectory } from './run-files.ts';
import { runTime } from './run-id.ts';
import { readStored } from './stored.ts';
import { systemError } from '../planner/model/system-error.ts';

/** A run of the past, or of this moment. */
export interface StoredRun {
  id: string;
  /** `died` ended without a record: it was killed, or the power went. */
  state: 'finished' | 'running' | 'died';
  record: RunRecord;
  /** Ids of the steps that had begun and not ended. */
  unfinished: string[];
}

export interface RunFiles {
  journal: JournalContent;
  /** Null when it cannot be read. */
  plan: Plan | null;
}

/** The newest first, at most `limit` of those that `isWanted`. */
export function listRuns(
  state: string,
  limit = Infinity,
  isWanted: (run: StoredRun) => boolean = () => true,
): Result<StoredRun[]> {
  return reading(state, () => {
    const runs: StoredRun[] = [];
    const damaged: Finding[] = [];
    for (const id of runIds(state)) {
      if (runs.length >= limit) break;
      const loaded = loadRun(state, id);
      if (loaded === null) continue;
      if (!isRun(loaded)) damaged.push(loaded);
      else if (isWanted(loaded)) runs.push(loaded);
    }
    return success(runs, damaged);
  });
}

/** One run, by its id or by the beginning of it that no other run shares. */
export function readRun(state: string, prefix: string): Result<StoredRun> {
  return reading(state, () => {
    const matches = runIds(state).filter((id) => id.startsWith(prefix));
    const [id] = matches;
    const run = id === undefined || matches.length > 1 ? null : loadRun(state, id);
    if (run === null) return notOneRun(state, prefix, matches);
    return isRun(run) ? success(run) : failure({ ...run, severity: 'error' });
  });
}

/** Runs without a record, the newest first: those that died, whose leavings are for `recover`, and those at work. */
export function openRuns(state: string): Result<StoredRun[]> {
  return reading(state, () => {
    const open = runIds(state).filter((id) => !existsSync(join(runsDirectory(state), id, RECORD_FILE)));
    const loaded = open.flatMap((id) => loadRun(state, id) ?? []);
    const damaged = loaded.flatMap((each) => (isRun(each) ? [] : [each]));
    return success(loaded.filter(isRun), damaged);
  });
}

export function deadRuns(state: string): Result<StoredRun[]> {
  const open = openRuns(state);
  if (!open.ok) return open;
  return success(
    open.value.filter((run) => run.state === 'died'),
    open.findings,
  );
}

/** The plan and the journal of a run; null when the run never got as far as to have them. */
export function readRunFiles(state: string, id: string): RunFiles | null {
  const directory = join(runsDirectory(state), id);
  const journal = readJournal(readIfPresent(join(directory, JOURNAL_FILE)) ?? '');
  if (journal === null) return null;
  const plan = parseJson(readIfPresent(join(directory, PLAN_FILE)) ?? '');
  return { journal, plan: validatePlan(plan) ? plan : null };
}

/**
 * Null when the directory holds nothing yet, as that of a run that is just being opened. What is damaged is a warning, and
 * stays where it is: nothing that it says is used.
 */
function loadRun(state: string, id: string): StoredRun | Finding | null {
  const directory = join(runsDirectory(state), id);
  const recorded = readIfPresent(join(directory, RECORD_FILE));
  const record = readStored('record', recorded);
  if (record !== null) return { id, state: 'finished', record, unfinished: [] };
  const files = readRunFiles(state, id);
  // The journal of a run says what its record says, step by step.
  if (files === null && recorded !== null) return damagedRun(join(directory, RECORD_FILE));
  if (files === null) {
    const begun = readIfPresent(join(directory, JOURNAL_FILE))?.includes('\n') === true;
    return begun ? damagedRun(join(directory, JOURNAL_FILE)) : null;
  }
  const { journal, plan } = files;
  const unfinished = unfinishedSteps(journal);
  const isLeft = existsSync(join(directory, KILLED_FILE));
  return !isLeft && isAlive(journal.header.process, journal.header.machine.hostname === hostname())
    ? { id, state: 'running', record: recordOfRunningRun(journal), unfinished }
    : { id, state: 'died', record: recordOfDeadRun(journal, plan), unfinished };
}

function isRun(loaded: StoredRun | Finding): loaded is StoredRun {
  return 'record' in loaded;
}

/** The newest first. */
export function runIds(state: string): string[] {
  const names = existsSync(runsDirectory(state)) ? readdirSync(runsDirectory(state)) : [];
  return names
    .filter((name) => runTime(name) !== null)
    .sort()
    .reverse();
}

function reading<T>(state: string, read: () => Result<T>): Result<T> {
  try {
    return read();
  } catch (error) {
    return failure(stateUnreadable(state, systemError(error).text));
  }
}

function notOneRun(state: string, prefix: string, matches: readonly string[]): Result<StoredRun> {
  return failure(matches.length > 1 ? runAmbiguous(prefix, matches) : runUnknown(state, prefix));
}
