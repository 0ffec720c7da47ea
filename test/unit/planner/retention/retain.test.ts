import { describe, expect, it } from 'vitest';
import { classifySnapshots } from '../../../../src/planner/retention/classify.ts';
import { planRetention, retain } from '../../../../src/planner/retention/retain.ts';
import { keepOnly, snapshotsAt } from './policy.ts';

const MORNING = '2026-03-05T08:00:00.000Z';
const EVENING = '2026-03-05T20:00:00.000Z';
const NEXT = '2026-03-06T08:00:00.000Z';
const NOW = Date.parse('2026-03-06T12:00:00.000Z');

describe('retain', () => {
  it('gives each snapshot a line with its reasons, oldest first', () => {
    const lines = retain({
      snapshots: snapshotsAt([NEXT, MORNING, EVENING]),
      latest: NEXT,
      keep: keepOnly({ daily: 2 }),
      now: NOW,
    });
    expect(lines).toEqual([
      { name: MORNING, verdict: 'prune', reasons: [`day 2026-03-05 keeps ${EVENING} (daily 2 of 2)`] },
      { name: EVENING, verdict: 'keep', reasons: ['newest of day 2026-03-05 (daily 2 of 2)'] },
      { name: NEXT, verdict: 'keep', reasons: ['latest names it', 'newest of day 2026-03-06 (daily 1 of 2)'] },
    ]);
  });

  it('lists every rule that keeps a snapshot, and every rule that does not hold a pruned one', () => {
    const keep = keepOnly({ last: 1, hourly: 1, daily: 1, weekly: 1, monthly: 1, yearly: 1, within: 4 * 3600 * 1000 });
    const lines = retain({ snapshots: snapshotsAt([MORNING, NEXT]), latest: NEXT, keep, now: NOW });
    expect(lines[0]).toEqual({
      name: MORNING,
      verdict: 'prune',
      reasons: [
        'not among the newest 1 (last)',
        'hour 2026-03-05 08:00 is not among the newest 1 (hourly)',
        'day 2026-03-05 is not among the newest 1 (daily)',
        `week 2026-W10 keeps ${NEXT} (weekly 1 of 1)`,
        `month 2026-03 keeps ${NEXT} (monthly 1 of 1)`,
        `year 2026 keeps ${NEXT} (yearly 1 of 1)`,
        'older than 4h (within)',
      ],
    });
    expect(lines[1]?.reasons).toEqual([
      'latest names it',
      'among the newest (last 1 of 1)',
      'newest of hour 2026-03-06 08:00 (hourly 1 of 1)',
      'newest of day 2026-03-06 (daily 1 of 1)',
      'newest of week 2026-W10 (weekly 1 of 1)',
      'newest of month 2026-03 (monthly 1 of 1)',
      'newest of year 2026 (yearly 1 of 1)',
      'not older than 4h (within)',
    ]);
  });

  it('counts only buckets that hold a snapshot', () => {
    const snapshots = snapshotsAt(['2020-01-01T00:00:00Z', '2023-01-01T00:00:00Z', '2026-01-01T00:00:00Z']);
    const lines = retain({ snapshots, latest: null, keep: keepOnly({ daily: 2 }), now: NOW });
    expect(lines.map(({ verdict }) => verdict)).toEqual(['prune', 'keep', 'keep']);
  });

  it('keeps everything when the spec has no rules', () => {
    const lines = retain({ snapshots: snapshotsAt([MORNING, NEXT]), latest: NEXT, keep: null, now: NOW });
    expect(lines.map(({ verdict }) => verdict)).toEqual(['keep', 'keep']);
    expect(lines[0]?.reasons).toEqual(['everything is kept: the spec has no snapshots.keep']);
  });

  it('keeps the snapshot of latest though no rule does', () => {
    const lines = retain({
      snapshots: snapshotsAt([MORNING, NEXT]),
      latest: MORNING,
      keep: keepOnly({ last: 1 }),
      now: NOW,
    });
    expect(lines.map(({ reasons }) => reasons)).toEqual([['latest names it'], ['among the newest (last 1 of 1)']]);
  });

  it('keeps a snapshot that is exactly as old as within, and none that is older', () => {
    const within = 24 * 3600 * 1000;
    const snapshots = snapshotsAt([NOW - within - 1, NOW - within]);
    const lines = retain({ snapshots, latest: null, keep: keepOnly({ within }), now: NOW });
    expect(lines.map(({ verdict, reasons }) => [verdict, ...reasons])).toEqual([
      ['prune', 'older than 1d (within)'],
      ['keep', 'not older than 1d (within)'],
    ]);
  });

  it('does not take a snapshot from the future for an old one', () => {
    const lines = retain({
      snapshots: snapshotsAt([MORNING, NOW + 1]),
      latest: null,
      keep: keepOnly({ within: 1000 }),
      now: NOW,
    });
    expect(lines.map(({ verdict }) => verdict)).toEqual(['prune', 'keep']);
  });

  it.each([
    [604_800_000, '1w'],
    [86_400_000 * 10, '10d'],
    [90 * 60_000, '90m'],
    [1_001_000, '1001s'],
  ])('writes a span of %i ms as %s', (within, written) => {
    const lines = retain({ snapshots: snapshotsAt([NOW]), latest: null, keep: keepOnly({ within }), now: NOW });
    expect(lines[0]?.reasons).toEqual([`not older than ${written} (within)`]);
  });

  it('lets the spelling that latest names fill the bucket when there are two of one time', () => {
    const time = Date.parse(NEXT);
    const dashed = NEXT.replaceAll(':', '-');
    for (const latest of [NEXT, dashed]) {
      const other = latest === NEXT ? dashed : NEXT;
      const snapshots = [NEXT, dashed].map((name) => ({ name, time }));
      const lines = retain({ snapshots, latest, keep: keepOnly({ daily: 1 }), now: NOW });
      expect(lines.map(({ name, verdict }) => [name, verdict])).toEqual([
        [other, 'prune'],
        [latest, 'keep'],
      ]);
    }
  });
});

