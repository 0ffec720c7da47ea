/*
 * # Verifying
 *
 * `nbkp verify` could not read a copy at all. What it found in one is in its report.
 */
import { error } from './entry.ts';

/** The rsync there is built without checksums. Fix: Samba's rsync. */
export const noChecksums = error('verify-failed', (path: string) => ({
  message: `The rsync that reads ${path} has no checksums.`,
}));
/** The files of a copy could not be listed. Fix: as the message says. */
export const filesNotListed = error('verify-failed', (path: string, said: string | undefined) => ({
  message: `The files of ${path} could not be listed: ${said ?? 'the command did not end well'}.`,
  help: 'What belongs to others only root can read. The find, sort, sed, head and tail of GNU or busybox are needed there.',
}));
/** rsync could not read a copy. Fix: as the message says. */
export const copyUnreadable = error('verify-failed', (path: string, said: string) => ({
  message: `rsync could not read ${path}: ${said}.`,
}));
