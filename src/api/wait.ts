import type { LockHolder } from '../planner/model/event.ts';
import type { Plan } from '../planner/model/plan.ts';
import type { Workspace } from './workspace.ts';

export interface Patience {
  /** Milliseconds. */
  ms: number;
  /** Told whose lock is waited for, as far as that is known. */
  onWaiting: (holder: LockHolder | null) => void;
}

/**
 * Waits until no other run writes where this plan would work, since what it writes makes the plan stale. Those that
 * only read are not waited for: they change nothing.
 *
 * @returns whether there was anybody to wait for, and the milliseconds that are left of `ms`
 */
export async function waitForWriters(
  { world }: Pick<Workspace, 'world'>,
  plan: Plan,
  { ms, ...told }: Patience,
): Promise<{ waited: boolean; leftMs: number }> {
  const until = performance.now() + ms;
  const left = (): number => Math.max(0, until - performance.now());
  const seen = { waited: false };
  const onWaiting = (holder: LockHolder | null): void => {
    seen.waited = true;
    told.onWaiting(holder);
  };
  const places = plan.steps.flatMap((step) => step.locks.map(({ path, host = step.host }) => ({ host, path })));
  for (const { host, path } of new Map(places.map((place) => [`${place.host}\0${place.path}`, place])).values()) {
    const options = { waitMs: left(), onWaiting };
    const result = await world.transport(host)?.lock({ path, mode: 'shared' }, NOBODY, options);
    if (result?.state === 'held') await result.lock.release();
  }
  return { ...seen, leftMs: left() };
}

/** A shared lock does not say whose it is. */
const NOBODY: LockHolder = { pid: process.pid, host: '', startedAt: '', command: '', run: '' };
