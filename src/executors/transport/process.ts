import { spawn, type ChildProcess } from 'node:child_process';
import { codeOf } from './error-code.ts';
import { Output } from './output.ts';
import type { ProcessResult, RunOptions } from './transport.ts';

/** After the SIGTERM of a timeout, in milliseconds: SIGKILL, then no more waiting for what hangs in the kernel. */
const KILL_AFTER = 5_000;
const ABANDON_AFTER = 2_000;
/** How long a pipe that a grandchild holds open must be silent after the child's end, and how often that is tried. */
const QUIET_MS = 500;
const QUIET_ROUNDS = 20;
/** The round in which a group that should have ended is told again: rsync may need a while to save a partial file. */
const REMIND_ROUND = 10;

export interface ProcessOptions extends Omit<RunOptions, 'locks'> {
  env: NodeJS.ProcessEnv;
  /** Open files that become descriptors 3, 4, … of the process. */
  descriptors: readonly number[];
}

type Ending = Pick<ProcessResult, 'code' | 'signal' | 'error'>;

/**
 * Runs a process in a group of its own, so that a terminal's Ctrl-C reaches us alone and a signal reaches all of it.
 *
 * @param groups holds the group's id (the child's pid) while it runs
 */
export async function runProcess(
  argv: readonly string[],
  options: ProcessOptions,
  groups: Set<number>,
): Promise<ProcessResult> {
  const output = new Output(options);
  const child = options.signal?.aborted === true ? 'ECANCELED' : start(argv, options);
  if (typeof child === 'string') {
    return { ...NOT_ENDED, error: child, timedOut: false, stdout: output.end(), stderr: output.stderr };
  }
  child.stdout?.on('data', (chunk: Buffer) => output.addStdout(chunk));
  child.stderr?.on('data', (chunk: Buffer) => output.addStderr(chunk));
  // EPIPE: what a process does not read of its input is its own affair; its exit code tells.
  child.stdin?.on('error', () => undefined).end(options.stdin);

  const group = child.pid;
  if (group !== undefined) groups.add(group);
  const terminate = () => signalGroup(group, 'SIGTERM');
  options.signal?.addEventListener('abort', terminate, { once: true });
  const deadline = deadlineOf(group, options.timeoutMs);

  const isEnding = () => options.signal?.aborted === true || deadline.passed();
  const linger: Linger = { output, isEnding, terminate, isOver: false };
  const ending = await Promise.race([endOf(child, linger), deadline.abandoned]);

  linger.isOver = true;
  deadline.clear();
  options.signal?.removeEventListener('abort', terminate);
  if (group !== undefined) groups.delete(group);
  letGo(child);
  return { ...ending, timedOut: deadline.passed(), stdout: output.end(), stderr: output.stderr };
}

const NOT_ENDED: Ending = { code: null, signal: null, error: null };

/** Sends a signal to all processes of a group. */
export function signalGroup(group: number | undefined, signal: NodeJS.Signals): void {
  if (group === undefined) return;
  try {
    process.kill(-group, signal);
  } catch (error) {
    // ESRCH: all have ended. EPERM: what is left belongs to another user (sudo) and ends by itself.
    if (!['ESRCH', 'EPERM'].includes(codeOf(error))) throw error;
  }
}

/** The child, or the code of the error that kept it from starting. Most such errors come later, as an event. */
function start(argv: readonly string[], options: ProcessOptions): ChildProcess | string {
  const [program = '', ...args] = argv;
  const stdin = options.stdin === undefined ? 'ignore' : 'pipe';
  try {
    return spawn(program, args, {
      env: options.env,
      detached: true,
      stdio: [stdin, 'pipe', 'pipe', ...options.descriptors],
    });
  } catch (error) {
    return codeOf(error);
  }
}

interface Linger {
  output: Output;
  /** The group was told to end: what still holds a pipe is on its way out. */
  isEnding: () => boolean;
  terminate: () => void;
  /** Nobody waits any more, and the number of the group may be another's by now. */
  isOver: boolean;
}

/**
 * Settles when the process has ended and all that it wrote has been read. `close` says so, unless a grandchild still
 * holds a pipe: then `exit` and a silence have to do.
 */
function endOf(child: ChildProcess, linger: Linger): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ...NOT_ENDED, error: codeOf(error) }));
    child.once('close', (code, signal) => resolve({ code, signal, error: null }));
    child.once('exit', (code, signal) => whenQuiet(linger, 1, () => resolve({ code, signal, error: null })));
  });
}

function whenQuiet(linger: Linger, round: number, then: () => void): void {
  const { output, isEnding, terminate } = linger;
  const before = output.received;
  const look = () => {
    if (linger.isOver) return;
    const isQuiet = output.received === before && !isEnding();
    if (isQuiet || round === QUIET_ROUNDS) return then();
    // A shell that was just forking may have swallowed the signal that was for its child.
    if (isEnding() && round === REMIND_ROUND) terminate();
    whenQuiet(linger, round + 1, then);
  };
  // Between a timer and an immediate the event loop reads what is there: a loop that was busy loses nothing.
  setTimeout(() => setImmediate(look), QUIET_MS).unref();
}

function deadlineOf(group: number | undefined, timeoutMs: number | undefined) {
  if (timeoutMs === undefined)
    return { abandoned: new Promise<never>(() => undefined), passed: () => false, clear() {} };
  const timers: NodeJS.Timeout[] = [];
  let passed = false;
  const after = (ms: number, then: () => void) => void timers.push(setTimeout(then, ms));
  const abandoned = new Promise<Ending>((resolve) => {
    after(timeoutMs, () => {
      passed = true;
      signalGroup(group, 'SIGTERM');
    });
    after(timeoutMs + KILL_AFTER, () => signalGroup(group, 'SIGKILL'));
    after(timeoutMs + KILL_AFTER + ABANDON_AFTER, () => resolve(NOT_ENDED));
  });
  return { abandoned, passed: () => passed, clear: () => timers.forEach((timer) => clearTimeout(timer)) };
}

/** Nothing of the child may keep this process alive or the pipes open. */
function letGo(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}