describe('planRetention', () => {
  const names = [MORNING, EVENING, NEXT];

  function plan(
    upcoming: 'none' | 'perhaps' | 'certain',
    rules: Parameters<typeof keepOnly>[0],
    now = NOW,
    latest = NEXT,
  ) {
    const snapshots = Object.fromEntries(names.map((name) => [name, { kind: 'directory' as const }]));
    const history = classifySnapshots({ snapshots, latest: { kind: 'snapshot', name: latest } });
    return planRetention({ history, keep: keepOnly(rules), now, upcoming });
  }

  it('counts the snapshot that this run is certain to make, but has no line for it', () => {
    const { lines, prune } = plan('certain', { last: 2 });
    expect(prune).toEqual([MORNING, EVENING]);
    expect(lines.map(({ name }) => name)).toEqual(names);
    expect(lines[2]?.reasons).toEqual(['among the newest (last 2 of 2)']);
  });

  it('names the new snapshot where it takes the place of an older one', () => {
    const { lines } = plan('certain', { daily: 2 });
    expect(lines[2]).toEqual({
      name: NEXT,
      verdict: 'prune',
      reasons: ['day 2026-03-06 keeps the new snapshot (daily 1 of 2)'],
    });
  });

  it('prunes only what can go in either case when the snapshot is made only perhaps', () => {
    expect(plan('perhaps', { last: 2 }).prune).toEqual([MORNING]);
    expect(plan('perhaps', { last: 3 }).prune).toEqual([]);
  });

  it('prunes by what is there when no snapshot is made', () => {
    expect(plan('none', { last: 1 }).prune).toEqual([MORNING, EVENING]);
  });

  it('neither counts nor prunes what is later than latest', () => {
    const { lines, prune } = plan('certain', { last: 2 }, NOW, EVENING);
    expect(prune).toEqual([MORNING]);
    expect(lines.at(-1)).toEqual({
      name: NEXT,
      verdict: 'unverified',
      reasons: [`later than latest, ${EVENING}`],
    });
  });

  it('prunes nothing when latest names no snapshot', () => {
    const history = classifySnapshots({
      snapshots: { [MORNING]: { kind: 'directory' } },
      latest: { kind: 'none-yet' },
    });
    expect(planRetention({ history, keep: keepOnly({ last: 1 }), now: NOW, upcoming: 'certain' })).toEqual({
      lines: [{ name: MORNING, verdict: 'unverified', reasons: ['latest names no snapshot'] }],
      prune: [],
      clockBehindLatest: false,
    });
  });

  it.each(['none', 'perhaps', 'certain'] as const)(
    'prunes nothing when the clock is not after latest (a snapshot to come: %s)',
    (upcoming) => {
      const { lines, prune, clockBehindLatest } = plan(upcoming, { last: 1 }, Date.parse(NEXT));
      expect(clockBehindLatest).toBe(true);
      expect(prune).toEqual([]);
      expect(lines[0]).toEqual({
        name: MORNING,
        verdict: 'keep',
        reasons: ['the clock is not after latest, so nothing is pruned'],
      });
      expect(lines[2]?.reasons).toContain('latest names it');
    },
  );
});
