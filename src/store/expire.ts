import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TEMPORARY } from './files.ts';
import { JOURNAL_FILE, PLAN_FILE, RECORD_FILE } from './run-files.ts';
import { runTime } from './run-id.ts';
import { systemError } from '../planner/model/system-error.ts';

const KEPT_RUNS = 500;
const KEPT_MS = 365 * 24 * 60 * 60 * 1000;

/**
 * Forgets runs beyond the last 500 or older than a year. One without a record has died or is running: it stays for the
 * whole year, so that what it left can be cleaned up. Removes only files that a run makes. Throws what the system reports.
 */
export function expireRuns(runs: string, now: number): void {
  const ids = readdirSync(runs).filter((name) => runTime(name) !== null);
  const newestFirst = ids.sort().reverse();
  newestFirst.forEach((id, index) => {
    const old = now - (runTime(id) ?? now) > KEPT_MS;
    const surplus = index >= KEPT_RUNS && existsSync(join(runs, id, RECORD_FILE));
    if (old || surplus) forgetRun(join(runs, id));
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

const OURS = new Set([JOURNAL_FILE, PLAN_FILE, RECORD_FILE]);
