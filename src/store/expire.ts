import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TEMPORARY } from './files.ts';
import { JOURNAL_FILE, KILLED_FILE, PLAN_FILE, PROGRESS_FILE, RECORD_FILE } from './run-files.ts';
import { runTime } from './run-id.ts';
import { systemError } from '../planner/model/system-error.ts';

const KEPT = 500;
const KEPT_WITHOUT_RECORD = 2000;

/**
 * Forgets runs beyond the last 500. One without a record has died or is running: it stays until there are 2,000 later
 * ones, so that what it left can be cleaned up. Runs are counted and no clock is read, since a wrong one would make all
 * of them old. Removes only files that a run makes. Throws what the system reports.
 */
export function expireRuns(runs: string): void {
  const ids = readdirSync(runs).filter((name) => runTime(name) !== null);
  const newestFirst = ids.sort().reverse();
  newestFirst.slice(KEPT).forEach((id, index) => {
    const done = existsSync(join(runs, id, RECORD_FILE));
    if (done || KEPT + index >= KEPT_WITHOUT_RECORD) forgetRun(join(runs, id));
  });
}

/** Removes the files that a run made, and its directory if nothing else is in it. Throws what the system reports. */
export function forgetRun(run: string): void {
  try {
    for (const name of readdirSync(run)) {
      if (name.startsWith(TEMPORARY) || OURS.has(name)) rmSync(join(run, name), { force: true });
    }
    rmdirSync(run);
  } catch (error) {
    // Another run may be forgetting the same one, and somebody may keep a file of their own there.
    if (!['ENOENT', 'ENOTEMPTY'].includes(systemError(error).code)) throw error;
  }
}

const OURS = new Set([JOURNAL_FILE, KILLED_FILE, PLAN_FILE, PROGRESS_FILE, RECORD_FILE]);
