import type { Keep } from '../model/spec.ts';
import { foreseen } from './foreseen.ts';
import type { Timed } from './rules.ts';

/** So many snapshots to come are foreseen: a year of daily ones. */
const FORESEEN = 370;

/**
 * When each snapshot will be pruned if new ones go on to be made at the pace of the last ten (daily where there is only
 * one), and each run prunes.
 *
 * @param snapshots oldest first, ending with the one that `latest` names; `now` in milliseconds since 1970 UTC
 * @returns milliseconds since 1970 by name; a name is missing when it stays for all that is foreseen
 */
export function departures(snapshots: readonly Timed[], keep: Keep | null, now: number): Map<string, number> {
  const ends = new Map<string, number>();
  if (keep === null || snapshots.length === 0) return ends;
  const waiting = new Set(snapshots.map(({ name }) => name));
  let made = 0;
  for (const { time, kept } of foreseen(snapshots, keep, now)) {
    const names = new Set(kept.map(({ name }) => name));
    for (const name of waiting) {
      if (names.has(name)) continue;
      ends.set(name, time);
      waiting.delete(name);
    }
    made += 1;
    if (made === FORESEEN || waiting.size === 0) break;
  }
  return ends;
}
