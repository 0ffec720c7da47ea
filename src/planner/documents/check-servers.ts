import { toolProblems } from '../compile/available.ts';
import { locate } from '../model/finding.ts';
import type { CheckResult } from '../model/documents.ts';
import type { HostFacts } from '../model/facts.ts';
import type { PassedOver } from '../model/route.ts';
import { clockSkew, noEndpointLeads, remoteShellUnusable, systemUnknown } from '../model/findings/servers.ts';
import type { Spec } from '../model/spec.ts';
import { sshByHand } from '../ssh/arguments.ts';
import { isElsewhere, isUnverified } from '../ssh/failure.ts';
import { absent, failed, passed } from './check-results.ts';

/** One way that leads to the server is enough, and still each endpoint whose configuration is wrong is told. */
export function serverChecks(spec: Spec, id: string, host: HostFacts): CheckResult[] {
  const { route } = host;
  if (route === undefined) return [];
  const volumes = Object.values(spec.volumes).filter(({ host }) => host === id);
  const server = `the server of ${volumes.map(({ name }) => name).join(', ')}`;
  const endpoints = route.passedOver.flatMap((passedOver) => endpointCheck(spec, passedOver, host.reachable));
  if (host.reachable) {
    const endpoint = route.endpoint ?? '';
    const [ssh = '', ...words] = sshByHand(endpoint, spec.ssh);
    const tools = toolChecks(host, server, [ssh, '-t', ...words]);
    const clock = clockCheck(host.clockSkew ?? 0, server, [ssh, '-t', ...words]);
    return [...endpoints, passed({ subject: `${server}, by ${endpoint}` }), ...tools, ...clock];
  }
  if (host.system !== undefined) {
    return [...endpoints, failed({ subject: server }, systemUnknown(server, host.system))];
  }
  if (route.endpoint !== null) {
    const message = `There is a connection to ${server}, and no answer: ${host.reason}.`;
    return [...endpoints, failed({ subject: server }, remoteShellUnusable(message))];
  }
  return [...endpoints, absent({ subject: server }, noEndpointLeads(server, host.reason))];
}

/** Seconds that two clocks may differ: snapshots bear the time of the machine that makes them. */
const TOLERATED_SKEW = 60;

function clockCheck(skew: number, server: string, there: readonly string[]): CheckResult[] {
  const about = { subject: `the clock of ${server}` };
  if (Math.abs(skew) <= TOLERATED_SKEW) return [passed(about)];
  const finding = clockSkew({ server, seconds: skew });
  return [failed(about, finding, [[...there, 'sudo', 'timedatectl', 'set-ntp', 'true']])];
}

function endpointCheck(spec: Spec, { endpoint, problem }: PassedOver, isReached: boolean): CheckResult[] {
  const about = { subject: `the SSH endpoint ${endpoint}` };
  if (problem === null) return [];
  const { code, message, help } = problem;
  const finding = { code, message, help, ...locate(spec, `/ssh/${endpoint}`) };
  const isNormal = isElsewhere(code) || (isReached && isUnverified(code));
  return [isNormal ? absent(about, finding) : failed(about, { severity: 'error', ...finding })];
}

/**
 * The programs that every machine with a volume needs.
 *
 * @param there comes before a command that has to be run on that machine
 */
export function toolChecks(
  host: Extract<HostFacts, { reachable: true }>,
  machine: string,
  there: readonly string[] = [],
): CheckResult[] {
  const problems = toolProblems(host, there.length === 0 ? '' : ` on ${machine}`);
  return (['rsync', 'flock'] as const).map((tool) => {
    const about = { subject: `${tool} on ${machine}` };
    const problem = problems.find(({ code }) => code.startsWith(tool));
    const packageName = tool === 'rsync' ? 'rsync' : 'util-linux';
    return problem === undefined
      ? passed(about)
      : failed(about, problem, [[...there, 'sudo', 'apt', 'install', packageName]]);
  });
}
