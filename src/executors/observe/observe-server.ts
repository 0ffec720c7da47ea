import type { HostRoute } from '../../planner/model/facts.ts';
import { quote } from '../../planner/model/quote.ts';
import type { HostQuestions } from '../../planner/model/questions.ts';
import type { SshEndpoint } from '../../planner/model/spec.ts';
import { sshArguments } from '../../planner/ssh/arguments.ts';
import { candidatesOf, type Reach } from '../../planner/ssh/candidates.ts';
import { connectionProblem } from '../../planner/ssh/failure.ts';
import { chooseEndpoint, type Attempted } from '../transport/ssh/choose.ts';
import type { ProcessResult, Transport } from '../transport/transport.ts';
import { observation, unreachable, type HostObservation, type ProbeOptions } from './observe-host.ts';
import { parseAnswer, type Answer } from './parse-answer.ts';
import { probeScript } from './probe-script.ts';

/** Of `ssh` when the connection failed; else its exit code is the remote command's (ssh(1), EXIT STATUS). */
const CONNECTION_FAILED = 255;
/** Comes before the answer: whatever a login shell prints on its own stands before it. */
const BEGIN = '\0nbkp probe\0';

export interface Servers {
  /** The spec's. */
  endpoints: Readonly<Record<string, SshEndpoint>>;
  reach: Reach;
  /** Runs `ssh`. */
  local: Transport;
}

/**
 * Asks a server all its questions, through the most wanted of its endpoints that answers. All are tried at once, and the
 * try is the question: who answers has told everything. Changes nothing there.
 *
 * @param names of its endpoints, as in the spec
 */
export async function observeServer(
  questions: HostQuestions,
  names: readonly string[],
  { endpoints, reach, local }: Servers,
  options: ProbeOptions,
): Promise<HostObservation> {
  const { order, excluded } = candidatesOf(names, endpoints, reach);
  const script = `printf ${quote(BEGIN.replaceAll('\0', String.raw`\000`))}\n${probeScript(questions)}`;
  const ask = async (name: string, signal: AbortSignal): Promise<Attempted<Asked>> => {
    // Standard input bears a script of any length, and any login shell passes these words on as they are.
    const argv = ['ssh', ...sshArguments(name, endpoints), `exec sh -c 'eval "$(cat)"'`];
    const result = await local.run(argv, { stdin: script, timeoutMs: options.timeoutMs, signal });
    if (result.code === CONNECTION_FAILED || result.error !== null || result.timedOut) {
      return { ok: false, problem: connectionProblem(name, endpoints, result) };
    }
    return { ok: true, connection: { result, close: () => Promise.resolve() } };
  };
  const { chosen, passedOver } = await chooseEndpoint(order, ask);
  const route: HostRoute = { endpoint: chosen?.endpoint ?? null, passedOver, excluded };
  const answer = chosen === null ? null : answerOf(chosen.connection.result, questions);
  const seen =
    answer === null ? unreachable(questions, whyNot(route, chosen?.connection.result)) : observation(answer, questions);
  return { ...seen, host: { ...seen.host, route } };
}

interface Asked {
  result: ProcessResult;
  close(): Promise<void>;
}

function answerOf({ stdout }: ProcessResult, questions: HostQuestions): Answer | null {
  const begin = stdout.indexOf(BEGIN);
  return begin === -1 ? null : parseAnswer(stdout.subarray(begin + BEGIN.length), questions);
}

function whyNot({ endpoint, passedOver, excluded }: HostRoute, result: ProcessResult | undefined): string {
  if (endpoint !== null) {
    const last = result?.stderr.at(-1);
    return `${endpoint} lets nbkp in and does not run sh there${last === undefined ? '' : ` (${last})`}`;
  }
  const tried = passedOver.map(({ endpoint: name, problem }) => `${name}: ${problem?.short ?? 'too slow'}`);
  return [...tried, ...excluded.map((name) => `${name}: excluded by --exclude-location`)].join(', ');
}
