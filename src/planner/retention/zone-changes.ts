import { offsetsOf } from './calendar.ts';

const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;
const STEP = 2 * 86_400_000;

/**
 * When the clocks of a zone change, for programs that know no zones: pairs of seconds since 1970 and the seconds from UTC that
 * count from then on. The first is what counts before the first change.
 *
 * @throws RangeError for a time zone that does not exist
 */
export function zoneChanges(timezone: string): [since: number, offset: number][] {
  const offsetAt = offsetsOf(timezone);
  const begin = Date.UTC(FIRST_YEAR, 0);
  const changes: [number, number][] = [[begin / 1000, offsetAt(begin).ms / 1000]];
  if (timezone === 'UTC') return changes;
  for (let time = begin; time < Date.UTC(LAST_YEAR, 0); time += STEP) {
    const after = offsetAt(time + STEP).ms;
    if (offsetAt(time).ms === after) continue;
    let [before, since] = [time, time + STEP];
    while (since - before > 1000) {
      const middle = before + Math.floor((since - before) / 2000) * 1000;
      if (offsetAt(middle).ms === after) since = middle;
      else before = middle;
    }
    changes.push([since / 1000, after / 1000]);
  }
  return changes;
}
