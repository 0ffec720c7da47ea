/*
 * # Shells
 *
 * `nbkp completions install` tells these.
 */
import { error } from './entry.ts';

/** A file of that name is there which nbkp did not make. Fix: move it away. */
export const completionForeign = error('file-exists', (path: string) => ({
  message: `${path} was not made by nbkp, and is left as it is.`,
  help: 'Move it away, or write the completion elsewhere: nbkp completions SHELL > FILE',
}));
/** The file of completion cannot be written. Fix: as the cause says. */
export const completionUnwritable = error('file-unwritable', (path: string, cause: string) => ({
  message: `${path} cannot be written: ${cause}.`,
  help: 'Write the completion elsewhere: nbkp completions SHELL > FILE',
}));
