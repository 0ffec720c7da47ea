import { join } from 'node:path';

export const JOURNAL_FILE = 'journal.ndjson';
export const PLAN_FILE = 'plan.json';
export const RECORD_FILE = 'record.json';
export const PROGRESS_FILE = 'progress.json';
/** Empty. Nothing is at work on the run any more, although the process that had it may go on. */
export const KILLED_FILE = 'killed';

export function runsDirectory(state: string): string {
  return join(state, 'runs');
}
