import type { ConnectionProblem } from '../model/facts.ts';
import { quote } from '../model/quote.ts';
import type { SshEndpoint } from '../model/spec.ts';
import { findEndpoint, hostName, shellLine, sshByHand } from './arguments.ts';

/** How an `ssh` ended that should have connected. */
export interface FailedConnection {
  /** Of standard error, under `LC_ALL=C`; those of the machines on the way are among them. */
  stderr: readonly string[];
  timedOut: boolean;
  /** Why `ssh` could not be started: `ENOENT`, … */
  error: string | null;
}

type Explanation = Omit<ConnectionProblem, 'code'>;

interface Failure {
  match: RegExpExecArray;
  /** All of standard error. */
  text: string;
  endpoint: SshEndpoint;
  /** What a person types to connect in the same way. */
  byHand: string;
}

type Explain = (failure: Failure) => Explanation;

/**
 * What OpenSSH (9.2; the texts are those of its sources since 5.x) says, most telling first: a changed key is also
 * reported as a failed verification, and a failed jump as a closed connection.
 */
const SAID: [code: string, pattern: RegExp, explain: Explain][] = [
  ['host-key-changed', /REMOTE HOST IDENTIFICATION HAS CHANGED/, changedKey],
  ['host-key-unknown', /No \S+ host key is known for (\S+) and you have requested strict checking/, unknownKey],
  ['host-key-unknown', /Host key verification failed/, unknownKey],
  [
    'ssh-configuration-invalid',
    /^.*(?:Bad configuration option|Bad owner or permissions on|bad configuration options|Unsupported option|keyword \S+ extra arguments).*$/m,
    ({ match: [line], endpoint: { name } }) => ({
      short: 'OpenSSH does not take its configuration',
      message: `ssh does not accept its configuration for ${name}: ${line.trim()}.`,
      help: `Correct it in ~/.ssh/config, or in [ssh.${name}] of the spec.`,
    }),
  ],
  ['ssh-key-unusable', /Load key "(.+)": .*/, unusableKey],
  ['ssh-login-refused', /(\S+@\S+): Permission denied \((\S+)\)/, refusedLogin],
  ['ssh-login-refused', /Too many authentication failures/, refusedLogin],
  [
    'host-name-unknown',
    /Could not resolve hostname (\S+?): |Name or service not known|Temporary failure in name resolution/,
    ({ match: [, host], endpoint }) => ({
      short: 'no such name',
      message: `The name ${host ?? hostName(endpoint)} of ${endpoint.name} leads to no address.`,
      help: `If this machine has a network, correct \`host\` in [ssh.${endpoint.name}]: getent hosts ${host ?? hostName(endpoint)}`,
    }),
  ],
  [
    'host-refused',
    /Connection refused/,
    ({ endpoint: { name } }) => ({
      short: 'refused',
      message: `${name} is there, but no SSH server listens on that port.`,
      help: `Start it there (sudo systemctl start ssh), or correct \`port\` in [ssh.${name}].`,
    }),
  ],
  [
    'host-no-route',
    /No route to host|Network is unreachable|Host is down/,
    ({ endpoint: { name } }) => ({
      short: 'no route',
      message: `There is no way to ${name} from the network that this machine is in.`,
      help: 'Connect to the network that it is in, or give the volume another endpoint that leads to it.',
    }),
  ],
  ['host-timed-out', /timed out|Timeout, server \S+ not responding/, timedOut],
  [
    'host-hung-up',
    /Connection (?:closed|reset)|kex_exchange_identification|stdio forwarding failed|administratively prohibited/,
    ({ endpoint: { name, proxyJump } }) => ({
      short: 'hung up',
      message: `The connection to ${name} was closed before it stood.`,
      help:
        proxyJump.length > 0
          ? `See whether ${proxyJump.join(' and ')} may connect to it: the server there decides (AllowTcpForwarding, PermitOpen).`
          : 'See the log of its SSH server: it may limit how often one may connect (MaxStartups, fail2ban).',
    }),
  ],
];

