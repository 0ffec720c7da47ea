import { describe, expect, it } from 'vitest';
import { classifySnapshots } from '../../../../src/planner/retention/classify.ts';
import { planRetention, retain } from '../../../../src/planner/retention/retain.ts';
import { keepOnly, snapshotsAt } from './policy.ts';

const MORNING = '2026-03-05T08:00:00.000Z';
const EVENING = '2026-03-05T20:00:00.000Z';
const NEXT = '2026-03-06T08:00:00.000Z';
const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-06T12:00:00.000Z');

/** One a day, in milliseconds since 1970. */
function days(first: string, count: number): number[] {
  return Array.from({ length: count }, (_, index) => Date.parse(first) + index * 24 * HOUR);
}

describe('retain', () => {
  it('gives each snapshot a line with its reasons, oldest first', () => {
    const lines = retain({
      snapshots: snapshotsAt([NEXT, MORNING, EVENING]),
      latest: NEXT,
      keep: keepOnly({ daily: 2 }),
    });
    expect(lines).toEqual([
      { name: MORNING, verdict: 'prune', reasons: [`day 2026-03-05 keeps ${EVENING} (daily 2 of 2)`] },
      { name: EVENING, verdict: 'keep', reasons: ['newest of day 2026-03-05 (daily 2 of 2)'] },
      { name: NEXT, verdict: 'keep', reasons: ['latest names it', 'newest of day 2026-03-06 (daily 1 of 2)'] },
    ]);
  });

  it('lists every rule that keeps a snapshot, and every rule that does not hold a pruned one', () => {
    const keep = keepOnly({ last: 1, hourly: 1, daily: 1, weekly: 1, monthly: 1, yearly: 1, within: 4 * HOUR });
    const lines = retain({ snapshots: snapshotsAt([MORNING, NEXT]), latest: NEXT, keep });
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
        'older than 4h of backup time (within)',
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
      'not older than 4h of backup time (within)',
    ]);
  });

  it('counts only buckets that hold a snapshot', () => {
    const snapshots = snapshotsAt(['2020-01-01T00:00:00Z', '2023-01-01T00:00:00Z', '2026-01-01T00:00:00Z']);
    const lines = retain({ snapshots, latest: null, keep: keepOnly({ daily: 2 }) });
    expect(lines.map(({ verdict }) => verdict)).toEqual(['prune', 'keep', 'keep']);
  });

  it('keeps the newest whole one of a bucket, though an incomplete one is newer', () => {
    const [monday, late, tuesday] = snapshotsAt(['2026-06-01T10:00Z', '2026-06-01T22:00Z', '2026-06-02T10:00Z']);
    const judge = (...incomplete: (typeof monday)[]) =>
      retain({
        snapshots: [monday!, late!, tuesday!].map((each) => ({ ...each, incomplete: incomplete.includes(each) })),
        latest: tuesday!.name,
        keep: keepOnly({ daily: 2 }),
      });
    expect(judge(late)).toMatchObject([
      { verdict: 'keep', reasons: ['newest whole one of day 2026-06-01 (daily 2 of 2)'] },
      { verdict: 'prune', reasons: [`day 2026-06-01 keeps ${monday!.name} (daily 2 of 2)`] },
      { verdict: 'keep' },
    ]);
    expect(judge().map(({ verdict }) => verdict)).toEqual(['prune', 'keep', 'keep']);
    expect(judge(monday, late).map(({ verdict }) => verdict)).toEqual(['prune', 'keep', 'keep']);
  });

  it('keeps everything when the spec has no rules', () => {
    const lines = retain({ snapshots: snapshotsAt([MORNING, NEXT]), latest: NEXT, keep: null });
    expect(lines.map(({ verdict }) => verdict)).toEqual(['keep', 'keep']);
    expect(lines[0]?.reasons).toEqual(['everything is kept: the spec has no snapshots.keep']);
  });

  it('keeps the snapshot of latest though no rule does', () => {
    const lines = retain({
      snapshots: snapshotsAt([MORNING, NEXT]),
      latest: MORNING,
      keep: keepOnly({ last: 1 }),
    });
    expect(lines.map(({ reasons }) => reasons)).toEqual([['latest names it'], ['among the newest (last 1 of 1)']]);
  });

  it('keeps a snapshot that is exactly as old as within, and none that is older', () => {
    const within = 24 * HOUR;
    const snapshots = snapshotsAt([NOW - within - 1, NOW - within, NOW - HOUR, NOW]);
    const lines = retain({ snapshots, latest: null, keep: keepOnly({ within }) });
    expect(lines.map(({ verdict, reasons }) => [verdict, ...reasons]).slice(0, 2)).toEqual([
      ['prune', 'older than 1d of backup time (within)'],
      ['keep', 'not older than 1d of backup time (within)'],
    ]);
  });

  it('keeps all that was within before an absence, however long, and on each day after it', () => {
    const september = days('2026-09-01T20:00:00Z', 5);
    for (let after = 1; after <= 20; after++) {
      const snapshots = snapshotsAt([...september, ...days('2026-10-10T20:00:00Z', after)]);
      const lines = retain({ snapshots, latest: null, keep: keepOnly({ within: 30 * 24 * HOUR }) });
      expect(lines.filter(({ verdict }) => verdict === 'prune')).toEqual([]);
    }
  });

  it('counts an absence as three usual gaps, so that what is old goes at last', () => {
    const snapshots = snapshotsAt([...days('2026-09-01T20:00:00Z', 5), ...days('2026-10-10T20:00:00Z', 10)]);
    const lines = retain({ snapshots, latest: null, keep: keepOnly({ within: 13 * 24 * HOUR }) });
    // 9 days back to the return, 3 for the absence, 1 more each.
    expect(lines.map(({ verdict }) => verdict).slice(0, 5)).toEqual(['prune', 'prune', 'prune', 'keep', 'keep']);
  });

  it('counts no gap for less than a day, however dense the snapshots are', () => {
    const dense = [0, 1, 2, 3, 4, 5].map((minutes) => NOW - minutes * 60_000);
    const snapshots = snapshotsAt([NOW - 20 * HOUR, NOW - 30 * HOUR, ...dense]);
    const lines = retain({ snapshots, latest: null, keep: keepOnly({ within: 30 * HOUR }) });
    expect(lines.filter(({ verdict }) => verdict === 'prune')).toEqual([]);
  });

  it('takes the smaller of two gaps for the usual one, so that a clock that jumped once makes nothing old', () => {
    const snapshots = snapshotsAt([...days('2026-09-01T20:00:00Z', 2), '2040-01-01T00:00:00Z']);
    const lines = retain({ snapshots, latest: null, keep: keepOnly({ within: 4 * 24 * HOUR }) });
    expect(lines.filter(({ verdict }) => verdict === 'prune')).toEqual([]);
  });

  it('leaves no snapshot alone, unless the policy says last = 1', () => {
    const snapshots = snapshotsAt([MORNING, EVENING, NEXT]);
    const verdictsOf = (keep: Parameters<typeof keepOnly>[0]) =>
      retain({ snapshots, latest: NEXT, keep: keepOnly(keep) }).map(({ verdict }) => verdict);
    for (const keep of [{ yearly: 1 }, { weekly: 1, monthly: 1 }, { daily: 1 }, { within: 1 }]) {
      expect(verdictsOf(keep)).toEqual(['prune', 'keep', 'keep']);
    }
    expect(verdictsOf({ last: 1 })).toEqual(['prune', 'prune', 'keep']);
    expect(verdictsOf({ last: 1, yearly: 1 })).toEqual(['prune', 'prune', 'keep']);
    const [, spared] = retain({ snapshots, latest: NEXT, keep: keepOnly({ yearly: 1 }) });
    expect(spared?.reasons).toEqual(['without it there would be a single snapshot (only last = 1 asks for that)']);
  });

  it.each([
    [604_800_000, '1w'],
    [86_400_000 * 10, '10d'],
    [90 * 60_000, '90m'],
    [1_001_000, '1001s'],
  ])('writes a span of %i ms as %s', (within, written) => {
    const lines = retain({ snapshots: snapshotsAt([NOW]), latest: null, keep: keepOnly({ within }) });
    expect(lines[0]?.reasons).toEqual([`not older than ${written} of backup time (within)`]);
  });

  it('lets of two spellings of one time always the same fill the bucket, in whatever order they were found', () => {
    const time = Date.parse('2026-06-01T10:00Z');
    const spellings = ['2026-06-01T10-00-00.000Z', '2026-06-01T10:00:00.000Z'].map((name) => ({ name, time }));
    const later = snapshotsAt(['2026-06-02T10:00Z', '2026-06-03T10:00Z']);
    for (const found of [spellings, spellings.toReversed()]) {
      const lines = retain({ snapshots: [...found, ...later], latest: null, keep: keepOnly({ daily: 3 }) });
      expect(lines.filter(({ verdict }) => verdict === 'prune').map(({ name }) => name)).toEqual([spellings[0]!.name]);
    }
  });

  it('lets the spelling that latest names fill the bucket when there are two of one time', () => {
    const time = Date.parse(NEXT);
    const dashed = NEXT.replaceAll(':', '-');
    for (const latest of [NEXT, dashed]) {
      const other = latest === NEXT ? dashed : NEXT;
      const snapshots = [NEXT, dashed].map((name) => ({ name, time }));
      const lines = retain({ snapshots, latest, keep: keepOnly({ last: 1, daily: 1 }) });
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

  it('prunes for a snapshot that is made perhaps only what goes with it too', () => {
    // With the new one the usual gap shrinks to hours, and then the absence counts for less.
    const times = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', '2026-03-06T10:00:00Z', '2026-03-06T11:00:00Z'];
    const found = snapshotsAt(times);
    const snapshots = Object.fromEntries(found.map(({ name }) => [name, { kind: 'directory' as const }]));
    const history = classifySnapshots({ snapshots, latest: { kind: 'snapshot', name: found.at(-1)!.name } });
    const pruned = (upcoming: 'none' | 'perhaps' | 'certain') =>
      planRetention({ history, keep: keepOnly({ within: 10 * 24 * HOUR }), now: NOW, upcoming }).prune;
    expect(pruned('none')).not.toEqual(pruned('certain'));
    expect(pruned('perhaps')).toEqual(pruned('none').filter((name) => pruned('certain').includes(name)));
  });

  it('never leaves only the snapshot that this run makes', () => {
    const { lines, prune } = plan('certain', { within: 1 });
    expect(prune).toEqual([MORNING, EVENING]);
    expect(lines[2]?.reasons).toEqual(['without it there would be a single snapshot (only last = 1 asks for that)']);
    expect(plan('certain', { last: 1 }).prune).toEqual(names);
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
      held: [],
      clockBehindLatest: false,
    });
  });

  it.each(['none', 'perhaps', 'certain'] as const)(
    'keeps all since the last one of all of the source while the newest is none (a snapshot to come: %s)',
    (upcoming) => {
      const [ancient, whole, first, second] = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'].map(
        (day) => `${day}T10:00:00.000Z`,
      ) as [string, string, string, string];
      const judge = (...incomplete: string[]) => {
        const directory = { kind: 'directory' as const };
        const names = Object.fromEntries([ancient, whole, first, second].map((name) => [name, directory]));
        const marks = incomplete.map((name) => [`.incomplete-${name}`, { kind: 'file' as const }]);
        const snapshots = { ...names, ...Object.fromEntries(marks) };
        const history = classifySnapshots({ snapshots, latest: { kind: 'snapshot', name: second } });
        return planRetention({ history, keep: keepOnly({ last: 1 }), now: Date.parse('2026-01-05'), upcoming });
      };
      expect(judge(first, second).prune).toEqual([ancient]);
      expect(judge(first, second).held).toEqual(expect.arrayContaining([whole, first]));
      expect(judge(ancient, whole, first, second).prune).toEqual([]);
      expect(judge(ancient, whole, first).held).toEqual([]);
    },
  );

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
