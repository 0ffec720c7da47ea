import type { HostRoute } from '../../planner/model/route.ts';
import type { HostQuestions } from '../../planner/model/questions.ts';
import { CONNECTION_FAILED } from '../transport/ssh/transport.ts';
import type { Servers } from '../transport/ssh/servers.ts';
import { ANSWER_TOO_LONG, CONNECTION_LOST, type ProcessResult } from '../transport/transport.ts';
import { runProbe, observation, unreachable, type HostObservation, type ProbeOptions } from './observe-host.ts';
import { otherSystem, parseAnswer } from './parse-answer.ts';
import { probeScript } from './probe-script.ts';

/**
 * Asks a server all its questions in one go, through the connection that this command has to it or now makes. Changes
 * nothing there.
 *
 * @param id of the host
 * @param names of its endpoints, as in the spec
 */
export async function observeServer(
  id: string,
  names: readonly string[],
  questions: HostQuestions,
  servers: Servers,
  options: ProbeOptions,
): Promise<HostObservation> {
  const script = `date +%s; printf '\\000'\n${probeScript(questions, true)}`;
  const asked = Date.now();
  const { route, first, transport } = await servers.reach(id, names, script, options);
  const result = first ?? (transport === null ? null : await runProbe(script, transport, options));
  const end = result?.stdout.indexOf(0) ?? -1;
  const answer = result === null || end === -1 ? null : parseAnswer(result.stdout.subarray(end + 1), questions);
  if (answer === null || result === null) {
    const system = result === null ? null : otherSystem(result.stdout.subarray(end + 1));
    const seen = unreachable(questions, whyNot(route, result, options, transport !== null), system);
    return { ...seen, host: { ...seen.host, route } };
  }
  const clockSkew = skew(result.stdout.subarray(0, end).toString('latin1'), asked, Date.now());
  const seen = observation(answer, questions);
  return { ...seen, host: { ...seen.host, route, clockSkew } };
}

/** Zero for a clock that was right at any moment between question and answer, give or take a second. */
function skew(text: string, asked: number, answered: number): number {
  const there = Number.parseInt(text, 10) * 1000;
  if (there > answered + 1000) return Math.round((there - answered) / 1000);
  return there < asked - 1000 ? Math.round((there - asked) / 1000) : 0;
}

function whyNot(
  { endpoint, passedOver, excluded }: HostRoute,
  result: ProcessResult | null,
  options: ProbeOptions,
  ranShell: boolean,
): string {
  if (endpoint === null || result === null) {
    const tried = passedOver.map(({ endpoint: name, problem }) => `${name}: ${problem?.short ?? 'too slow'}`);
    return [...tried, ...excluded.map((name) => `${name}: excluded by --exclude-location`)].join(', ');
  }
  if (result.error === CONNECTION_LOST) return `${endpoint}: the connection broke`;
  if (result.timedOut) return `${endpoint}: no answer within ${options.timeoutMs / 1000} s`;
  if (result.error === ANSWER_TOO_LONG)
    return `${endpoint} writes more than any answer is long, and was not listened to`;
  if (ranShell && result.code === 0) return `what ${endpoint} writes is not the answer to what nbkp asked`;
  const last = result.stderr.at(-1);
  if (result.code === CONNECTION_FAILED)
    return `${endpoint}: ssh failed${last === undefined ? '' : ` (${last.trim()})`}`;
  return `${endpoint} lets nbkp in and does not run sh there${last === undefined ? '' : ` (${last})`}`;
}
