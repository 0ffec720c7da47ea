/*
 * # Options of rsync
 *
 * Errors of the spec, too. rsync would refuse them in every run, or they would undo what nbkp promises.
 */
import { didYouMean } from '../suggest.ts';
import { error } from './entry.ts';

/** A word among the options that is none. Fix: `"--option=value"`. */
export const notAnOption = error('rsync-option-not-allowed', (word: string) => ({
  message: `"${word}" is not an option.`,
  help: 'Options begin with a hyphen, and a value stands in the same word: "--option=value".',
}));
/** rsync has no such option, and every run would fail. Fix: the suggested option, or remove it. */
export const unknownRsyncOption = error(
  'rsync-option-not-allowed',
  (option: string, word: string, like: readonly string[]) => ({
    message: `rsync has no option ${option}${word.startsWith(option) ? '' : ` (in ${word})`}.`,
    help: didYouMean(option, like, 'See rsync(1). A value stands in the same word: "--option=value".'),
  }),
);
/** rsync would take the next word for the value. Fix: write the value in the same word. */
export const optionNeedsValue = error('rsync-option-not-allowed', (option: string) => ({
  message: `rsync's ${option} needs a value in the same word.`,
  help: `Write ${option.startsWith('--') ? `"${option}=VALUE"` : `"${option}VALUE"`}.`,
}));
/** An option that takes no value got one. Fix: remove the value. */
export const optionTakesNone = error('rsync-option-not-allowed', (option: string) => ({
  message: `rsync's ${option} takes no value.`,
  help: `Write "${option}" alone.`,
}));
/** An option that breaks a promise, or belongs to nbkp. Fix: what the message offers instead. */
export const rsyncOptionNotAllowed = error(
  'rsync-option-not-allowed',
  (option: string, { why, instead }: { why: string; instead: string }) => ({
    message: `rsync's ${option} ${why}.`,
    help: instead,
  }),
);
/** `rsync.sudo` of a sync that goes to no server. Fix: remove it, and run nbkp as root where it is needed. */
export const sudoWithoutServer = error('sudo-not-possible', () => ({
  message: 'rsync.sudo is about rsync on a server, and both ends of this sync are on one machine.',
  help: 'Remove it. To copy as root on this machine, run nbkp as root.',
}));
/** `rsync.sudo` where snapshots are made on the server, as a user who is not root. Fix: log in as root, or make no snapshots there. */
export const sudoWithSnapshots = error('sudo-not-possible', (mode: string) => ({
  message: `rsync.sudo would write files of root on the server, and snapshots.mode "${mode}" is the work of the user who logs in.`,
  help: 'Log in as root ([ssh.NAME] user = "root"), or let the server be the source: run nbkp there, or copy from it.',
}));
