/*
 * # What nbkp keeps of its runs and schedules
 */
import { error, warning } from './entry.ts';

/** A crash, a full disk or a person has damaged what is kept of a run. Fix: remove the folder of that run, or leave it. */
export const damagedRun = warning('run-damaged', (path: string) => ({
  message: `${path} is damaged, and what it says of its run is not used.`,
  help: 'The backups are not touched by that. Look at nbkp recover, then remove the folder of the run.',
}));

/** A folder of units or of rules of udev cannot be read. Fix: look at the folder; with `--system`, run it by sudo. */
export const unitsUnreadable = error('units-unreadable', (folder: string, cause: string) => ({
  message: `${folder} cannot be read: ${cause}.`,
  help: 'Units of the system belong to root: with --system, run it by sudo.',
}));
