import { spawn, type ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';
import { LOCAL_HOST } from '../../planner/model/spec.ts';
import { childEnvironment } from './environment.ts';
import { takeLock } from './lock.ts';
import { signalGroup } from './process-group.ts';
import type { ProcessResult, RunOptions, Transport } from './transport.ts';
import { codeOf } from '../../planner/model/system-error.ts';
import { Output } from './output.ts';
import { dropBegun } from './begun.ts';
import { deadlineOf, endOf, NOT_ENDED, type Linger } from './process-end.ts';
import { traceEnd, type Traced } from './trace.ts';
import { whenKilled } from './when-killed.ts';

export type LocalTransport = Transport & {
  killAll(): void;
  keepAwake(): () => Promise<void>;
};

/** What holds the machine awake for as long as its input is open (systemd-inhibit(1)). */
const HOLD = ['systemd-inhibit', '--what=sleep', '--mode=block', '--who=nbkp', '--why=A backup is under way', 'cat'];

/**
 * The transport of this machine. `killAll` ends all that it runs at once (SIGKILL to each process group).
 *
 * `keepAwake` keeps the machine from going to sleep until what it returns is called. Where there is no such program, or it
 * may not, the machine sleeps as ever. Its input ends with this process, however that ends: nothing is left behind.
 *
 * @param env the whole environment of what it runs
 */
export function localTransport(env = childEnvironment(process.env)): LocalTransport {
  const groups = new Set<number>();
  return {
    hostId: LOCAL_HOST,
    run: (argv, { locks = [], ...options } = {}) =>
      runProcess(argv, { ...options, env, descriptors: locks.map((lock) => lock.descriptor) }, groups),
    lock: (request, holder, options = {}) =>
      takeLock(request, holder, options, (argv, descriptor) =>
        runProcess(argv, { env, descriptors: [descriptor] }, groups),
      ),
    keepAwake: () => {
      const ending = new AbortController();
      const options = { env, descriptors: [], stdin: '', endsWithInput: true, signal: ending.signal };
      const held = runProcess(HOLD, options, groups);
      return async () => {
        ending.abort();
        await held;
      };
    },
    killAll: () => groups.forEach((group) => signalGroup(group, 'SIGKILL')),
  };
}

export interface ProcessOptions extends Omit<RunOptions, 'locks'> {
  env: NodeJS.ProcessEnv;
  /** Open files that become descriptors 3, 4, … of the process. */
  descriptors: readonly number[];
  /** An open file that it reads in place of `stdin`. */
  inputFile?: number;
  /** Its input stays open after `stdin`, and the end of it is what asks the process to end, in place of SIGTERM. */
  endsWithInput?: boolean;
  /** Gets its input when it has been started. */
  onInput?: (input: Writable) => void;
  /** Gets standard error piece by piece as it comes, in place of `onStderrLine`, and it is not collected. */
  onStderr?: (chunk: Buffer) => void;
  /** What a trace says that it is; without it, the argv on this machine. */
  traced?: Traced;
}

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
  const { at, since } = options.begun ?? { at: new Date().toISOString(), since: performance.now() };
  const result = await runToItsEnd(argv, options, groups, output);
  const { traced = { host: LOCAL_HOST, argv } } = options;
  traceEnd(traced, { at, since, result, bytes: options.secret === true ? null : output.bytes });
  return result;
}

async function runToItsEnd(
  argv: readonly string[],
  options: ProcessOptions,
  groups: Set<number>,
  output: Output,
): Promise<ProcessResult> {
  const child = options.signal?.aborted === true ? 'ECANCELED' : start(argv, options);
  if (typeof child === 'string') {
    return { ...NOT_ENDED, error: child, timedOut: false, stdout: output.end(), stderr: output.stderr };
  }
  child.stdout?.on('data', (chunk: Buffer) => output.addStdout(chunk));
  if (options.sink !== undefined) child.stdout?.pipe(options.sink, { end: false });
  child.stderr?.on('data', options.onStderr ?? ((chunk: Buffer) => output.addStderr(chunk)));
  // EPIPE: what a process does not read of its input is its own affair; its exit code tells.
  child.stdin?.on('error', () => undefined);
  if (options.endsWithInput === true) child.stdin?.write(options.stdin ?? '');
  else child.stdin?.end(options.stdin);
  if (child.stdin !== null) options.onInput?.(child.stdin);

  const group = child.pid;
  if (group !== undefined) groups.add(group);
  // The terminal's Ctrl-C does not reach it, and what it would do nobody waits for.
  const unlisten = whenKilled(() => signalGroup(group, 'SIGTERM'));
  const terminate = (): void => {
    // Nobody takes the rest; the end of a pipe is heard of only once it was read.
    if (options.sink !== undefined) child.stdout?.unpipe(options.sink).resume();
    if (options.endsWithInput === true) child.stdin?.end();
    else signalGroup(group, 'SIGTERM');
  };
  const kill = (): void => signalGroup(group, 'SIGKILL');
  options.signal?.addEventListener('abort', terminate, { once: true });
  options.enough?.addEventListener('abort', kill, { once: true });
  const deadline = deadlineOf(group, terminate, options.timeoutMs);

  const isEnding = () => options.signal?.aborted === true || deadline.passed();
  const isPaused = () => child.stdout?.isPaused() === true;
  const linger: Linger = { output, isEnding, isPaused, terminate, isOver: false };
  const ending = await Promise.race([endOf(child, linger), deadline.abandoned]);

  unlisten();
  linger.isOver = true;
  deadline.clear();
  options.signal?.removeEventListener('abort', terminate);
  options.enough?.removeEventListener('abort', kill);
  if (group !== undefined) groups.delete(group);
  letGo(child);
  return { ...ending, timedOut: deadline.passed(), stdout: output.end(), stderr: output.stderr };
}

/** The child, or the code of the error that kept it from starting. Most such errors come later, as an event. */
function start(argv: readonly string[], options: ProcessOptions): ChildProcess | string {
  const [program = '', ...args] = argv;
  if (options.begun !== undefined) return options.begun.child;
  dropBegun();
  const piped = options.stdin !== undefined || options.endsWithInput === true;
  const stdin = options.inputFile ?? (piped ? 'pipe' : 'ignore');
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

/** Nothing of the child may keep this process alive or the pipes open. */
function letGo(child: ChildProcess): void {
  child.stdin?.destroy();
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}
