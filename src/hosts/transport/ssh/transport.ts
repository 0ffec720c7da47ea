import { randomUUID } from 'node:crypto';
import type { LockHolder } from '../../../planner/model/event.ts';
import type { LockRequest } from '../../../planner/model/step.ts';
import { whenFree } from '../lock.ts';
import { signalGroup } from '../process-group.ts';
import { runProcess, type ProcessOptions } from '../local.ts';
import { CONNECTION_LOST } from '../transport.ts';
import type { LockOptions, LockResult, ProcessResult, RunOptions, Transport } from '../transport.ts';
import type { SshConnection } from './connection.ts';
import { Order } from './in-order.ts';
import { evaluateInput, orderScript, processScript } from './scripts.ts';

/** Of `ssh` when the connection failed; else its exit code is the remote command's (ssh(1), EXIT STATUS). */
export const CONNECTION_FAILED = 255;
/** How things are run on a server, and how programs of this machine reach it. */
export interface SshTransport extends Transport {
  /** What `rsync --rsh` takes. */
  remoteShell: string;
  /** Runs a program of this machine that reaches the server by `remoteShell`. */
  runHere: Transport['run'];
  killAll(): void;
}

/** A transport over a connection that stands. */
export function sshTransport(hostId: string, connection: SshConnection, env: NodeJS.ProcessEnv): SshTransport {
  const shell = remoteShell(connection.socket);
  const groups = new Set<number>();
  const sessions = new Sessions(connection);
  const run = async (
    argv: readonly string[],
    options: RunOptions & Pick<ProcessOptions, 'endsWithInput' | 'traced'>,
  ) => {
    const { locks = [], ...others } = options;
    const descriptors = [connection.descriptor, ...locks.map((lock) => lock.descriptor)];
    connection.use();
    await sessions.begin();
    const result = connection.isAlive ? await runProcess(argv, { ...others, env, descriptors }, groups) : LOST;
    sessions.end();
    return afterAll(result, connection);
  };
  return {
    hostId,
    remoteShell: shell.join(' '),
    run: (argv, options = {}) => {
      const script = processScript(argv, options.stdin);
      const words = [...shell, '-T', '--', 'server', evaluateInput(script)];
      return run(words, { ...options, stdin: script, endsWithInput: true, traced: { host: hostId, argv } });
    },
    runInOrder: async (commands, options = {}) => {
      const mark = `nbkp-${randomUUID()}`;
      const order = new Order(commands, mark, options.onStderrLine);
      const script = orderScript(commands, mark);
      const words = [...shell, '-T', '--', 'server', evaluateInput(script)];
      const session = { stdin: script, endsWithInput: true, traced: null, onStderrLine: order.read };
      return order.end(await run(words, { ...options, ...session }), hostId);
    },
    runHere: (argv, options = {}) => run(argv, options),
    lock: (request: LockRequest, holder: LockHolder, options: LockOptions = {}): Promise<LockResult> =>
      whenFree(() => connection.tryLock(request, holder), options),
    killAll: () => groups.forEach((group) => signalGroup(group, 'SIGKILL')),
  };
}

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
class Sessions {
  readonly #connection: SshConnection;
  #open = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(connection: SshConnection) {
    this.#connection = connection;
  }

  async begin(): Promise<void> {
    if (this.#open < this.#connection.sessions) this.#open += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  end(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#open -= 1;
    else next();
  }
}
