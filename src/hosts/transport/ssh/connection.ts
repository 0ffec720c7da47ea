import { randomUUID } from 'node:crypto';
import { close, constants, open, unlink, write } from 'node:fs';
import { promisify } from 'node:util';
import type { LockHolder } from '../../../planner/model/event.ts';
import type { LockRequest } from '../../../planner/model/step.ts';
import { codeOf } from '../../../planner/model/system-error.ts';
import { parseHolder } from '../lock-file.ts';
import { signalGroup } from '../process-group.ts';
import { runProcess } from '../local.ts';
import { ANSWER_TOO_LONG, type Lock, type LockResult, type ProcessResult } from '../transport.ts';
import { Answers, type KeeperAnswer } from './answers.ts';
import { deadHolder, holderText } from './dead-holder.ts';
import { evaluateInput, finishLine, keeperScript, lockLine, unlockLine } from './scripts.ts';

const files = { open: promisify(open), close: promisify(close), unlink: promisify(unlink), write: promisify(write) };

/** Milliseconds for the answer about a lock, which needs no more than a round trip. */
const ANSWER_MS = 30_000;
/** Milliseconds for the end of a connection whose input has ended. */
const CLOSING_MS = 5_000;

/** sshd allows ten sessions per connection (MaxSessions in sshd_config(5)); the first one is the connection's own. */
const SSHD_SESSIONS = 4;

export interface ConnectionInput {
  /** Arguments of `ssh` up to and with the host (`sshArguments`). */
  words: readonly string[];
  /** Where its socket will be. */
  socket: string;
  env: NodeJS.ProcessEnv;
  /** Makes a named pipe. */
  makePipe: (path: string) => Promise<ProcessResult>;
  /** The script that is evaluated first. */
  first: string;
}

/** How the attempt ended. `first` is what its script wrote; null when no shell ran it. */
export type Opened = { ok: true; connection: SshConnection; first: Buffer } | { ok: false; result: ProcessResult };

/**
 * A connection to a server that everything of a run shares: ssh's own (ControlMaster in ssh_config(5)). Its first session
 * holds it open, and the locks with it, for as long as any process has the pipe open from which that session reads: this
 * one, and those that it starts to write there. So both outlive this process if such a process does, and end with them.
 */
export class SshConnection {
  readonly socket: string;
  /** For `descriptors`: whoever inherits it keeps the connection and its locks. */
  readonly descriptor: number;
  /** Settles when it is over, whoever ended it. */
  readonly ended: Promise<ProcessResult>;
  /** How many of those that stand may run at once, and how many others, beside the connection's own. */
  sessions = SSHD_SESSIONS;
  #isOver = false;
  /** Something there may go on when nobody hears of it any more. */
  #isInDoubt = false;
  /** Processes there, and locks. */
  #busy = 0;
  #nextId = 0;
  readonly #waiting = new Map<number, (answer: KeeperAnswer | null) => void>();
  readonly #groups: Set<number>;

