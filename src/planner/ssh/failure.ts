import type { ConnectionProblem } from '../model/route.ts';
import * as servers from '../model/findings/servers.ts';
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

interface Failure {
  match: RegExpExecArray;
  /** All of standard error. */
  text: string;
  endpoint: SshEndpoint;
  /** What a person types to connect in the same way. */
  byHand: string;
}

type Explain = (failure: Failure) => ConnectionProblem;

/**
 * What OpenSSH (9.2; the texts are those of its sources since 5.x) says, most telling first: a changed key is also
 * reported as a failed verification, and a failed jump as a closed connection.
 */
const SAID: [pattern: RegExp, explain: Explain][] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED/, changedKey],
  [/No \S+ host key is known for (\S+) and you have requested strict checking/, unknownKey],
  [/Host key verification failed/, unknownKey],
  [
    /^.*(?:Bad configuration option|Bad owner or permissions on|bad configuration options|Unsupported option|keyword \S+ extra arguments).*$/m,
    ({ match: [line], endpoint: { name } }) =>
      problem('OpenSSH does not take its configuration', servers.sshConfigurationInvalid(name, line.trim())),
  ],
  [
    /Load key "(.+)": .*/,
    ({ match: [, key = ''], endpoint: { name } }) =>
      problem('its key file is unusable', servers.sshKeyUnusable(name, key)),
  ],
  [/(\S+@\S+): Permission denied \((\S+)\)/, refusedLogin],
  [/Too many authentication failures/, refusedLogin],
  [
    /Could not resolve hostname (\S+?): |Name or service not known|Temporary failure in name resolution/,
    ({ match: [, host], endpoint }) =>
      problem('no such name', servers.hostNameUnknown(endpoint.name, host ?? hostName(endpoint))),
  ],
  [/Connection refused/, ({ endpoint: { name } }) => problem('refused', servers.hostRefused(name))],
  [
    /No route to host|Network is unreachable|Host is down/,
    ({ endpoint: { name } }) => problem('no route', servers.hostNoRoute(name)),
  ],
  [/timed out|Timeout, server \S+ not responding/, ({ endpoint }) => timedOut(endpoint)],
  [
    /Connection (?:closed|reset)|kex_exchange_identification|stdio forwarding failed|administratively prohibited/,
    ({ endpoint: { name, proxyJump } }) => problem('hung up', servers.hostHungUp(name, proxyJump)),
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
  if (failed.error === 'ENOENT') return problem('no ssh here', servers.sshMissing());
  const text = failed.stderr.join('\n');
  for (const [pattern, explain] of SAID) {
    const match = pattern.exec(text);
    if (match !== null) return explain({ match, text, endpoint, byHand });
  }
  if (failed.timedOut) return timedOut(endpoint);
  const said = failed.stderr.findLast((line) => line.trim() !== '') ?? failed.error;
  // That a server closes or resets a connection, or is silent, while keys are exchanged is not said below `INFO`.
  if (said === null) return problem('hung up', servers.hostHungUp(endpoint.name, endpoint.proxyJump));
  return problem('ssh failed', servers.sshFailed(endpoint.name, said, byHand));
}

/** @param short in a few words, for a list of endpoints */
function problem(short: string, { code, message, help }: Omit<ConnectionProblem, 'short'>): ConnectionProblem {
  return { code, short, message, help };
}

function changedKey({ text, endpoint, byHand }: Failure): ConnectionProblem {
  const known = /Host key for (\S+) has changed/.exec(text)?.[1] ?? hostName(endpoint);
  const file = /Offending \S+ key in (.+):\d+$/m.exec(text)?.[1];
  const forget = `ssh-keygen${file === undefined ? '' : ` -f ${quote(file)}`} -R ${quote(known)}`;
  return problem('its key has changed', servers.hostKeyChanged(known, `${forget} && ${byHand}`));
}

function unknownKey({ match: [, known], endpoint, byHand }: Failure): ConnectionProblem {
  return problem('its key is not known', servers.hostKeyUnknown(known ?? endpoint.name, byHand));
}

function refusedLogin({ match: [, who], endpoint: { name, key } }: Failure): ConnectionProblem {
  return problem('login refused', servers.sshLoginRefused({ endpoint: name, who: who ?? name, key }));
}

function timedOut({ name, connectTimeout }: SshEndpoint): ConnectionProblem {
  return problem('no answer', servers.hostTimedOut(name, connectTimeout !== null));
}
