import type { HostRoute } from '../../planner/model/facts.ts';
import type { HostQuestions } from '../../planner/model/questions.ts';
import { CONNECTION_FAILED } from '../transport/ssh/transport.ts';
import type { Servers } from '../transport/ssh/servers.ts';
import { CONNECTION_LOST, type ProcessResult } from '../transport/transport.ts';
import { ask, observation, unreachable, type HostObservation, type ProbeOptions } from './observe-host.ts';
import { parseAnswer } from './parse-answer.ts';
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
  const script = probeScript(questions);
  const { route, first, transport } = await servers.reach(id, names, script, options);
  const result = first ?? (transport === null ? null : await ask(script, transport, options));
  const answer = result === null ? null : parseAnswer(result.stdout, questions);
  const seen =
    answer === null ? unreachable(questions, whyNot(route, result, options)) : observation(answer, questions);
  return { ...seen, host: { ...seen.host, route } };
}

function whyNot(
  { endpoint, passedOver, excluded }: HostRoute,
  result: ProcessResult | null,
  options: ProbeOptions,
): string {
  if (endpoint === null || result === null) {
    const tried = passedOver.map(({ endpoint: name, problem }) => `${name}: ${problem?.short ?? 'too slow'}`);
    return [...tried, ...excluded.map((name) => `${name}: excluded by --exclude-location`)].join(', ');
  }
  if (result.error === CONNECTION_LOST) return `${endpoint}: the connection broke`;
  if (result.timedOut) return `${endpoint}: no answer within ${options.timeoutMs / 1000} s`;
  const last = result.stderr.at(-1);
  if (result.code === CONNECTION_FAILED)
    return `${endpoint}: ssh failed${last === undefined ? '' : ` (${last.trim()})`}`;
  return `${endpoint} lets nbkp in and does not run sh there${last === undefined ? '' : ` (${last})`}`;
}
