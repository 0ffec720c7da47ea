import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { traceEnd, type Traced } from '../trace.ts';
import { Output } from '../output.ts';
import { deadlineOf, NOT_ENDED, type Ending } from '../process-end.ts';
import { signalGroup } from '../process-group.ts';
import { CONNECTION_LOST, type ProcessResult, type RunOptions } from '../transport.ts';
import { UpToMark } from './up-to-mark.ts';
import { nextOrder, workerScript, type Command } from './process-scripts.ts';

/** Runs `ssh` with a script, to its end. */
export type StartSession = (script: string, hearing: Hearing) => Promise<ProcessResult>;

/** What a session tells while it stands. */
export interface Hearing {
  /** Holds the group of the process on this machine while it runs. */
  groups: Set<number>;
  onInput: (input: Writable) => void;
  onStdout: (chunk: Buffer) => void;
  onStderr: (chunk: Buffer) => void;
}

/** What is read of a process. */
interface Current {
  out: UpToMark;
  err: UpToMark;
  /** How many marks have come on standard output: it was begun, and it has ended. */
  marks: 0 | 1 | 2;
  /** What came after the second one: the exit code. */
  code: Buffer;
  isErrOver: boolean;
  onEnd: (code: number) => void;
}

/**
 * A session that stands and runs one process after the other, each in the time of one round trip. To tell a process to end is to
 * end the session with it.
 */
class Worker {
  readonly #token = `nbkp-${randomUUID()}`;
  readonly #mark = Buffer.from(`\0${this.#token}\0`);
  readonly #groups = new Set<number>();
  readonly #start: StartSession;
  /** Null before it was begun. */
  #ended: Promise<ProcessResult> | null = null;
  /** What it says before it takes orders; null when it has said so, and where it was begun with its first process. */
  #opening: UpToMark | null = null;
  /** An order that it has not been given. */
  #order: string | null = null;
  #input: Writable | null = null;
  #current: Current | null = null;
  #isOver = false;

  constructor(start: StartSession) {
    this.#start = start;
  }

  /** Whether it takes another order: it has not ended, and nobody has told it to. */
  get isStanding(): boolean {
    return !this.#isOver && this.#input?.writable === true;
  }

  /** Begins it without a process. */
  standBy(): void {
    this.#opening = new UpToMark(this.#mark, () => undefined);
    void this.#open(null);
  }

  /**
   * Runs a command. The first time, or while it stands, and never two at once.
   *
   * @returns null when it had ended while it stood by, and has begun nothing of that
   */
  async run(command: Command, options: RunOptions, traced: Traced): Promise<ProcessResult | null> {
    const output = new Output(options);
    const [at, since] = [new Date().toISOString(), performance.now()];
    const stoodBy = this.#ended !== null;
    const { ending, timedOut } = await this.#carryOut(command, output, options);
    const missed = stoodBy && this.#current?.marks === 0 && ending.error !== CONNECTION_LOST;
    this.#current = null;
    if (missed && !timedOut && options.signal?.aborted !== true) return null;
    const result = { ...ending, timedOut, stdout: output.end(), stderr: output.stderr };
    traceEnd(traced, { at, since, result, bytes: options.secret === true ? null : output.bytes });
    return result;
  }

