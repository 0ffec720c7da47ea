import type { AskedQuestion } from '../../planner/facts/answers.ts';
import type { ExecutorQuestion, InputPart, StoredCheck } from '../../planner/model/executor.ts';
import type { ExecutorAnswer, Facts } from '../../planner/model/facts.ts';
import type { Result } from '../../planner/model/result.ts';
import type { RunOptions, Transport } from '../transport/transport.ts';
import { inputBytes } from '../transport/input.ts';

/** What each question may take, in milliseconds. */
const TIMEOUT_MS = 10_000;
/** Of each answer, in bytes. */
const MOST = 1024 * 1024;

export interface Asking {
  /** What each question may take that does not say so itself, in milliseconds. */
  timeoutMs?: number;
  /** Fetches a passphrase. Without it none is at hand. */
  secret?: (id: string) => Promise<Result<string>>;
}

/**
 * Asks what executors want to know, all at once.
 *
 * @param transport of a host; undefined for one that was not reached
 * @returns an answer to each question; its `problem` says why there is none
 */
export async function askExecutors(
  questions: readonly AskedQuestion[],
  transport: (host: string) => Pick<Transport, 'run'> | undefined,
  asking: Asking = {},
): Promise<NonNullable<Facts['answers']>> {
  const answers: NonNullable<Facts['answers']> = {};
  const secrets = await fetched(questions, asking);
  await Promise.all(
    questions.map(async (question) => {
      const { executor, sync, id, host } = question;
      const ofSync = ((answers[executor] ??= {})[sync] ??= {});
      // In the order of the questions, whoever answers first.
      ofSync[id] = unanswered(`${host} was not reached`);
      const there = transport(host);
      if (there !== undefined)
        ofSync[id] = await ask({ timeoutMs: TIMEOUT_MS, ...asking, ...question }, secrets, there);
    }),
  );
  return answers;
}

type Question = Pick<AskedQuestion, 'argv' | 'mostBytes' | 'stdin'> & { timeoutMs: number };

type Secrets = ReadonlyMap<string, Result<string>>;

/** Each once, one after the other: somebody may be asked for it. */
async function fetched(questions: readonly Pick<AskedQuestion, 'stdin'>[], { secret }: Asking): Promise<Secrets> {
  const secrets = new Map<string, Result<string>>();
  for (const id of new Set(questions.flatMap(({ stdin = [] }) => secretsIn(stdin)))) {
    if (secret !== undefined) secrets.set(id, await secret(id));
  }
  return secrets;
}

function secretsIn(stdin: readonly InputPart[]): string[] {
  return stdin.flatMap((part) => (typeof part === 'string' || part instanceof Uint8Array ? [] : [part.secret]));
}

async function ask(
  { argv, timeoutMs, mostBytes = MOST, stdin }: Question,
  secrets: Secrets,
  transport: Pick<Transport, 'run'>,
): Promise<ExecutorAnswer> {
  const input = inputOf(stdin, secrets);
  if ('problem' in input) return unanswered(input.problem);
  const chunks: Buffer[] = [];
  let size = 0;
  const onStdout = (chunk: Buffer): void => {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  };
  const options = { onStdout, timeoutMs, ...input.options, alone: true };
  const { code, error, timedOut } = await transport.run(argv, options);
  const [program = ''] = argv;
  if (timedOut) return unanswered(`${program} did not answer within ${timeoutMs / 1000} s`);
  if (error !== null) return unanswered(`${program} could not be started (${error})`);
  if (size > mostBytes) return unanswered(`${program} said more than ${mostBytes} bytes`);
  const stdout = Buffer.concat(chunks).toString('utf8');
  // Answers are facts, and those are kept and passed on.
  if (input.isIn(stdout)) return unanswered(`${program} said a passphrase`);
  return { code, stdout, problem: null };
}

interface Input {
  options: Pick<RunOptions, 'stdin'>;
  /** Whether a text holds one of the passphrases. */
  isIn: (text: string) => boolean;
}

/** What a command gets on its standard input. */
function inputOf(stdin: ExecutorQuestion['stdin'], secrets: Secrets): Input | { problem: string } {
  const known = secretsIn(stdin ?? []).map((id) => ({ id, secret: secrets.get(id) }));
  const missing = known.find(({ secret }) => secret?.ok !== true);
  if (missing !== undefined) {
    const why = missing.secret?.findings.map(({ message }) => message).join(' ') ?? '';
    return { problem: `the passphrase ${missing.id} is not at hand. ${why}`.trimEnd() };
  }
  const valueOf = (id: string): string => {
    const secret = secrets.get(id);
    return secret?.ok === true ? secret.value : '';
  };
  // An empty one is in every text.
  const values = known.map(({ id }) => valueOf(id)).filter((value) => value !== '');
  return {
    options: stdin === undefined ? {} : { stdin: inputBytes(stdin, valueOf) },
    isIn: (text) => values.some((value) => text.includes(value)),
  };
}

/** What an executor found when it looked whether what it keeps is whole. */
export type Wholeness = 'whole' | 'interrupted' | { problem: string };

/** Asks one thing that may take as long as it needs. */
export async function askWhetherWhole(
  check: StoredCheck,
  transport: (host: string) => Pick<Transport, 'run'> | undefined,
  { secret, signal }: Pick<Asking, 'secret'> & { signal: AbortSignal },
): Promise<Wholeness> {
  const { argv, host, stdin } = check;
  const there = transport(host);
  if (there === undefined) return { problem: `${host} was not reached` };
  const [program = ''] = argv;
  const input = inputOf(stdin, await fetched([check], { ...(secret === undefined ? {} : { secret }) }));
  if ('problem' in input) return input;
  const options = { onStdout: () => undefined, ...input.options, signal, alone: true };
  const { code, error, stderr } = await there.run(argv, options);
  if (signal.aborted) return 'interrupted';
  if (code === 0) return 'whole';
  if (error !== null) return { problem: `${program} could not be started (${error})` };
  const said = stderr.at(-1)?.trim() ?? '';
  const words = said === '' || input.isIn(said) ? '' : `: ${said}`;
  return { problem: `${program} ended with ${code === null ? 'a signal' : `exit code ${code}`}${words}` };
}

function unanswered(problem: string): ExecutorAnswer {
  return { code: null, stdout: '', problem };
}
