/*
 * # Schedules
 *
 * `nbkp schedule` tells these of timers, and of what works by hand and not from a timer.
 */
import { error, info, warning } from './entry.ts';

/** systemd is not at work here. Fix: the line for cron that `nbkp schedule show --format cron` prints, or launchd. */
export const noSystemd = error('no-systemd', (cronKnowsIt: boolean) => ({
  message: 'systemd is not at work on this machine, so that it cannot start backups.',
  help: cronKnowsIt
    ? 'cron can (crontab -e), with the line that nbkp schedule show --format cron prints. On macOS: nbkp schedule show --format launchd'
    : 'Let another scheduler call nbkp run.',
}));
/** A unit of that name was made by somebody else. Fix: `--name NAME`. */
export const scheduleForeignFile = error('schedule-foreign-file', (path: string) => ({
  message: `${path} was not made by nbkp, and is left as it is.`,
  help: 'Choose another name for the schedule: --name NAME',
}));
/** A unit of that name was made for another spec. Fix: `--name NAME`. */
export const scheduleExists = error('schedule-exists', (path: string, firstLine: string) => ({
  message: `${path} is the schedule of another spec. ${firstLine}`,
  help: 'Choose another name for this one, --name NAME, or take the other one away.',
}));
/** systemctl or udevadm refused. Fix: mend the cause, then the same command again. */
export const scheduleCommandFailed = error('schedule-command-failed', (argv: readonly string[], said: string) => ({
  message: `${argv.join(' ')} failed: ${said}`,
  help: 'When the cause is mended, type the same command again: it does what is left to do.',
}));
/** `schedule show --format cron`, and the path of the spec has a line break. Fix: another path. */
export const scheduleNotPossible = error('schedule-not-possible', () => ({
  message: 'crontab has no way to write a path with a line break.',
}));
/** A unit cannot be written or removed. Fix: look at the folder; with `--system`, run it by sudo. */
export const unitUnwritable = error('file-unwritable', (path: string, cause: string) => ({
  message: `${path} cannot be written: ${cause}.`,
  help: 'Units of the system belong to root: with --system, run it by sudo.',
}));
/** A timer of a user runs only while the user is logged in. Fix: `loginctl enable-linger`. */
export const lingerOff = info('linger-off', (user: string) => ({
  message: `The timer runs only while ${user} is logged in.`,
  help: `To run without a login: loginctl enable-linger ${user}`,
}));
/** A user's units are in a home folder that is encrypted until the login: they do not run before, with lingering neither. Fix: a schedule of the system. */
export const homeEncrypted = warning('home-encrypted', (user: string, how: string) => ({
  message: `The units are in the home folder of ${user}, which is encrypted (${how}): nothing runs until ${user} has logged in, even with lingering.`,
  help: 'To run without a login: sudo nbkp schedule install --system, with the spec and its state outside of that folder.',
}));
/**
 * A server lets nbkp in by the SSH agent of this session only, which timers do not have. Fix: a key without a passphrase, for
 * backups only.
 */
export const sshNeedsAgent = warning('ssh-needs-agent', (endpoint: string) => ({
  message: `The SSH endpoint ${endpoint} lets nbkp in only by the agent of this session, which a timer does not have.`,
  help: `Give it a key of its own, without a passphrase and for backups only: ssh-keygen -t ed25519, then key = "…" under [ssh.${endpoint}].`,
}));

const NOT_FROM_A_TIMER = {
  prompt: 'A timer cannot be asked for passphrases: encrypted drives that are locked will fail.',
  rootKeyring: 'root has no keyring: encrypted drives that are locked will fail.',
  keyring:
    'The keyring is open only while you are logged in to the desktop; else encrypted drives that are locked fail.',
  env: 'A timer does not have the variables that passphrases are read from here.',
};
/** Passphrases come from where a timer cannot get them. Fix: `provider = "file"` or `"command"`. */
export const timerWithoutCredentials = warning('timer-without-credentials', (from: keyof typeof NOT_FROM_A_TIMER) => ({
  message: NOT_FROM_A_TIMER[from],
  help: 'Set provider = "file" or "command" in [credentials]: see docs/drives.md.',
}));
