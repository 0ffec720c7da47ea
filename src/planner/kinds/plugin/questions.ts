import type { ExecutorPlanning, ExecutorQuestion } from '../../model/executor.ts';
import type { KnownSync } from '../../model/known.ts';

/** Its questions about a sync. Throws when they are none. */
export function asked(planning: ExecutorPlanning, input: KnownSync, apiVersion: number): ExecutorQuestion[] {
  const questions: unknown = planning.questions?.(input) ?? [];
  if (!Array.isArray(questions)) throw new Error('its questions are no list');
  const list = questions as ExecutorQuestion[];
  const first = apiVersion === 1 ? list.map(({ mostBytes: _, stdin: __, ...rest }) => rest) : list;
  const credentials = apiVersion === 1 ? [] : (planning.credentials?.(input.spec) ?? []);
  first.forEach((question) => checkQuestion(question, credentials, apiVersion));
  return first;
}

/**
 * Throws when it is none.
 *
 * @param credentials ids of passphrases that it may use
 */
export function checkQuestion(question: ExecutorQuestion, credentials: readonly string[], apiVersion = 2): void {
  const { id, host, argv } = question;
  if (!isText(id) || !isText(host) || !isArgv(argv))
    throw new Error(`${JSON.stringify(question)} is no question: it needs id, host and argv`);
  if (apiVersion > 1) checkBounds(question, credentials);
}

const LONGEST_MS = 60_000;
const MOST_BYTES = 16 * 1024 * 1024;

function checkBounds(
  { id, timeoutMs = 0, mostBytes = 0, stdin = [] }: ExecutorQuestion,
  credentials: readonly string[],
): void {
  if (timeoutMs > LONGEST_MS) throw new Error(`its question ${id} may take more than ${LONGEST_MS / 1000} s`);
  if (mostBytes > MOST_BYTES) throw new Error(`its question ${id} may say more than ${MOST_BYTES} bytes`);
  for (const part of stdin) {
    const secret = typeof part === 'object' && 'secret' in part ? part.secret : null;
    if (secret !== null && !credentials.includes(secret))
      throw new Error(`its question ${id} uses the passphrase ${secret}, which is not among its credentials`);
  }
}

export function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

export function isArgv(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string');
}
