import type { Keep } from '../model/spec.ts';
import type { Timed } from './rules.ts';
import { usualGap } from './pace.ts';
import { retain } from './retain.ts';

/** So many snapshots to come are foreseen: a year of daily ones. */
const FORESEEN = 370;
const DAY = 86_400_000;

/**
 * When each snapshot will be pruned if new ones go on to be made at the pace of the last ten (daily where there is only
 * one), and each run prunes.
 *
 * @param snapshots oldest first, ending with the one that `latest` names; `now` in milliseconds since 1970 UTC
 * @returns milliseconds since 1970 by name; a name is missing when it stays for all that is foreseen
 */
export function departures(snapshots: readonly Timed[], keep: Keep | null, now: number): Map<string, number> {
  const ends = new Map<string, number>();
  const last = snapshots.at(-1);
  if (keep === null || last === undefined) return ends;
  // One night without power does not change the pace.
  const pace = Math.max(usualGap(snapshots.toReversed()) ?? DAY, 1);
  const waiting = new Set(snapshots.map(({ name }) => name));
  let present = [...snapshots];
  // The one that is due comes now, however late it is.
  for (
    let time = Math.max(now, last.time + pace), made = 0;
    made < FORESEEN && waiting.size > 0;
    time += pace, made++
  ) {
    const upcoming = { name: `+${made}`, time };
    const lines = retain({ snapshots: [...present, upcoming], latest: upcoming.name, keep });
    const kept = new Set(lines.filter(({ verdict }) => verdict === 'keep').map(({ name }) => name));
    for (const name of waiting) {
      if (kept.has(name)) continue;
      ends.set(name, time);
      waiting.delete(name);
    }
    present = [...present, upcoming].filter(({ name }) => kept.has(name));
  }
  return ends;
}
