import { describe, expect, it } from 'vitest';
import { foreseen, paceOf } from '../../../../src/planner/retention/foreseen.ts';
import { backupAges, usualGap } from '../../../../src/planner/retention/pace.ts';
import { snapshotName } from '../../../../src/planner/retention/names.ts';
import type { Timed } from '../../../../src/planner/retention/rules.ts';
import { keepOnly } from './policy.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-03-01T12:00:00.000Z');

/** Snapshots so many days after the start, in their order. */
const at = (...days: number[]): Timed[] =>
  days.map((day) => ({ name: snapshotName(START + day * DAY, 'linux'), time: START + day * DAY }));

describe('the pace of snapshots', () => {
  it('is that of the last ten gaps, in the middle; the smaller of two', () => {
    const newestFirst = (...days: number[]): Timed[] => at(...days).toReversed();
    expect(usualGap(newestFirst())).toBeNull();
    expect(usualGap(newestFirst(0))).toBeNull();
    expect(usualGap(newestFirst(0, 3))).toBe(3 * DAY);
    expect(usualGap(newestFirst(0, 1, 8))).toBe(DAY);
    expect(usualGap(newestFirst(0, 1, 3, 13))).toBe(2 * DAY);
    // Of eleven gaps the first is too long ago.
    expect(usualGap(newestFirst(0, ...Array.from({ length: 11 }, (_, index) => 100 + index * 2)))).toBe(2 * DAY);
    const five = [0, 1, 2, 3, 4, 5];
    expect(usualGap(newestFirst(...five, ...[1, 2, 3, 4, 5, 6].map((count) => 5 + count * 9)))).toBe(9 * DAY);
  });

  it('is daily where there is only one or all are of one hour, and never none at all', () => {
    expect(paceOf(at(0))).toBe(DAY);
    expect(paceOf(at(0, 2))).toBe(2 * DAY);
    expect(paceOf(at(0, 0.01, 0.04))).toBe(DAY);
    expect(paceOf(at(0, 1, 1, 1))).toBe(1);
  });
});

describe('how old snapshots are in time with backups', () => {
  it('counts an absence three times as long as a usual gap, and a day at least', () => {
    const ages = (...days: number[]): number[] => backupAges(at(...days).toReversed()).map((age) => age / DAY);
    expect(ages()).toEqual([]);
    expect(ages(0, 1, 2, 3)).toEqual([0, 1, 2, 3]);
    expect(ages(0, 1, 100, 101)).toEqual([0, 1, 4, 5]);
    expect(ages(0, 0.1, 0.2, 50)).toEqual([0, 1, 1.1, 1.2]);
  });
});

describe('what is to come', () => {
  const firsts = (snapshots: Timed[], rules: Parameters<typeof foreseen>[1], now: number, count: number) => {
    const coming = foreseen(snapshots, rules, now);
    return Array.from({ length: count }, () => coming.next().value);
  };

  it('is a snapshot at each step of the pace, the first when it is due, or now when it is late', () => {
    const days = (now: number): number[] => firsts(at(0, 2), null, now, 3).map(({ time }) => (time - START) / DAY);
    expect(days(START + 2.5 * DAY)).toEqual([4, 6, 8]);
    expect(days(START + 9 * DAY)).toEqual([9, 11, 13]);
    expect(firsts([], null, START, 2).map(({ time }) => time)).toEqual([START, START + DAY]);
  });

  it('has all that is there where nothing is pruned, and else what the rules keep', () => {
    const [all] = firsts(at(0, 1), null, START, 1);
    expect(all?.kept.map(({ name }) => name)).toEqual(at(0, 1, 2).map(({ name }) => name));
    const [two] = firsts(at(0, 1), keepOnly({ last: 2 }), START, 1);
    expect(two?.kept.map(({ name }) => name)).toEqual(at(1, 2).map(({ name }) => name));
  });
});
