import { quote } from '../model/quote.ts';
import type { SshEndpoint } from '../model/spec.ts';

type Endpoints = Readonly<Record<string, SshEndpoint>>;

/** Seconds for one connection to stand, handshake and key exchange included, unless the spec says. */
const CONNECT_TIMEOUT = 10;
/** Seconds of silence until the server is asked for a sign of life, unless the spec says; three times, then it is gone. */
const ALIVE_INTERVAL = 15;

/**
 * What nothing may change, and so comes first: in ssh_config(5) "the first obtained value will be used". Nobody is there
 * to answer a question, and what the user's configuration adds for people at a terminal would get in the way.
 */
const FIXED = options({
  BatchMode: 'yes',
  RequestTTY: 'no',
  RemoteCommand: 'none',
  PermitLocalCommand: 'no',
  ClearAllForwardings: 'yes',
  ForwardX11: 'no',
});

/**
 * All that follows `ssh` to reach an endpoint, up to and including its host; a command may come after it. What the spec
 * leaves open is not there, so that ssh takes it from the user's own configuration, for each machine on the way.
 *
 * @param name must be in `endpoints`, as must be the names of `proxyJump`; there may be no circle
 */
export function sshArguments(name: string, endpoints: Endpoints): string[] {
  return wordsFor(name, endpoints, { asks: false });
}

/** A command line that reaches an endpoint in the same way, and asks the person who types it about keys. */
export function sshByHand(name: string, endpoints: Endpoints): string[] {
  return ['ssh', ...wordsFor(name, endpoints, { asks: true })];
}

/** The host as `ssh` is told it: an alias of the user's configuration, a name or an address. */
export function hostName({ host, name }: SshEndpoint): string {
  return host ?? name;
}

interface Manner {
  /** Somebody is there to answer. */
  asks: boolean;
  /** It forwards to the next machine. Why that failed it tells only from `INFO` on; a login would show a banner then. */
  isJump?: boolean;
}

function wordsFor(name: string, endpoints: Endpoints, manner: Manner): string[] {
  const endpoint = findEndpoint(name, endpoints);
  const way = through(endpoint.proxyJump, endpoints, manner);
  return [...settings(endpoint, manner), ...way, '--', hostName(endpoint)];
}

function settings(endpoint: SshEndpoint, { asks, isJump = false }: Manner): string[] {
  const { port, user, key, knownHostsFile, strictHostKeyChecking, compress, forwardAgent } = endpoint;
  return [
    ...(asks ? [] : [...FIXED, ...options({ LogLevel: isJump ? 'INFO' : 'ERROR' })]),
    ...options(endpoint.options),
    ...(port === null ? [] : ['-p', String(port)]),
    ...(user === null ? [] : ['-l', user]),
    // Else an agent with many keys uses up the server's patience before it comes to this one.
    ...(key === null ? [] : options({ IdentityFile: quoted(literal(key)), IdentitiesOnly: 'yes' })),
    ...options({
      ...(knownHostsFile !== null && { UserKnownHostsFile: quoted(literal(knownHostsFile)) }),
      StrictHostKeyChecking: asks ? 'ask' : yesOrNo(strictHostKeyChecking),
      ...(!asks && patience(endpoint)),
      ...(compress !== null && { Compression: yesOrNo(compress) }),
      ...(forwardAgent !== null && { ForwardAgent: yesOrNo(forwardAgent) }),
    }),
  ];
}

function patience({ connectTimeout, serverAliveInterval }: SshEndpoint): Record<string, string> {
  return {
    ConnectTimeout: String(connectTimeout ?? CONNECT_TIMEOUT),
    ServerAliveInterval: String(serverAliveInterval ?? ALIVE_INTERVAL),
    ServerAliveCountMax: '3',
  };
}

/**
 * `-J` would take only host, user and port for the machines on the way. A jump is an endpoint like any other, with its own
 * key, known hosts and timeouts, so each gets its own `ssh -W`.
 *
 * @param jumps in the order in which they are passed; those before the last decide how the last is reached
 */
function through(jumps: readonly string[], endpoints: Endpoints, manner: Manner): string[] {
  const last = jumps.at(-1);
  if (last === undefined) return [];
  const jump = findEndpoint(last, endpoints);
  const before = jumps.length > 1 ? jumps.slice(0, -1) : jump.proxyJump;
  // It may use a connection that the user has open, and leaves none of its own behind.
  const words = [
    ...settings(jump, { ...manner, isJump: true }),
    ...options({ ControlMaster: 'no' }),
    ...through(before, endpoints, manner),
  ];
  const command = ['ssh', ...words.map(literal), '-W', '[%h]:%p', '--', literal(hostName(jump))];
  return options({ ProxyCommand: shellLine(command) });
}

function options(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([option, value]) => ['-o', `${option}=${value}`]);
}

/** ssh replaces `%h` and its like (TOKENS in ssh_config(5)) in what it runs and in names of files. */
function literal(text: string): string {
  return text.replaceAll('%', '%%');
}

/** A value of ssh_config(5) that may hold spaces. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** A command for a shell. Words are bare where nothing has to be quoted, since people read them. */
export function shellLine(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quote(word))).join(' ');
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

/** @throws when the spec, which was checked, has no such endpoint */
export function findEndpoint(name: string, endpoints: Endpoints): SshEndpoint {
  const endpoint = endpoints[name];
  if (endpoint === undefined) throw new Error(`the SSH endpoint ${name} is not in the spec`);
  return endpoint;
}
