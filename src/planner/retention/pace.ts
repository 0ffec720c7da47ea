import type { Timed } from './rules.ts';

/** The pace is that of so many of the last gaps. */
const RECENT = 10;
const DAY = 86_400_000;
/** A gap longer than so many usual ones was an absence, or a clock that jumped. */
const ABSENCE = 3;

/**
 * The median of the last ten gaps between snapshots, in milliseconds; of two in the middle the smaller, so that one
 * jump of the clock among two gaps is not taken for the pace. Null for fewer than two snapshots.
 *
 * @param newestFirst sorted by time
 */
export function usualGap(newestFirst: readonly Timed[]): number | null {
  const gaps = gapsOf(newestFirst.slice(0, RECENT + 1)).sort((a, b) => a - b);
  return gaps[Math.floor((gaps.length - 1) / 2)] ?? null;
}

/**
 * How old each snapshot is in backup time, in milliseconds: going back from the newest, each gap counts at most three
 * times the usual one, at least a day. No clock is read, so neither a month without backups nor a clock that jumped
 * ahead makes all that is there old at once.
 *
 * @param newestFirst sorted by time
 */
export function backupAges(newestFirst: readonly Timed[]): number[] {
  const most = Math.max(ABSENCE * (usualGap(newestFirst) ?? 0), DAY);
  let age = 0;
  return newestFirst.map(({ time }, index) => {
    const later = newestFirst[index - 1]?.time ?? time;
    age += Math.min(later - time, most);
    return age;
  });
}

function gapsOf(newestFirst: readonly Timed[]): number[] {
  return newestFirst.slice(1).map(({ time }, index) => (newestFirst[index]?.time ?? time) - time);
}
