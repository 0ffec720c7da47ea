/*
 * # Runs
 */
import { withoutScript } from '../script.ts';
import { error, warning } from './entry.ts';

/** Another run holds the lock of the destination (exit code 75). Fix: wait, or `--wait 1h`. */
export const destinationLocked = error(
  'destination-locked',
  (path: string, holder: string, leftAlone: string | null) => ({
    message: `${path} is held by ${holder}${leftAlone === null ? '' : `, so ${leftAlone} was left alone`}.`,
    help: 'Wait for it to end, or let nbkp wait: --wait 1h',
  }),
);
/** The lock of the destination could not be made. Fix: what the message says. */
export const lockFailed = error('lock-failed', (message: string) => ({
  message,
  help: 'Without the lock two runs could write to one place. Mend what the message says, then run again.',
}));
/** A second signal, or `kill` in a program, ended the run at once. Fix: `nbkp recover`; the next run goes on. */
export const runKilled = error('run-killed', (exitCode: number) => ({
  message: `The run was ended at once (exit code ${exitCode}); what it had begun is not finished.`,
  help: 'nbkp recover shows what is left. The next run goes on from there.',
}));
/** A program applies a plan that was made with `allowDestructive`, and does not say so again. Fix: read what the plan deletes. */
export const permissionMissing = error('permission-missing', () => ({
  message: 'This plan deletes what its guards would keep, and apply was not told to allow that.',
  help: 'Read what the plan deletes. To run it: apply(nbkp, plan, { allowDestructive: true })',
}));
/** nbkp has a bug. Fix: report it. */
export const internalError = error('internal-error', (step: string, cause: string) => ({
  message: `nbkp itself went wrong in ${step}: ${cause}. This is a bug.`,
  help: `Please report it with what nbkp history RUN --json prints: the step's log there says where it happened.`,
}));
/** The clock is behind the latest snapshot, so that their order cannot be trusted: nothing is pruned. Fix: set the clock. */
export const clockBehindLatest = warning('clock-behind-latest', (sync: string) => ({
  message: `The clock is behind the latest snapshot of ${sync}: nothing was pruned.`,
}));

interface Held {
  sync: string;
  /** Names of those that no rule holds; none where this run has just met what cannot be read. */
  snapshots: readonly string[];
}

/**
 * Not all of the source could be read, which the sync tolerates. Snapshots that no rule holds stay as long as newer ones lack what
 * they may have. Fix: let nbkp read it, or leave it out with a filter of the sync: the first snapshot of all lets them go.
 */
export const pruneHeld = warning('prune-held', ({ sync, snapshots }: Held) => ({
  message:
    snapshots.length === 0
      ? `Not all of the source could be read: no snapshot of ${sync} was pruned, since the new one may lack what older ones have.`
      : `${snapshots.length === 1 ? '1 snapshot' : `${snapshots.length} snapshots`} of ${sync} that no rule of snapshots.keep holds stay: newer ones lack what could not be read of the source.`,
  help: 'They can go once there is a snapshot of all of the source: let nbkp read it, or leave out with filters of the sync what it cannot read.',
}));
/**
 * `--format sh` of a plan with a step that a script cannot do, or `nbkp script` of a spec that asks for more than a script does (exit
 * code 65); says which. Fix: `nbkp apply` or `nbkp run`, or `--exclude` that sync.
 */
export const scriptNotPossible = error(
  'script-not-possible',
  (why: string, what: 'plan' | 'drives' | 'spec' | 'ends') => ({
    message: `This ${what === 'spec' || what === 'ends' ? 'spec' : 'plan'} cannot be a script: ${why}.`,
    help: {
      plan: 'nbkp apply runs it. To leave a sync out: --exclude SYNC',
      drives: 'Mount the drives first (nbkp volumes mount), then plan again; or let nbkp apply run it.',
      ends: 'Open its drives (nbkp volumes mount), or go where its server answers, and make it again; or make it with --facts FILE, which nbkp facts export has written there. To leave a sync out: --exclude SYNC',
      spec: 'nbkp run does it. To leave a sync out: --exclude SYNC. docs/script.md says what a script can do.',
    }[what],
  }),
);

interface Ended {
  argv: readonly string[];
  /** `ended with exit code 1`. */
  how: string;
  /** The last line that it complained with. */
  said: string | undefined;
  /** Its program is not there. */
  missing: boolean;
}

/** Of an executor's command; that of a package gives it a code of its own. */
export const commandEnded = ({ argv, how, said, missing }: Ended) => ({
  message: `${withoutScript(argv).join(' ')} ${how}${said === undefined ? '' : `: ${said}`}`,
  ...(missing ? { help: `${argv[0] ?? 'The program'} is not installed or not in PATH.` } : {}),
});
/** A command before a copy failed. Fix: as the message says. */
export const transferPrepareFailed = error('transfer-prepare-failed', commandEnded);
/** A command after a copy failed. Fix: as the message says. */
export const transferCleanUpFailed = error('transfer-clean-up-failed', commandEnded);
/** A snapshot was not made, or not named. Fix: as the message says; the next run makes one. */
export const snapshotFailed = error('snapshot-failed', commandEnded);
/** A snapshot was not removed. Fix: as the message says; the next run tries again. */
export const pruneFailed = error('prune-failed', commandEnded);
/** A place was not prepared. Fix: as the message says. */
export const prepareFailed = error('prepare-failed', commandEnded);
/** The folder to restore to was not made. Fix: as the message says. */
export const restoreFailed = error('restore-failed', commandEnded);
/** What a run left was not cleaned up. Fix: as the message says. */
export const recoverFailed = error('recover-failed', commandEnded);
/** A `before`, `after` or `on-failure` command failed. Fix: mend the command. */
export const hookFailed = error('hook-failed', commandEnded);