  private constructor(socket: string, descriptor: number, groups: Set<number>, ended: Promise<ProcessResult>) {
    this.socket = socket;
    this.descriptor = descriptor;
    this.#groups = groups;
    this.ended = ended.then((result) => {
      this.#isOver = true;
      for (const answer of this.#waiting.values()) answer(null);
      return result;
    });
  }

  /**
   * Connects and runs a script in one go: the connection stands when the answer is there.
   *
   * @param signal ends the attempt
   */
  static async open(input: ConnectionInput, signal: AbortSignal): Promise<Opened> {
    const { words, socket, env, first } = input;
    const token = `nbkp-${randomUUID()}`;
    const script = keeperScript(first, token);
    const pipe = `${socket}.in`;
    const made = await input.makePipe(pipe);
    if (made.code !== 0) return { ok: false, result: made };
    const [reading, writing] = await openPipe(pipe);
    const groups = new Set<number>();
    let connection: SshConnection | null = null;
    let onFirst: (answer: Buffer | null) => void = () => undefined;
    const early = new Promise<Buffer | null>((resolve) => (onFirst = resolve));
    const answers = new Answers(token, {
      onFirst,
      onAnswer: (answer) => connection?.answered(answer),
      onTooLong: () => {
        connection?.kill();
        onFirst(null);
      },
    });
    const master = ['-o', 'ControlMaster=yes', '-o', `ControlPath=${socket}`, '-o', 'ControlPersist=no'];
    const ended = runProcess(
      ['ssh', ...master, ...words, evaluateInput(script)],
      { env, descriptors: [], inputFile: reading, onStdout: (chunk) => answers.write(chunk) },
      groups,
    );
    connection = new SshConnection(socket, writing, groups, ended);
    const stop = (): void => connection.kill();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const [result] = await Promise.all([
      Promise.race([connection.ended, early]),
      files.close(reading),
      connection.#write(script),
    ]);
    signal.removeEventListener('abort', stop);
    if (Buffer.isBuffer(result)) return { ok: true, connection, first: result };
    await files.close(writing);
    return { ok: false, result: result ?? { ...(await connection.ended), error: ANSWER_TOO_LONG } };
  }

  /** False once ssh has ended: the connection broke, or was closed. */
  get isAlive(): boolean {
    return !this.#isOver;
  }

  /** A process there that is ended, or by which this machine reaches the server. Who does not say how it ended may go on there. */
  async watch(running: Promise<ProcessResult>, isEnded: (code: number) => boolean): Promise<ProcessResult> {
    this.#busy += 1;
    const result = await running.finally(() => (this.#busy -= 1));
    const { code, error, timedOut } = result;
    if (code === null || error !== null || timedOut || !isEnded(code)) this.#isInDoubt = true;
    return result;
  }

  /** Takes a lock there, or says who holds it. A connection of this machine that it has lost holds it no longer. */
  async tryLock(request: LockRequest, holder: LockHolder): Promise<LockResult> {
    let { id, answer } = await this.#take(request, holder);
    const dead = answer?.state === 'busy' ? deadHolder(answer.text) : null;
    if (dead !== null) {
      const finishing = ++this.#nextId;
      await this.#ask(finishing, finishLine(finishing, request.path, dead));
      ({ id, answer } = await this.#take(request, holder));
    }
    if (answer?.state === 'held') this.#busy += 1;
    if (answer?.state === 'held') return { state: 'held', lock: this.#lock(request, id) };
    if (answer?.state === 'busy') return { state: 'busy', holder: parseHolder(answer.text) };
    return {
      state: 'failed',
      message: `${request.path} cannot be locked: ${answer?.text ?? 'the server does not answer'}`,
    };
  }

  async #take({ path, mode }: LockRequest, holder: LockHolder): Promise<{ id: number; answer: KeeperAnswer | null }> {
    const id = ++this.#nextId;
    const answer = await this.#ask(id, lockLine(id, mode, path, holderText(holder, [...this.#groups][0])));
    return { id, answer };
  }

  /**
   * Ends it in order. What the server still runs for it gets SIGTERM there. Where all has said how it ended, and each lock was given
   * back, there is nothing, and nobody waits a round trip for the server's good-bye.
   */
  async close(): Promise<void> {
    if (this.isAlive) await files.close(this.descriptor);
    if (!this.#isInDoubt && this.#busy === 0) this.#signal('SIGTERM');
    const timer = setTimeout(() => this.kill(), CLOSING_MS);
    await this.ended;
    clearTimeout(timer);
  }

  /** Ends it at once. */
  kill(): void {
    this.#signal('SIGKILL');
  }

  #signal(signal: NodeJS.Signals): void {
    this.#groups.forEach((group) => signalGroup(group, signal));
  }

  private answered(answer: KeeperAnswer): void {
    // Of two sessions that end at the same moment dropbear forgets one's exit code, and ssh says 255.
    if (answer.id === 0 && answer.text.startsWith('dropbear')) this.sessions = 1;
    this.#waiting.get(answer.id)?.(answer);
  }

  #lock(request: LockRequest, taken: number): Lock {
    let held = true;
    return {
      request,
      descriptor: this.descriptor,
      release: async () => {
        if (!held) return;
        held = false;
        const id = ++this.#nextId;
        if ((await this.#ask(id, unlockLine(id, taken))) !== null) this.#busy -= 1;
      },
    };
  }

  async #ask(id: number, line: string): Promise<KeeperAnswer | null> {
    if (!this.isAlive) return null;
    const answered = new Promise<KeeperAnswer | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), ANSWER_MS);
      this.#waiting.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
    await this.#write(line);
    const answer = await answered;
    if (answer === null) this.#isInDoubt = true;
    this.#waiting.delete(id);
    return answer;
  }

  /** What cannot be written any more will not be answered either: whoever waits for that learns it from the end of ssh. */
  async #write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    for (let from = 0; from < bytes.length && this.isAlive;) {
      const written = await files.write(this.descriptor, bytes, from).catch((error: unknown) => {
        if (codeOf(error) === 'EPIPE') return null;
        throw error;
      });
      if (written === null) return;
      from += written.bytesWritten;
    }
  }
}

/** Both ends of a named pipe, which then has no name any more. The reading end comes first, else opening would wait. */
async function openPipe(path: string): Promise<[reading: number, writing: number]> {
  const reading = await files.open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writing = await files.open(path, constants.O_WRONLY);
  await files.unlink(path);
  return [reading, writing];
}
