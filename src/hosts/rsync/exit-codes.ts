import type { Finding } from '../../planner/model/finding.ts';
import { fileTooLarge } from '../../planner/model/findings/copying.ts';
import { CONNECTION_LOST } from '../transport/transport.ts';
import { isTolerable } from './causes.ts';
import { pathsOf } from './complaints.ts';
import type { Pass } from './pass.ts';

interface Meaning {
  code: string;
  message: string;
  help?: string;
}

const LOG = 'What rsync said is in the log of the run: nbkp history.';

/** Exit codes of rsync, from rsync(1), EXIT VALUES: for what its lines do not explain. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  1: failed('rsync did not accept its options', 'Look at rsync.options and rsync.extra-options of the sync.'),
  2: failed('the two sides speak different versions of the protocol'),
  3: failed('rsync could not select its files or directories'),
  4: failed('rsync was asked for something that it was built without', 'Look at rsync.options of the sync.'),
  5: failed('the two sides could not begin to talk'),
  6: failed('rsync could not append to its log file'),
  10: failed('the connection broke'),
  11: failed('a file could not be read or written'),
  12: failed('the connection between the two sides of rsync broke'),
  13: failed('rsync could not write its messages'),
  14: failed('the processes of rsync could not talk to each other'),
  15: failed('a process of rsync crashed'),
  16: failed('a process of rsync was killed'),
  19: failed('rsync was stopped from outside'),
  20: failed('rsync was stopped from outside'),
  21: failed('a process of rsync got lost'),
  22: failed('there was not enough memory'),
  23: failed('some files or attributes could not be copied'),
  24: {
    code: 'files-vanished',
    message: 'some files vanished while they were copied',
    help: 'That is normal for a folder in use; source-snapshot = "btrfs" reads one moment in time.',
  },
  25: failed('rsync stopped deleting at its limit'),
  30: { code: 'transfer-timed-out', message: 'nothing came or went for too long' },
  35: { code: 'transfer-timed-out', message: 'the other side did not answer' },
};

/** They say no more than that the process at the other end, or this one, ended: for a cause that a line may name. */
const ENDED_EARLY = [3, 10, 11, 12, 13];

const NOISY_SHELL: Meaning = {
  code: 'remote-shell-noisy',
  message: 'the login shell of the server prints something before rsync can speak',
  help: 'In its start-up file there (~/.bashrc), leave early where nobody reads: case $- in *i*) ;; *) return ;; esac',
};

/**
 * Why a pass that did not succeed did not: a finding for each true cause, the worst first.
 *
 * @param code the exit code that counts; null when the process did not end by itself
 * @param restoring for a restore, whose cures are others
 */
export function failuresOf(pass: Pass, code: number | null, restoring = false): Finding[] {
  const { complaints } = pass;
  const causes = [...complaints.allCauses()].toSorted(([a], [b]) => Number(isTolerable(a)) - Number(isTolerable(b)));
  const known = causes.map(([cause, seen]) => cause({ paths: pathsOf(seen), why: seen.why, restoring }));
  return explained(pass, code) ? known : [unexplained(pass, code), ...known];
}

/** The same for an exit code that the user tolerates: nothing has to be done. */
export function toleratedFindings(pass: Pass, code: number): Finding[] {
  return failuresOf(pass, code).map(({ help: _, ...finding }) => ({ ...finding, severity: 'warning' }));
}

/** Whether the lines say all that is behind the exit code. */
function explained({ result, complaints }: Pass, code: number | null): boolean {
  if (result.error !== null || result.timedOut || code === null) return false;
  const causes = [...complaints.allCauses().keys()];
  if (code === 24) return causes.length > 0 && complaints.vanished === 0;
  if (code === 23) return causes.length > 0 && complaints.others === 0;
  return ENDED_EARLY.includes(code) && causes.some((cause) => !isTolerable(cause) || cause === fileTooLarge);
}

function unexplained(pass: Pass, code: number | null): Finding {
  const { complaints } = pass;
  const meaning = meaningOf(pass, code);
  const said = [...complaints.firstOthers];
  if (complaints.others > said.length) said.push(`and ${complaints.others - said.length} more`);
  const ending = code === null ? '' : ` (rsync's exit code ${code})`;
  return {
    severity: 'error',
    code: meaning.code,
    message: `${capitalised(meaning.message)}${ending}${said.length === 0 ? '.' : `: ${said.join('; ')}`}`,
    ...(meaning.help === undefined ? {} : { help: meaning.help }),
  };
}

function meaningOf({ result, complaints }: Pass, code: number | null): Meaning {
  if (result.error === CONNECTION_LOST)
    return { code: 'connection-lost', message: 'the connection to the server broke' };
  if (result.error !== null) {
    return { code: 'rsync-failed', message: `rsync could not be started (${result.error})` };
  }
  if (result.timedOut) {
    return {
      code: 'transfer-timed-out',
      message: 'the transfer took longer than its timeout and was ended',
      help: 'The next run goes on from here. timeout of the sync sets the limit.',
    };
  }
  if (complaints.noisyShell) return NOISY_SHELL;
  if (code === null) return failed(`rsync was killed (${result.signal ?? 'no signal'})`);
  return MEANINGS[code] ?? failed('rsync failed');
}

function failed(message: string, help: string = LOG): Meaning {
  return { code: 'rsync-failed', message, help };
}

function capitalised(text: string): string {
  return text.startsWith('rsync') ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
