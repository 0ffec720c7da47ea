import { randomUUID } from 'node:crypto';
import type { LockHolder } from '../../../planner/model/event.ts';
import type { LockRequest } from '../../../planner/model/step.ts';
import { whenFree } from '../lock.ts';
import { signalGroup } from '../process-group.ts';
import { runProcess, type ProcessOptions } from '../local.ts';
import type { Traced } from '../trace.ts';
import {
  CONNECTION_LOST,
  type LockOptions,
  type LockResult,
  type ProcessResult,
  type RunOptions,
  type Transport,
} from '../transport.ts';
import type { SshConnection } from './connection.ts';
import { Order } from './order.ts';
import { orderCommand, processCommand, sessionScript, type Command } from './process-scripts.ts';
import { evaluateInput } from './scripts.ts';
import { Workers } from './worker.ts';

/** Of `ssh` when the connection failed; else its exit code is the remote command's (ssh(1), EXIT STATUS). */
export const CONNECTION_FAILED = 255;
/** Of a program here, rsync's too, whose other end has said that it ended: `rsync(1)`, EXIT VALUES. */
const BOTH_ENDED: ReadonlySet<number> = new Set([0, 23, 24, 25]);
/** Of what a worker is told, in characters: a shell reads its input byte by byte. */
const LONGEST_ORDER = 64 * 1024;

/** How things are run on a server, and how programs of this machine reach it. */
export interface SshTransport extends Transport {
  /** What `rsync --rsh` takes. */
  remoteShell: string;
  /** Runs a program of this machine that reaches the server by `remoteShell`. */
  runHere: Transport['run'];
  /** Begins the session in which the next process will run: nobody waits for it then. */
  standBy(): void;
  /** Ends what stands by, so that the connection can be closed. */
  end(): void;
  killAll(): void;
}

/**
 * A transport over a connection that stands. What nbkp does there itself, one thing after the other, needs no session for each
 * (`Workers`). What may leave others running behind it, is read for as long as somebody likes, is told much, or has to keep a
 * lock that is not the connection's gets a session of its own.
 */
export function sshTransport(hostId: string, connection: SshConnection, env: NodeJS.ProcessEnv): SshTransport {
  const shell = remoteShell(connection.socket);
  const groups = new Set<number>();
  const own = new Slots(() => connection.sessions);
  const shared = new Slots(() => connection.sessions);
  const start = async (argv: readonly string[], options: Omit<ProcessOptions, 'env'>, of = groups) => {
    if (!connection.isAlive) return LOST;
    return afterAll(await runProcess(argv, { ...options, env }, of), connection);
  };
  const session = (script: string) => [...shell, '-T', '--', 'server', evaluateInput(script)];
  const run = (argv: readonly string[], { locks = [], ...options }: RunOptions & Session, isEnded = hasExited) => {
    const descriptors = [connection.descriptor, ...locks.map((lock) => lock.descriptor)];
    return own.hold(() => connection.watch(start(argv, { ...options, descriptors }), isEnded));
  };
  const workers = new Workers((script, { groups: its, ...hearing }) => {
    const input = { stdin: script, endsWithInput: true, descriptors: [connection.descriptor], traced: null };
    return start(session(script), { ...input, ...hearing }, its);
  });
  const there = (command: Command, options: RunOptions, traced: Traced) => {
    const { alone = false, sink, locks = [] } = options;
    const isOwn = alone || sink !== undefined || command.command.length > LONGEST_ORDER;
    if (!isOwn && locks.every(({ descriptor }) => descriptor === connection.descriptor))
      return shared.hold(() => connection.watch(workers.run(command, options, traced), hasExited));
    const stdin = sessionScript(command);
    return run(session(stdin), { ...options, stdin, endsWithInput: true, traced });
  };
  return {
    hostId,
    remoteShell: shell.join(' '),
    run: (argv, options = {}) => there(processCommand(argv, options.stdin), options, { host: hostId, argv }),
    runInOrder: async (commands, options = {}) => {
      const mark = `nbkp-${randomUUID()}`;
      const order = new Order(commands, mark, options.onStderrLine);
      const heard = { ...options, onStderrLine: order.read };
      return order.end(await there(orderCommand(commands, mark), heard, null), hostId);
    },
    runHere: (argv, options = {}) => run(argv, options, (code) => BOTH_ENDED.has(code)),
    lock: (request: LockRequest, holder: LockHolder, options: LockOptions = {}): Promise<LockResult> =>
      whenFree(() => connection.tryLock(request, holder), options),
    standBy: () => workers.standBy(),
    end: () => workers.end(),
    killAll: () => {
      groups.forEach((group) => signalGroup(group, 'SIGKILL'));
      workers.killAll();
    },
  };
}

/** Not what was told to end, and may have left what it had started. */
function hasExited(code: number): boolean {
  return code < 128;
}

type Session = Pick<ProcessOptions, 'endsWithInput' | 'traced'>;

/**
 * An `ssh` that uses the connection and can make none of its own: it reads no configuration, and where the socket is
 * gone, the proxy that it would fall back to fails. No word needs quotes, since rsync splits its `--rsh` at spaces.
 */
function remoteShell(socket: string): string[] {
  const options = [
    'ControlMaster=no',
    `ControlPath=${socket}`,
    'ProxyCommand=false',
    'BatchMode=yes',
    'LogLevel=ERROR',
  ];
  return ['ssh', '-F', '/dev/null', ...options.flatMap((option) => ['-o', option])];
}

const LOST: ProcessResult = {
  code: null,
  signal: null,
  error: CONNECTION_LOST,
  timedOut: false,
  stdout: Buffer.alloc(0),
  stderr: [],
};

/** A process that ends because its connection did says nothing about what it was to do. */
async function afterAll(result: ProcessResult, connection: SshConnection): Promise<ProcessResult> {
  if (result.code !== CONNECTION_FAILED) return result;
  // The end of a session can be heard of before that of the connection which took it along.
  await Promise.race([connection.ended, new Promise((resolve) => setTimeout(resolve, 500).unref())]);
  return connection.isAlive ? result : { ...result, code: null, error: CONNECTION_LOST };
}

/** Lets as many pass at once as the server is good for. */
class Slots {
  readonly #most: () => number;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(most: () => number) {
    this.#most = most;
  }

  async hold<T>(what: () => Promise<T>): Promise<T> {
    if (this.#taken < this.#most()) this.#taken += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await what();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#taken -= 1;
      else next();
    }
  }
}