  async #carryOut(
    command: Command,
    output: Output,
    { signal, timeoutMs }: RunOptions,
  ): Promise<{ ending: Ending; timedOut: boolean }> {
    if (signal?.aborted === true) return { ending: { ...NOT_ENDED, error: 'ECANCELED' }, timedOut: false };
    const code = new Promise<Ending>((resolve) => {
      const current: Current = {
        // What comes before the first mark nobody has run.
        out: new UpToMark(this.#mark, (bytes) => current.marks === 1 && output.addStdout(bytes)),
        err: new UpToMark(this.#mark, (bytes) => output.addStderr(bytes)),
        ...{ marks: 0, code: Buffer.alloc(0), isErrOver: false },
        onEnd: (ended) => resolve({ ...NOT_ENDED, code: ended }),
      };
      this.#current = current;
    });
    const ended = this.#begin(command);
    const end = (): void => this.end();
    signal?.addEventListener('abort', end, { once: true });
    const deadline = deadlineOf([...this.#groups][0], end, timeoutMs);
    const ending = await Promise.race([code, ended.then((result) => this.#lost(result)), deadline.abandoned]);
    deadline.clear();
    signal?.removeEventListener('abort', end);
    return { ending, timedOut: deadline.passed() };
  }

  #begin(command: Command): Promise<ProcessResult> {
    if (this.#ended === null) return this.#open(command);
    this.#order = nextOrder(command);
    this.#giveOrder();
    return this.#ended;
  }

  #giveOrder(): void {
    if (this.#opening !== null || this.#order === null) return;
    if (this.isStanding) this.#input?.write(this.#order);
    this.#order = null;
  }

  #open(first: Command | null): Promise<ProcessResult> {
    const hearing: Hearing = {
      groups: this.#groups,
      onInput: (input) => (this.#input = input),
      onStdout: (chunk) => this.#hearOut(chunk),
      onStderr: (chunk) => this.#hearErr(chunk),
    };
    this.#ended = this.#start(workerScript(first, this.#token), hearing).then((result) => {
      this.#isOver = true;
      return result;
    });
    return this.#ended;
  }

  /** Ends it gently, with what it runs. */
  end(): void {
    this.#input?.end();
  }

  /** Ends it at once: from a session that runs nothing nobody waits for a good-bye. */
  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    this.#groups.forEach((group) => signalGroup(group, signal));
  }

  /** The session ended and nobody has said how the process did. */
  #lost({ code, signal, error }: ProcessResult): Ending {
    this.#current?.out.end();
    this.#current?.err.end();
    return { code: code === 0 ? null : code, signal, error: code === 0 ? 'EPIPE' : error };
  }

  #hearOut(chunk: Buffer): void {
    let rest = this.#opening === null ? chunk : this.#opening.write(chunk);
    if (rest === null) return;
    this.#opening = null;
    this.#giveOrder();
    const current = this.#current;
    if (current === null) return;
    while (rest !== null && current.marks < 2) {
      rest = current.out.write(rest);
      if (rest !== null) current.marks += 1;
    }
    if (rest !== null) current.code = Buffer.concat([current.code, rest]);
    this.#look(current);
  }

  #hearErr(chunk: Buffer): void {
    const current = this.#current;
    if (current === null || current.isErrOver) return;
    current.isErrOver = current.err.write(chunk) !== null;
    this.#look(current);
  }

  #look({ code, isErrOver, onEnd }: Current): void {
    const end = code.indexOf(0);
    if (end !== -1 && isErrOver) onEnd(Number(code.toString('latin1', 0, end)));
  }
}

/** Sessions of a connection that stand, each begun when no other is free. */
export class Workers {
  readonly #start: StartSession;
  readonly #all = new Set<Worker>();
  readonly #free: Worker[] = [];

  constructor(start: StartSession) {
    this.#start = start;
  }

  /** Begins a session that the first process need not wait for. */
  standBy(): void {
    if (this.#all.size > 0) return;
    const worker = this.#make();
    worker.standBy();
    this.#free.push(worker);
  }

  async run(command: Command, options: RunOptions, traced: Traced): Promise<ProcessResult> {
    const worker = this.#take();
    const result = await worker.run(command, options, traced);
    if (worker.isStanding) this.#free.push(worker);
    else this.#all.delete(worker);
    return result ?? this.run(command, options, traced);
  }

  /** Ends those that run nothing at once, the others gently. */
  end(): void {
    for (const worker of this.#all) {
      if (this.#free.includes(worker)) worker.kill('SIGTERM');
      else worker.end();
    }
  }

  killAll(): void {
    for (const worker of this.#all) worker.kill();
  }

  #take(): Worker {
    for (let worker = this.#free.pop(); worker !== undefined; worker = this.#free.pop()) {
      if (worker.isStanding) return worker;
      this.#all.delete(worker);
    }
    return this.#make();
  }

  #make(): Worker {
    const worker = new Worker(this.#start);
    this.#all.add(worker);
    return worker;
  }
}
