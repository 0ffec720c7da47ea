/*
 * # The command line, and questions
 *
 * Where nbkp does not understand what was typed, or asks before it does something.
 */
import { error, info } from './entry.ts';

/** A flag or argument that the command does not have or understand (exit code 64). Fix: as the message says; `--help`. */
export const usage = error('usage', (message: string, help: string | undefined) => ({
  message,
  ...(help === undefined ? {} : { help }),
}));

/** A question was answered with no. Fix: none; to go on, type the command again. */
export const notConfirmed = info('not-confirmed', (nothing: string) => ({ message: `Not confirmed. ${nothing}` }));

/** A question needs a terminal for itself and its answer. Fix: `--yes`; for a backup also `nbkp run`, which asks nothing. */
export const confirmationImpossible = error('confirmation-impossible', (help: string) => ({
  message: 'Nobody can be asked here, since this is not a terminal. Nothing was done.',
  help,
}));

/** Ctrl-C at a question. Fix: none; to go on, type the command again. */
export const interrupted = info('interrupted-at-question', () => ({ message: 'Interrupted. Nothing was done.' }));

/** Ctrl-C in the demo. Fix: none; `nbkp demo` begins anew. */
export const demoInterrupted = info('interrupted-at-question', (folder: string) => ({
  message: `Interrupted. What the demo has made in ${folder} is removed.`,
}));

/** `demo --keep` would make its environment beside something else. Fix: an empty folder, or one that is not there. */
export const folderNotEmpty = error('folder-not-empty', (folder: string) => ({
  message: `${folder} is not empty. Nothing was made there.`,
  help: 'Name an empty folder, or one that is not there yet.',
}));
