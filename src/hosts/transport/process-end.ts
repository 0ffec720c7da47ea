import type { ChildProcess } from 'node:child_process';
import { codeOf } from '../../planner/model/system-error.ts';
import type { Output } from './output.ts';
import { signalGroup } from './process-group.ts';
import type { ProcessResult } from './transport.ts';

/** After the SIGTERM of a timeout, in milliseconds: SIGKILL, then no more waiting for what hangs in the kernel. */
const KILL_AFTER = 5_000;
const ABANDON_AFTER = 2_000;
/** A timer of Node fires at once when its time does not fit into 31 bits. That is 24 days, as good as no timeout. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** How long a pipe that a grandchild holds open must be silent after the child's end, and how often that is tried. */
const QUIET_MS = 500;
const QUIET_ROUNDS = 20;
/** The round in which a group that should have ended is told again: rsync may need a while to save a partial file. */
const REMIND_ROUND = 10;

export type Ending = Pick<ProcessResult, 'code' | 'signal' | 'error'>;

export const NOT_ENDED: Ending = { code: null, signal: null, error: null };

export interface Linger {
  output: Output;
  /** The group was told to end: what still holds a pipe is on its way out. */
  isEnding: () => boolean;
  /** Who takes its output has not taken all yet: silence says nothing. */
  isPaused: () => boolean;
  terminate: () => void;
  /** Nobody waits any more, and the number of the group may be another's by now. */
  isOver: boolean;
}

/**
 * Settles when the process has ended and all that it wrote has been read. `close` says so, unless a grandchild still
 * holds a pipe: then `exit` and a silence have to do.
 */
export function endOf(child: ChildProcess, linger: Linger): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ...NOT_ENDED, error: codeOf(error) }));
    child.once('close', (code, signal) => resolve({ code, signal, error: null }));
    child.once('exit', (code, signal) => whenQuiet(linger, 1, () => resolve({ code, signal, error: null })));
  });
}

function whenQuiet(linger: Linger, round: number, then: () => void): void {
  const { output, isEnding, isPaused, terminate } = linger;
  const before = output.received;
  const look = () => {
    if (linger.isOver) return;
    if (isPaused() && !isEnding()) return whenQuiet(linger, round, then);
    const isQuiet = output.received === before && !isEnding();
    if (isQuiet || round === QUIET_ROUNDS) return then();
    // A shell that was just forking may have swallowed the signal that was for its child.
    if (isEnding() && round === REMIND_ROUND) terminate();
    whenQuiet(linger, round + 1, then);
  };
  // Between a timer and an immediate the event loop reads what is there: a loop that was busy loses nothing.
  setTimeout(() => setImmediate(look), QUIET_MS).unref();
}

/**
 * Ends a group that takes too long: asks it to end, then SIGKILL.
 *
 * @returns `passed` tells whether it took too long; `abandoned` settles when not even SIGKILL has ended it
 */
export function deadlineOf(group: number | undefined, terminate: () => void, timeoutMs: number | undefined) {
  if (timeoutMs === undefined || timeoutMs + KILL_AFTER + ABANDON_AFTER > LONGEST_TIMER) {
    return { abandoned: new Promise<never>(() => undefined), passed: () => false, clear() {} };
  }
  const timers: NodeJS.Timeout[] = [];
  let passed = false;
  const after = (ms: number, then: () => void) => void timers.push(setTimeout(then, ms));
  const abandoned = new Promise<Ending>((resolve) => {
    after(timeoutMs, () => {
      passed = true;
      terminate();
    });
    after(timeoutMs + KILL_AFTER, () => signalGroup(group, 'SIGKILL'));
    after(timeoutMs + KILL_AFTER + ABANDON_AFTER, () => resolve(NOT_ENDED));
  });
  return { abandoned, passed: () => passed, clear: () => timers.forEach((timer) => clearTimeout(timer)) };
}
