import type { LockHolder } from '../../planner/model/event.ts';
import type { LockRequest, Step } from '../../planner/model/step.ts';
import type { Lock, LockResult, Transport } from '../../hosts/transport/transport.ts';

/** A lock file on a host. */
export interface LockPlace {
  host: string;
  path: string;
}

export interface Waiting {
  /** Milliseconds to wait for other runs. */
  waitMs: number;
  /** Called for each lock that another run holds. */
  onWaiting: (holder: LockHolder | null) => void;
  signal: AbortSignal;
}

export type Acquisition =
  { state: 'held' } | { state: 'not-held'; place: LockPlace; result: Exclude<LockResult, { state: 'held' }> };

interface Entry {
  users: number;
  result: Promise<LockResult>;
  lock: Lock | null;
  /** Whom it waits for, while it waits. */
  blockedBy: { holder: LockHolder | null } | null;
  listeners: ((holder: LockHolder | null) => void)[];
}

/**
 * The locks of this run. Syncs that need the same one share it, since the plan orders what they do: it is taken for the
 * first, exclusively if any sync of the run writes there, and given back after the last.
 */
export class LockTable {
  readonly #entries = new Map<string, Entry>();
  readonly #closing = new Map<string, Promise<void>>();
  readonly #exclusive = new Set<string>();
  readonly #transportOf: (host: string) => Transport;
  readonly #holder: LockHolder;

  constructor(steps: readonly Step[], transportOf: (host: string) => Transport, holder: LockHolder) {
    this.expect(steps);
    this.#transportOf = transportOf;
    this.#holder = holder;
  }

  /** What these steps write to is locked exclusively from now on, whoever asks for it. */
  expect(steps: readonly Step[]): void {
    for (const step of steps) {
      for (const { mode, path, host = step.host } of step.locks) {
        if (mode === 'exclusive') this.#exclusive.add(keyOf({ host, path }));
      }
    }
  }

  /** Takes all places or none, in one order everywhere, so that two runs never wait for each other. */
  async acquire(places: readonly LockPlace[], waiting: Waiting): Promise<Acquisition> {
    const until = performance.now() + waiting.waitMs;
    const taken: LockPlace[] = [];
    for (const place of places.toSorted(byKey)) {
      const result = await this.#take(place, { ...waiting, waitMs: Math.max(0, until - performance.now()) });
      if (result.state !== 'held') {
        await this.release(taken);
        return { state: 'not-held', place, result };
      }
      taken.push(place);
    }
    return { state: 'held' };
  }

  async release(places: readonly LockPlace[]): Promise<void> {
    for (const place of places) await this.#leave(keyOf(place));
  }

  /** Those of `places` that are held. */
  held(places: readonly LockPlace[]): Lock[] {
    return places.flatMap((place) => this.#entries.get(keyOf(place))?.lock ?? []);
  }

  async #take(place: LockPlace, waiting: Waiting): Promise<LockResult> {
    const key = keyOf(place);
    const entry = this.#entries.get(key) ?? this.#open(key, place, waiting);
    entry.users += 1;
    if (entry.blockedBy === null) entry.listeners.push(waiting.onWaiting);
    else waiting.onWaiting(entry.blockedBy.holder);
    const result = await entry.result;
    if (result.state !== 'held') await this.#leave(key);
    return result;
  }

  #open(key: string, place: LockPlace, { waitMs, signal }: Waiting): Entry {
    const mode: LockRequest['mode'] = this.#exclusive.has(key) ? 'exclusive' : 'shared';
    const onWaiting = (holder: LockHolder | null): void => {
      entry.blockedBy = { holder };
      for (const listener of entry.listeners) listener(holder);
    };
    const request = { path: place.path, mode };
    // Our own lock, as long as it is not quite given back, would look like that of another run.
    const free = this.#closing.get(key) ?? Promise.resolve();
    const options = { waitMs, signal, onWaiting };
    const result = free
      .then(() => this.#transportOf(place.host).lock(request, this.#holder, options))
      .then((answer) => {
        entry.blockedBy = null;
        entry.lock = answer.state === 'held' ? answer.lock : null;
        return answer;
      });
    const entry: Entry = { users: 0, result, lock: null, blockedBy: null, listeners: [] };
    this.#entries.set(key, entry);
    return entry;
  }

  async #leave(key: string): Promise<void> {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    entry.users -= 1;
    if (entry.users > 0) return;
    this.#entries.delete(key);
    if (entry.lock === null) return;
    const closing = entry.lock.release();
    this.#closing.set(key, closing);
    await closing;
    if (this.#closing.get(key) === closing) this.#closing.delete(key);
  }
}

function keyOf({ host, path }: LockPlace): string {
  return `${host}\0${path}`;
}

function byKey(a: LockPlace, b: LockPlace): number {
  const [first, second] = [keyOf(a), keyOf(b)];
  return first < second ? -1 : 1;
}
