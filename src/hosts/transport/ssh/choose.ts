import type { ConnectionProblem, PassedOver } from '../../../planner/model/route.ts';

/** What became of the attempt to connect to one endpoint. A connection that is not chosen is closed. */
export type Attempted<C extends Closable> = { ok: true; connection: C } | { ok: false; problem: ConnectionProblem };

export interface Closable {
  close(): Promise<void>;
}

export interface Choice<C extends Closable> {
  /** Null when none answered. */
  chosen: { endpoint: string; connection: C } | null;
  /** The endpoints that were wanted more, or all, in order. */
  passedOver: PassedOver[];
}

/** How long a more wanted endpoint may go on trying when another has answered, in milliseconds. */
const GRACE_MS = 1_000;

/**
 * Tries all endpoints at once and takes the most wanted of those that answer. Who is away from home does not wait until
 * the network there has timed out: once one has answered, the more wanted ones have a moment left.
 *
 * @param order the most wanted first
 * @param attempt connects; it settles soon after its signal, and never rejects
 */
export async function chooseEndpoint<C extends Closable>(
  order: readonly string[],
  attempt: (endpoint: string, signal: AbortSignal) => Promise<Attempted<C>>,
  graceMs = GRACE_MS,
): Promise<Choice<C>> {
  const stop = new AbortController();
  const results = new Map<string, Attempted<C>>();
  const attempts = order.map(async (endpoint) => {
    const result = await attempt(endpoint, stop.signal);
    // Whoever comes too late was not chosen.
    if (stop.signal.aborted) await closeOf(result);
    else results.set(endpoint, result);
  });
  const endpoint = await firstWanted(order, attempts, results, graceMs);
  const passedOver = order.slice(0, endpoint === null ? order.length : order.indexOf(endpoint));
  const choice = {
    chosen: chosenOf(endpoint, results),
    passedOver: passedOver.map((name) => problemOf(name, results)),
  };
  stop.abort();
  const losers = [...results].filter(([name]) => name !== endpoint);
  await Promise.all([...attempts, ...losers.map(([, result]) => closeOf(result))]);
  return choice;
}

/** Resolves as soon as it is settled who is chosen: null for nobody. */
async function firstWanted<C extends Closable>(
  order: readonly string[],
  attempts: readonly Promise<void>[],
  results: ReadonlyMap<string, Attempted<C>>,
  graceMs: number,
): Promise<string | null> {
  const answered = () => order.find((name) => results.get(name)?.ok === true) ?? null;
  let timer: NodeJS.Timeout | undefined;
  const settled = new Promise<void>((resolve) => {
    const look = () => {
      const best = answered();
      const before = best === null ? order : order.slice(0, order.indexOf(best));
      if (before.every((name) => results.has(name))) resolve();
      else if (best !== null) timer ??= setTimeout(resolve, graceMs);
    };
    for (const each of attempts) void each.then(look);
    look();
  });
  await settled;
  clearTimeout(timer);
  return answered();
}

function chosenOf<C extends Closable>(
  endpoint: string | null,
  results: ReadonlyMap<string, Attempted<C>>,
): Choice<C>['chosen'] {
  const result = endpoint === null ? undefined : results.get(endpoint);
  return endpoint !== null && result?.ok === true ? { endpoint, connection: result.connection } : null;
}

function problemOf<C extends Closable>(endpoint: string, results: ReadonlyMap<string, Attempted<C>>): PassedOver {
  const result = results.get(endpoint);
  return { endpoint, problem: result?.ok === false ? result.problem : null };
}

async function closeOf<C extends Closable>(result: Attempted<C>): Promise<void> {
  if (result.ok) await result.connection.close();
}
