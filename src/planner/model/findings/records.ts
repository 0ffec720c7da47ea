/*
 * # What nbkp keeps of its runs and schedules
 */
import { error, warning } from './entry.ts';

/** A crash, a full disk or a person has damaged what is kept of a run. Fix: remove the folder of that run, or leave it. */
export const damagedRun = warning('run-damaged', (path: string) => ({
  message: `${path} is damaged, and what it says of its run is not used.`,
  help: 'The backups are not touched by that. Look at nbkp recover, then remove the folder of the run.',
}));

/**
 * A newer nbkp has kept its records there, and this one would take what it does not know for damage. Fix: install that
 * version again, or name another directory in `NBKP_STATE_DIR`, where history begins anew.
 */
export const stateNewer = error('state-newer', (state: string, there: string, here: string) => ({
  message: `${state} was written by a newer nbkp (format ${there}); this one knows ${here}.`,
  help: 'Install that version again. The backups are not concerned. NBKP_STATE_DIR names another directory, where history begins anew.',
}));

/** A folder of units or of rules of udev cannot be read. Fix: look at the folder; with `--system`, run it by sudo. */
export const unitsUnreadable = error('units-unreadable', (folder: string, cause: string) => ({
  message: `${folder} cannot be read: ${cause}.`,
  help: 'Units of the system belong to root: with --system, run it by sudo.',
}));

/** A record of the tool is damaged and not used. Fix: nothing: the next success writes it anew. */
export const recordUnreadable = warning('history-unreadable', (path: string, cause: string) => ({
  message: `What earlier runs recorded in ${path} is not used: ${cause}.`,
  help: 'Nothing of the backups is lost: the next success of the sync writes it anew.',
}));

/** What was copied is complete, its checksums could not be kept. Fix: make room in the state directory. */
export const checksumsUnwritable = warning('checksums-unwritable', (state: string, cause: string) => ({
  message: `The checksums of what was copied cannot be kept in ${state}: ${cause}.`,
  help: 'The copy is complete. nbkp verify compares these files with the source instead.',
}));

/** Checksums of what was copied cannot be read. Fix: look at the file; without it the next copies are noted anew. */
export const checksumsUnreadable = warning('checksums-unreadable', (path: string, cause: string) => ({
  message: `The checksums in ${path} cannot be read: ${cause}.`,
  help: 'What it tells of is compared with the source instead. If the file stays unreadable, remove it: later copies are noted anew.',
}));

/** The state directory cannot be written to: no run begins. Fix: make it writable, make room, or `NBKP_STATE_DIR`. */
export const stateUnwritable = error('state-unwritable', (state: string, cause: string) => ({
  message: `The journal of a run cannot be written to ${state}: ${cause}.`,
  help: `Without it nobody could tell after a crash what was left undone. Make ${state} writable, free some space there, or name another directory in NBKP_STATE_DIR.`,
}));

/** The state directory cannot be read. Fix: the user who made it. */
export const stateUnreadable = error('state-unreadable', (state: string, cause: string) => ({
  message: `The runs in ${state} cannot be read: ${cause}.`,
  help: 'Were they made as another user, perhaps with sudo? Then use the same again.',
}));

/** The journal could not be written any more, and the run ended. Fix: make room; the next run goes on. */
export const journalUnwritable = error('journal-unwritable', (path: string, cause: string) => ({
  message: `${path} could not be written: ${cause}. Nothing is started without a note of it there.`,
  help: 'Free some space on that file system, then run again: what was copied so far is used.',
}));

/** The file of `--events` cannot be written. Fix: another place. */
export const eventsUnwritable = error('events-unwritable', (path: string, cause: string) => ({
  message: `The events cannot be written to ${path}: ${cause}.`,
  help: 'Choose another place for --events, or free some space there.',
}));

/** Several runs begin like this. Fix: more of the id. */
export const runAmbiguous = error('run-ambiguous', (prefix: string, ids: readonly string[]) => ({
  message: `${ids.length} runs begin with ${prefix}: ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ', …' : ''}.`,
  help: 'Give more of its id.',
}));

/** No run has this id. Fix: `nbkp history`. */
export const runUnknown = error('run-unknown', (state: string, prefix: string) => ({
  message: `No run in ${state} has the id ${prefix}.`,
  help: 'nbkp history lists them.',
}));
