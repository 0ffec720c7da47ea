import type { SimulatedDay } from '../model/simulation.ts';
import type { Keep } from '../model/spec.ts';
import { bucketsIn } from './calendar.ts';
import { foreseen } from './foreseen.ts';
import type { Timed } from './rules.ts';

const DAY = 86_400_000;
/** So many snapshots to come are reckoned: where they are made each minute, a year of them would take minutes. */
export const MOST = 20_000;

/**
 * How many snapshots are there at the end of each day to come, today's first.
 *
 * @param snapshots oldest first; `now` in milliseconds since 1970 UTC
 * @returns fewer days where more than 20,000 snapshots would be made
 */
export function simulate(
  snapshots: readonly Timed[],
  keep: Keep | null,
  { now, days }: { now: number; days: number },
): Omit<SimulatedDay, 'bytes'>[] {
  const bucketOf = bucketsIn(keep?.timezone ?? 'UTC');
  const dayOf = (time: number): string => bucketOf(time, 'day');
  const all: Omit<SimulatedDay, 'bytes'>[] = [];
  const steps = foreseen(snapshots, keep, now);
  let next = steps.next().value;
  let present: { count: number; oldest: number | null } = stateOf(snapshots);
  let made = 0;
  for (let day = dayOf(now); all.length <= days && made < MOST; day = dayAfter(day)) {
    while (dayOf(next.time) <= day && made < MOST) {
      present = stateOf(next.kept);
      next = steps.next().value;
      made += 1;
    }
    const oldest = present.oldest === null ? null : dayOf(present.oldest);
    all.push({ day, snapshots: present.count, oldest });
  }
  return all;
}

function stateOf(snapshots: readonly Timed[]): { count: number; oldest: number | null } {
  return { count: snapshots.length, oldest: snapshots[0]?.time ?? null };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
}
