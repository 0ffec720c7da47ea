import type { Writable } from 'node:stream';
import type { Begun } from './begun.ts';
import type { LockHolder } from '../../planner/model/event.ts';
import type { LockRequest } from '../../planner/model/step.ts';

/** How things are run on one host. The only way for anything in nbkp to start a process. */
export interface Transport {
  /** `local`, or the id of an SSH host. */
  hostId: string;
  /**
   * Runs one process without a shell and waits for its end. Never throws for what the process or the system does:
   * a program that cannot be started is a result with `error`.
   */
  run(argv: readonly string[], options?: RunOptions): Promise<ProcessResult>;
  /**
   * Runs processes one after the other, up to the first that fails, in the time that one takes to start. Absent where starting
   * one takes no time.
   */
  runInOrder?(commands: readonly (readonly string[])[], options?: InOrder): Promise<OrderResult>;
  /** Takes a lock that the operating system drops when this process and every child that inherited it have ended. */
  lock(request: LockRequest, holder: LockHolder, options?: LockOptions): Promise<LockResult>;
}

export interface RunOptions {
  /** Text, or bytes for names that are no text. */
  stdin?: string | Uint8Array;
  /** Aborting ends the process gently (SIGTERM to its group), a second time at once (see `killAll`). */
  signal?: AbortSignal;
  /**
   * Aborting says that all of it that is wanted is there: what only reads is ended at once (SIGKILL to its group), and how it
   * ended says nothing. On a server it goes on to its end, since that would be the session's.
   */
  enough?: AbortSignal;
  /** Gets standard output piece by piece as it comes; without it the output is collected (at most 64 MiB). */
  onStdout?: (chunk: Buffer) => void;
  /** Gets standard output in place of `onStdout`, no faster than it takes it. It is not ended. */
  sink?: Writable;
  /** Gets each complete line of standard error, without its end. */
  onStderrLine?: (line: string) => void;
  /** Locks that the process inherits, so that they outlive us if it does. */
  locks?: readonly Lock[];
  /** It may leave others running behind it, as programs of the user may: on a server it shares nothing with what follows. */
  alone?: boolean;
  /** It says a secret: a trace does not even have its length. */
  secret?: boolean;
  /** Milliseconds; after it the process is ended as by `signal`. */
  timeoutMs?: number;
  /** It was started before, on this machine, and waits for its input. */
  begun?: Begun;
}

export type InOrder = Pick<RunOptions, 'signal' | 'onStderrLine' | 'locks' | 'alone'>;

/** How the last process that was begun ended, and which that was. Its standard error is its own. */
export interface OrderResult {
  result: ProcessResult;
  index: number;
}

/** `ProcessResult.error` when the connection to the host ended before the process did. */
export const CONNECTION_LOST = 'ENOTCONN';

/** `ProcessResult.error` when a server wrote more than any answer is long. */
export const ANSWER_TOO_LONG = 'EMSGSIZE';

export interface ProcessResult {
  /** Exit code; null when it was ended by a signal or could not be started. */
  code: number | null;
  signal: string | null;
  /** Why it could not be started: `ENOENT`, `EACCES`, …; `CONNECTION_LOST`, or `ANSWER_TOO_LONG`. */
  error: string | null;
  timedOut: boolean;
  stdout: Buffer;
  /** The last lines of standard error, at most 50. */
  stderr: string[];
}

export interface LockOptions {
  /** Milliseconds to wait for another holder; 0 (the default) does not wait. */
  waitMs?: number;
  onWaiting?: (holder: LockHolder | null) => void;
  signal?: AbortSignal;
}

export type LockResult =
  | { state: 'held'; lock: Lock }
  /** `holder` is null when what it wrote cannot be read. */
  | { state: 'busy'; holder: LockHolder | null }
  | { state: 'failed'; message: string };

export interface Lock {
  request: LockRequest;
  /** For `RunOptions.locks`. */
  descriptor: number;
  release(): Promise<void>;
}