/** What happens to somebody who is elsewhere, or whose server is asleep. Most other problems wait for a person. */
const ELSEWHERE = new Set(['host-name-unknown', 'host-no-route', 'host-timed-out', 'host-refused']);

export function isElsewhere(code: string): boolean {
  return ELSEWHERE.has(code);
}

/** A stranger's machine may well have this address in the network where one is now. */
export function isUnverified(code: string): boolean {
  return code === 'host-key-unknown' || code === 'host-key-changed';
}

/**
 * Why an endpoint was not reached, as a finding with its own code.
 *
 * @param name of the endpoint
 */
export function connectionProblem(
  name: string,
  endpoints: Readonly<Record<string, SshEndpoint>>,
  failed: FailedConnection,
): ConnectionProblem {
  const endpoint = findEndpoint(name, endpoints);
  const byHand = shellLine(sshByHand(name, endpoints));
  if (failed.error === 'ENOENT') {
    return {
      code: 'ssh-missing',
      short: 'no ssh here',
      message: 'The program ssh is not installed on this machine.',
      help: 'sudo apt install openssh-client',
    };
  }
  const text = failed.stderr.join('\n');
  for (const [code, pattern, explain] of SAID) {
    const match = pattern.exec(text);
    if (match !== null) return { code, ...explain({ match, text, endpoint, byHand }) };
  }
  if (failed.timedOut) return { code: 'host-timed-out', ...timedOut({ endpoint }) };
  const last = failed.stderr.findLast((line) => line.trim() !== '');
  return {
    code: 'ssh-failed',
    short: 'ssh failed',
    message: `ssh could not connect to ${endpoint.name}: ${last ?? failed.error ?? 'it gave no reason'}.`,
    help: `To see more: ${byHand}`,
  };
}

function changedKey({ text, endpoint, byHand }: Failure): Explanation {
  const known = /Host key for (\S+) has changed/.exec(text)?.[1] ?? hostName(endpoint);
  const file = /Offending \S+ key in (.+):\d+$/m.exec(text)?.[1];
  return {
    short: 'its key has changed',
    message: `The key of ${known} is not the one that was known: this may be another machine. Nothing was sent to it.`,
    help: `If the server was set up anew, forget its old key and accept the new one: ssh-keygen${file === undefined ? '' : ` -f ${quote(file)}`} -R ${quote(known)} && ${byHand}`,
  };
}

function unknownKey({ match: [, known], endpoint, byHand }: Failure): Explanation {
  return {
    short: 'its key is not known',
    message: `The key of ${known ?? endpoint.name} is not known yet. Nothing was sent to it.`,
    help: `Connect once and compare the fingerprint with the server's own (there: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub): ${byHand}`,
  };
}

function unusableKey({ match: [, key = ''], endpoint: { name } }: Failure): Explanation {
  return {
    short: 'its key file is unusable',
    message: `The private key ${key} of ${name} cannot be used.`,
    help: `It has to be there and readable for you alone (chmod 600). Or correct \`key\` in [ssh.${name}].`,
  };
}

function refusedLogin({ match: [, who], endpoint: { name, key } }: Failure): Explanation {
  return {
    short: 'login refused',
    message: `${who ?? name} lets this user in with none of the keys that ssh can use without asking.`,
    help: `${key === null ? '' : `See that ${key} is there. `}If the key has a passphrase, give it to the agent: ssh-add${key === null ? '' : ` ${key}`}. If the server does not know the key, add its .pub file to ~/.ssh/authorized_keys there. If the user is another: \`user\` in [ssh.${name}].`,
  };
}

function timedOut({ endpoint: { name, connectTimeout } }: Pick<Failure, 'endpoint'>): Explanation {
  return {
    short: 'no answer',
    message: `${name} did not answer in time.`,
    help: `It may be off, asleep, or behind a firewall.${connectTimeout === null ? ` If it is only slow: \`connect-timeout\` in [ssh.${name}].` : ''}`,
  };
}
