import { rmSync } from 'node:fs';
import type { HostRoute } from '../../../planner/model/route.ts';
import type { SshEndpoint } from '../../../planner/model/spec.ts';
import { sshArguments } from '../../../planner/ssh/arguments.ts';
import { candidatesOf, type Network, type Reach } from '../../../planner/ssh/candidates.ts';
import { connectionProblem } from '../../../planner/ssh/failure.ts';
import { childEnvironment } from '../environment.ts';
import { ANSWER_TOO_LONG, type ProcessResult, type Transport } from '../transport.ts';
import { chooseEndpoint, type Attempted } from './choose.ts';
import { SshConnection } from './connection.ts';
import { makeSocketFolder } from './folder.ts';
import { CONNECTION_FAILED, sshTransport, type SshTransport } from './transport.ts';

export interface AskOptions {
  /** Milliseconds for the answer; the connection may need its own time before. */
  timeoutMs: number;
  signal?: AbortSignal;
}

/** How a server was reached. */
export interface Reached {
  route: HostRoute;
  /** What the script did, where it went along with the connection; null when the connection stood already, or none does. */
  first: ProcessResult | null;
  /** Null when there is no connection. */
  transport: SshTransport | null;
}

interface Server {
  route: HostRoute;
  /** Null when there is no connection. */
  reached: { connection: SshConnection; transport: SshTransport } | null;
  /** What the first script did there. */
  first: ProcessResult | null;
}

/**
 * The servers of a spec, each with one connection for everything that a command does there. Which endpoint leads to a
 * server is decided when it is asked first, and holds to the end.
 */
export class Servers {
  readonly #endpoints: Readonly<Record<string, SshEndpoint>>;
  readonly #reach: Reach;
  readonly #local: Transport;
  readonly #own: NodeJS.ProcessEnv;
  readonly #standsBy: boolean;
  readonly #env: NodeJS.ProcessEnv;
  readonly #servers = new Map<string, Promise<Server>>();
  readonly #reached = new Map<string, NonNullable<Server['reached']>>();
  #folder: string | null = null;
  #sockets = 0;

  /** @param standsBy more than one script will run there: each server gets a session for that as soon as it is reached */
  constructor(
    endpoints: Readonly<Record<string, SshEndpoint>>,
    reach: Reach,
    local: Transport,
    env: NodeJS.ProcessEnv,
    standsBy = false,
  ) {
    this.#endpoints = endpoints;
    this.#reach = reach;
    this.#local = local;
    this.#own = env;
    this.#standsBy = standsBy;
    this.#env = childEnvironment(env);
  }

  /**
   * Connects to a server unless that was tried before. A script that only asks goes along: all endpoints are tried at
   * once, and who answers has told everything.
   *
   * @param id of the host
   * @param names of its endpoints
   */
  async reach(id: string, names: readonly string[], script: string, options: AskOptions): Promise<Reached> {
    const known = this.#servers.get(id);
    const connecting = known ?? this.#connect(id, names, script, options);
    this.#servers.set(id, connecting);
    const { route, reached, first } = await connecting;
    const isAnswered = known === undefined || reached === null;
    return { route, first: isAnswered ? first : null, transport: reached?.transport ?? null };
  }

  /** Of a server that was reached; undefined for any other. */
  transport(id: string): SshTransport | undefined {
    return this.#reached.get(id)?.transport;
  }

  /** Ends all connections in order, and leaves nothing behind. */
  async close(): Promise<void> {
    await Promise.all([...this.#servers.values()]);
    for (const { transport } of this.#reached.values()) transport.end();
    await Promise.all([...this.#reached.values()].map(({ connection }) => connection.close()));
    this.#servers.clear();
    this.#reached.clear();
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }

  /** Ends everything at once. */
  killAll(): void {
    for (const { connection, transport } of this.#reached.values()) {
      transport.killAll();
      connection.kill();
    }
  }

  async #connect(id: string, names: readonly string[], script: string, options: AskOptions): Promise<Server> {
    const { order, excluded } = candidatesOf(names, this.#endpoints, this.#reach, await this.#networks(names));
    const attempt = (name: string, signal: AbortSignal) => this.#attempt(name, script, options, signal);
    const { chosen, passedOver } = await chooseEndpoint(order, attempt);
    const route: HostRoute = { endpoint: chosen?.endpoint ?? null, passedOver, excluded };
    if (chosen === null) return { route, reached: null, first: null };
    const { connection, first } = chosen.connection;
    if (connection === null) return { route, reached: null, first };
    const reached = { connection, transport: sshTransport(id, connection, this.#env) };
    if (this.#standsBy) reached.transport.standBy();
    this.#reached.set(id, reached);
    return { route, reached, first };
  }

  /** Nobody asks unless the answer matters. */
  async #networks(names: readonly string[]): Promise<ReadonlyMap<string, Network | null>> {
    if (this.#reach.network === null || names.length < 2) return new Map();
    const { networkOf } = await import('./networks.ts');
    const asking = names.map(async (name) => [name, await networkOf(name, this.#endpoints, this.#local)] as const);
    return new Map(await Promise.all(asking));
  }

  async #attempt(name: string, script: string, options: AskOptions, stop: AbortSignal): Promise<Attempted<Candidate>> {
    this.#folder ??= makeSocketFolder(this.#own);
    const late = AbortSignal.timeout(options.timeoutMs);
    const input = {
      words: sshArguments(name, this.#endpoints),
      socket: `${this.#folder}/${++this.#sockets}`,
      env: this.#env,
      makePipe: (path: string) => this.#local.run(['mkfifo', '-m', '600', path]),
      first: script,
    };
    const signal = AbortSignal.any([stop, late, ...(options.signal === undefined ? [] : [options.signal])]);
    const opened = await SshConnection.open(input, signal);
    if (opened.ok) {
      const { connection, first: stdout } = opened;
      return { ok: true, connection: new Candidate(connection, { ...ANSWERED, stdout }) };
    }
    const { result } = opened;
    const failed = result.code === null || result.code === CONNECTION_FAILED || result.error !== null;
    if (!failed || result.error === ANSWER_TOO_LONG) return { ok: true, connection: new Candidate(null, result) };
    const problem = connectionProblem(name, this.#endpoints, { ...result, timedOut: late.aborted });
    return { ok: false, problem };
  }
}

const ANSWERED: ProcessResult = {
  code: 0,
  signal: null,
  error: null,
  timedOut: false,
  stdout: Buffer.alloc(0),
  stderr: [],
};

/** An endpoint that answered. Without a connection when it let us in and ran no shell for us. */
class Candidate {
  readonly connection: SshConnection | null;
  readonly first: ProcessResult;

  constructor(connection: SshConnection | null, first: ProcessResult) {
    this.connection = connection;
    this.first = first;
  }

  async close(): Promise<void> {
    await this.connection?.close();
  }
}
