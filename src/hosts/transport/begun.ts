import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import type { Socket } from 'node:net';
import { childEnvironment } from './environment.ts';
import { LOCAL_HOST } from '../../planner/model/spec.ts';
import { signalGroup } from './process-group.ts';
import { traceEnd } from './trace.ts';
import { NOT_ENDED } from './process-end.ts';
import { whenKilled } from './when-killed.ts';
import type { Readable, Writable } from 'node:stream';

/** A process of this machine that runs since before the rest of nbkp was loaded, and waits for its input, or for the end of that. */
export interface Begun {
  argv: readonly string[];
  /** What it was told already, since that was asked the last time; null where it waits for that. */
  asked: string | null;
  child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** When it was started: as a date, and in milliseconds of `performance.now()`. */
  at: string;
  since: number;
  /** A signal that ends this process no longer ends that one: whoever has it now sees to that. */
  unlisten: () => void;
}

/** What it has seen of the mounts has to be of this moment. */
const LONGEST_MS = 1_000;

/**
 * Starts a process in a group of its own. Nobody waits for it: it ends with its input, so with this process, however that ends.
 */
export function begin(argv: readonly string[], asked: string | null = null): Begun {
  const [program = '', ...args] = argv;
  const [at, since] = [new Date().toISOString(), performance.now()];
  const child = spawn(program, args, { env: childEnvironment(process.env), detached: true, stdio: 'pipe' });
  // Whoever takes it sees that there is none, and starts another.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  hold({ child }, 'unref');
  process.on('exit', () => endGroup(child));
  return { argv, asked, child, at, since, unlisten: whenKilled(() => endGroup(child)) };
}

function hold({ child }: Pick<Begun, 'child'>, how: 'ref' | 'unref'): void {
  for (const each of [child, child.stdin, child.stdout, child.stderr] as (ChildProcess | Socket)[]) each[how]();
}

function endGroup(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) signalGroup(child.pid, 'SIGTERM');
}

let waiting: Begun | null = null;
let lastAsked: string | null = null;
let unlisten = (): void => undefined;

function forget(): void {
  waiting = null;
  unlisten();
}

export function setBegun(begun: Begun | null): void {
  waiting = begun;
  if (begun === null) return;
  unlisten = whenKilled(() => endGroup(begun.child));
  begun.unlisten();
}

/**
 * The one that waits; null where there is none, or where it has ended, has waited for too long or was told something else.
 *
 * @param ask what it has to be told
 * @returns it, and what is left to tell it
 */
export function takeBegun(ask: () => string): (Begun & { rest: string }) | null {
  const begun = waiting;
  if (begun === null) return null;
  lastAsked = ask();
  const { exitCode, signalCode, pid } = begun.child;
  const isOver = pid === undefined || exitCode !== null || signalCode !== null;
  const isOther = begun.asked !== null && begun.asked !== lastAsked;
  if (isOver || isOther || performance.now() - begun.since > LONGEST_MS) {
    dropBegun();
    return null;
  }
  forget();
  hold(begun, 'ref');
  return { ...begun, rest: begun.asked === null ? lastAsked : '' };
}

/** What it was told, or would have to be told; null where nobody wanted one. */
export function askedOfBegun(): string | null {
  return lastAsked;
}

/** Ends it: nobody needs it any more, or something else was run that may have changed what it saw. */
export function dropBegun(): void {
  if (waiting === null) return;
  const { argv, child, ...begun } = waiting;
  forget();
  endGroup(child);
  const result = { ...NOT_ENDED, code: child.exitCode, signal: child.signalCode ?? 'SIGTERM', timedOut: false };
  traceEnd({ host: LOCAL_HOST, argv }, { ...begun, result, bytes: { out: 0, err: 0 } });
}
