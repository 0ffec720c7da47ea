import type { AskedQuestion } from '../../planner/facts/answers.ts';
import type { ExecutorAnswer, Facts } from '../../planner/model/facts.ts';
import type { Transport } from '../transport/transport.ts';

/** What each question may take, in milliseconds. */
const TIMEOUT_MS = 10_000;
/** Of each answer, in bytes. */
const MOST = 1024 * 1024;

/**
 * Asks what executors want to know, all at once.
 *
 * @param transport of a host; undefined for one that was not reached
 * @param timeoutMs what each question may take that does not say so itself
 * @returns an answer to each question; its `problem` says why there is none
 */
export async function askExecutors(
  questions: readonly AskedQuestion[],
  transport: (host: string) => Pick<Transport, 'run'> | undefined,
  timeoutMs = TIMEOUT_MS,
): Promise<NonNullable<Facts['answers']>> {
  const answers: NonNullable<Facts['answers']> = {};
  await Promise.all(
    questions.map(async ({ executor, sync, id, host, argv, timeoutMs: own }) => {
      const ofSync = ((answers[executor] ??= {})[sync] ??= {});
      // In the order of the questions, whoever answers first.
      ofSync[id] = unanswered(`${host} was not reached`);
      const there = transport(host);
      if (there !== undefined) ofSync[id] = await ask(argv, there, own ?? timeoutMs);
    }),
  );
  return answers;
}

async function ask(
  argv: readonly string[],
  transport: Pick<Transport, 'run'>,
  timeoutMs: number,
): Promise<ExecutorAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const onStdout = (chunk: Buffer): void => {
    size += chunk.length;
    if (size <= MOST) chunks.push(chunk);
  };
  const { code, error, timedOut } = await transport.run(argv, { onStdout, timeoutMs });
  const [program = ''] = argv;
  if (timedOut) return unanswered(`${program} did not answer within ${timeoutMs / 1000} s`);
  if (error !== null) return unanswered(`${program} could not be started (${error})`);
  if (size > MOST) return unanswered(`${program} said more than ${MOST} bytes`);
  return { code, stdout: Buffer.concat(chunks).toString('utf8'), problem: null };
}

function unanswered(problem: string): ExecutorAnswer {
  return { code: null, stdout: '', problem };
}
