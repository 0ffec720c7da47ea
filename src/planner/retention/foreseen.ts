import type { Keep } from '../model/spec.ts';
import { snapshotName } from './names.ts';
import { usualGap } from './pace.ts';
import { retain } from './retain.ts';
import type { Timed } from './rules.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What is there after a snapshot to come was made and the others were pruned. */
export interface Foreseen {
  /** When it is made, in milliseconds since 1970 UTC. */
  time: number;
  /** Oldest first. The next step may change it. */
  kept: readonly Timed[];
}

/**
 * Milliseconds between the snapshots to come: as between the last ten. Daily where there is only one, or all were made within an hour: that
 * was somebody's try, and no timer.
 */
export function paceOf(snapshots: readonly Timed[]): number {
  const [first, last] = [snapshots[0], snapshots.at(-1)];
  if (first === undefined || last === undefined || last.time - first.time < HOUR) return DAY;
  // One night without power does not change the pace.
  return Math.max(usualGap(snapshots.toReversed()) ?? DAY, 1);
}

/**
 * What retention keeps as new snapshots go on to be made at the pace of the last ones, without end. The one that is due
 * comes now, however late it is.
 *
 * @param snapshots oldest first; `now` in milliseconds since 1970 UTC
 */
export function* foreseen(snapshots: readonly Timed[], keep: Keep | null, now: number): Generator<Foreseen, never> {
  const pace = paceOf(snapshots);
  let present = [...snapshots];
  for (let time = Math.max(now, (snapshots.at(-1)?.time ?? -Infinity) + pace); ; time += pace) {
    const upcoming = { name: snapshotName(time, 'linux'), time };
    present.push(upcoming);
    if (keep !== null) {
      const lines = retain({ snapshots: present, latest: upcoming.name, keep });
      const kept = new Set(lines.filter(({ verdict }) => verdict === 'keep').map(({ name }) => name));
      present = present.filter(({ name }) => kept.has(name));
    }
    yield { time, kept: present };
  }
}
