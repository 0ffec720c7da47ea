import { describe, expect, it } from 'vitest';
import { retain } from '../../../../src/planner/retention/retain.ts';
import { simulate } from '../../../../src/planner/retention/simulate.ts';
import { readKeep } from '../../../../src/planner/spec/keep-text.ts';
import { keepOnly, snapshotsAt } from './policy.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-10T12:00:00Z');

/** One a day, the last an hour ago. */
function daily(count: number): { name: string; time: number }[] {
  return snapshotsAt(Array.from({ length: count }, (_, index) => NOW - 3_600_000 - (count - 1 - index) * DAY));
}

describe('the days to come', () => {
  it('begin with today and end after as many days as asked for', () => {
    const days = simulate(daily(3), keepOnly({ last: 5 }), { now: NOW, days: 4 });
    expect(days.map(({ day, snapshots }) => `${day} ${snapshots}`)).toEqual([
      ...['2026-03-10 3', '2026-03-11 4', '2026-03-12 5', '2026-03-13 5', '2026-03-14 5'],
    ]);
    expect(days.at(-1)?.oldest).toBe('2026-03-10');
  });

  it('keep what retention keeps when each of those snapshots has been made', () => {
    const keep = keepOnly({ last: 2, daily: 7, weekly: 4, monthly: 12 });
    let present = daily(10);
    const counts = Array.from({ length: 400 }, (_, index) => {
      const next = snapshotsAt([NOW - 3_600_000 + (index + 1) * DAY]);
      const all = [...present, ...next];
      const kept = retain({ snapshots: all, latest: next[0]?.name ?? null, keep });
      present = all.filter((_snapshot, at) => kept[at]?.verdict === 'keep');
      return present.length;
    });
    const days = simulate(daily(10), keep, { now: NOW, days: 400 });
    expect(days.slice(1).map(({ snapshots }) => snapshots)).toEqual(counts);
  });

  it('go on at the pace of the last ten, and in the time zone of the rules', () => {
    const weekly = snapshotsAt(Array.from({ length: 12 }, (_, index) => NOW - (12 - index) * 7 * DAY));
    expect(simulate(weekly, null, { now: NOW, days: 70 }).at(-1)?.snapshots).toBe(23);
    const late = simulate(daily(1), keepOnly({ last: 1, timezone: 'Pacific/Auckland' }), { now: NOW, days: 1 });
    expect(late.map(({ day }) => day)).toEqual(['2026-03-11', '2026-03-12']);
  });

  it('are daily from nothing, and fewer where more snapshots would be made than anybody waits for', () => {
    expect(simulate([], keepOnly({ daily: 7 }), { now: NOW, days: 20 }).at(-1)?.snapshots).toBe(7);
    const each = snapshotsAt(Array.from({ length: 90 }, (_, index) => NOW - (90 - index) * 60_000));
    expect(simulate(each, keepOnly({ last: 2 }), { now: NOW, days: 365 }).length).toBeLessThan(20);
  });

  it('are daily after several runs by hand within an hour', () => {
    const tries = snapshotsAt([NOW - 9000, NOW - 7000, NOW - 2000]);
    expect(simulate(tries, keepOnly({ daily: 7 }), { now: NOW, days: 20 }).at(-1)?.snapshots).toBe(7);
  });
});

describe('rules as somebody types them', () => {
  it.each([
    ['last=3,daily=7', { last: 3, daily: 7 }],
    ['{ last = 3, within = "14d" }', { last: 3, within: 14 * DAY }],
    ['within=2w, timezone=Europe/Berlin', { within: 14 * DAY, timezone: 'Europe/Berlin' }],
  ])('are those of the spec: %s', (text, rules) => {
    expect(readKeep(text)).toMatchObject({ ok: true, value: keepOnly(rules) });
  });

  it('can be none', () => {
    expect(readKeep(' all ')).toMatchObject({ ok: true, value: null });
  });

  it.each([
    '',
    'dayly=7',
    'last=0',
    'daily=-1',
    'daily',
    'last=1 }\n[volumes.c]\npath = "/c"',
    'timezone=Nowhere/At,last=1',
  ])('are refused where they are none: %j', (text) => {
    expect(readKeep(text)).toMatchObject({ ok: false, findings: [{ code: 'usage' }] });
  });
});
