/*
 * # What nbkp keeps of its runs
 */
import { warning } from './entry.ts';

/** A crash, a full disk or a person has damaged what is kept of a run. Fix: remove the folder of that run, or leave it. */
export const damagedRun = warning('run-damaged', (path: string) => ({
  message: `${path} is damaged, and what it says of its run is not used.`,
  help: 'The backups are not touched by that. Look at nbkp recover, then remove the folder of the run.',
}));
