/*
 * # How rsync ended
 *
 * For what its lines do not explain: by its exit code, or by what ended it.
 */
import { error } from './entry.ts';

/** How rsync ended, and what it said that nbkp does not know. */
export interface Ending {
  /** Null when it did not end by itself. */
  exitCode: number | null;
  said: readonly string[];
}

const ended = (what: string, { exitCode, said }: Ending) =>
  `${what}${exitCode === null ? '' : ` (rsync's exit code ${exitCode})`}${said.length === 0 ? '.' : `: ${said.join('; ')}`}`;
const LOG = 'What rsync said is in the log of the run: nbkp history.';

/** From rsync(1), EXIT VALUES. */
const EXIT_CODES: Readonly<Record<number, string>> = {
  1: 'rsync did not accept its options',
  2: 'The two sides speak different versions of the protocol',
  3: 'rsync could not select its files or directories',
  4: 'rsync was asked for something that it was built without',
  5: 'The two sides could not begin to talk',
  6: 'rsync could not append to its log file',
  10: 'The connection broke',
  11: 'A file could not be read or written',
  12: 'The connection between the two sides of rsync broke',
  13: 'rsync could not write its messages',
  14: 'The processes of rsync could not talk to each other',
  15: 'A process of rsync crashed',
  16: 'A process of rsync was killed',
  19: 'rsync was stopped from outside',
  20: 'rsync was stopped from outside',
  21: 'A process of rsync got lost',
  22: 'There was not enough memory',
  23: 'Some files or attributes could not be copied',
  25: 'rsync stopped deleting at its limit',
};

/** rsync ended with an exit code that its lines do not explain. Fix: the log of the run says what it said. */
export const rsyncFailed = error('rsync-failed', (ending: Ending) => ({
  message: ended(EXIT_CODES[ending.exitCode ?? -1] ?? 'rsync failed', ending),
  help:
    ending.exitCode === 1
      ? 'Look at rsync.options and rsync.extra-options of the sync.'
      : ending.exitCode === 4
        ? 'Look at rsync.options of the sync.'
        : LOG,
}));
/** With `rsync.sudo`, sudo on the server did not start rsync as root. Fix: the line in sudoers(5) that `rsync.sudo` needs. */
export const sudoRefused = error('sudo-refused', (said: string) => ({
  message: `sudo on the server does not run rsync for the user who logs in: ${said}.`,
  help: 'There, as that user, `sudo -n rsync --version` has to work: see rsync.sudo in docs/spec.md.',
}));
/** Something ended rsync by a signal. Fix: the log of the run says what it said. */
export const rsyncKilled = error('rsync-failed', (signal: string | null, ending: Ending) => ({
  message: ended(`rsync was killed (${signal ?? 'no signal'})`, ending),
  help: LOG,
}));
/** rsync could not be started. Fix: what the message says. */
export const rsyncNotStarted = error('rsync-failed', (reason: string, ending: Ending) => ({
  message: ended(`rsync could not be started (${reason})`, ending),
}));
/** Files vanished while they were copied. Fix: nothing in a folder in use; `source-snapshot` reads one moment in time. */
export const filesVanished = error('files-vanished', (ending: Ending) => ({
  message: ended('Some files vanished while they were copied', ending),
  help: 'That is normal for a folder in use. On btrfs and LVM, source-snapshot reads one moment in time.',
}));
/** Nothing came or went for too long, or the other side did not answer. Fix: the next run goes on. */
export const transferSilent = error('transfer-timed-out', (ending: Ending) => ({
  message: ended(
    ending.exitCode === 35 ? 'The other side did not answer' : 'Nothing came or went for too long',
    ending,
  ),
  help: 'See that both drives and the connection answer: nbkp check. The next run goes on from here.',
}));
/** It took longer than `timeout` of the sync. Fix: the next run goes on; or a longer `timeout`. */
export const transferTimedOut = error('transfer-timed-out', (ending: Ending) => ({
  message: ended('The transfer took longer than its timeout and was ended', ending),
  help: 'The next run goes on from here. timeout of the sync sets the limit.',
}));
/** rsync ended without the totals by which a copy is judged. Fix: leave options such as `-q` out. */
export const rsyncOutputUnknown = error('rsync-output-unknown', () => ({
  message: 'rsync ended without the totals that --stats prints, so that the copy cannot be judged.',
  help: 'Leave options such as -q or --stderr=all out of rsync.options and rsync.extra-options.',
}));
/** The connection broke in the middle of a copy. Fix: the next run goes on. */
export const copyDisconnected = error('connection-lost', (ending: Ending) => ({
  message: ended('The connection to the server broke', ending),
  help: 'The next run goes on from here. nbkp check says whether the server answers.',
}));
/** The login shell prints something, which rsync takes for the other side. Fix: print nothing where nobody is at a terminal. */
export const remoteShellNoisy = error('remote-shell-noisy', (ending: Ending) => ({
  message: ended('The login shell of the server prints something before rsync can speak', ending),
  help: 'In its start-up file there (~/.bashrc), leave early where nobody reads: case $- in *i*) ;; *) return ;; esac',
}));
