import { describe, expect, it } from 'vitest';
import type { Keep } from '../../../../src/planner/model/spec.ts';
import { departures } from '../../../../src/planner/retention/departures.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-10T12:00:00Z');
const NONE: Keep = { last: 0, hourly: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0, within: null, timezone: 'UTC' };

/** One a day, the last an hour ago. */
function daily(count: number): { name: string; time: number }[] {
  const first = NOW - 3_600_000 - (count - 1) * DAY;
  return Array.from({ length: count }, (_, index) => ({ name: `s${index}`, time: first + index * DAY }));
}

function days(ends: Map<string, number>): Record<string, number> {
  return Object.fromEntries([...ends].map(([name, time]) => [name, Math.round((time - NOW) / DAY)]));
}

describe('when a snapshot will go', () => {
  it('is when enough newer ones have come, at the pace of the last', () => {
    expect(days(departures(daily(3), { ...NONE, last: 3 }, NOW))).toEqual({ s0: 1, s1: 2, s2: 3 });
  });

  it('counts all rules, of which the longest one decides', () => {
    const ends = days(departures(daily(3), { ...NONE, last: 1, daily: 5 }, NOW));
    expect(ends).toEqual({ s0: 3, s1: 4, s2: 5 });
  });

  it('is at once where the next snapshot is overdue and takes the place', () => {
    const late = daily(2).map(({ name, time }) => ({ name, time: time - 30 * DAY }));
    expect(days(departures(late, { ...NONE, last: 2 }, NOW))).toEqual({ s0: 0, s1: 1 });
  });

  it('is unknown for what stays longer than is foreseen, and where everything is kept', () => {
    expect(departures(daily(2), { ...NONE, last: 5000 }, NOW).size).toBe(0);
    expect(departures(daily(2), null, NOW).size).toBe(0);
  });

  it('does not break over snapshots of one moment', () => {
    const same = daily(3).map(({ name }) => ({ name, time: NOW - 1 }));
    expect(departures(same, { ...NONE, last: 1 }, NOW).size).toBe(3);
  });
});
