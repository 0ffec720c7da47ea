import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Keep } from '../../../../src/planner/model/spec.ts';
import { classifySnapshots } from '../../../../src/planner/retention/classify.ts';
import { planRetention, retain } from '../../../../src/planner/retention/retain.ts';
import type { Timed } from '../../../../src/planner/retention/rules.ts';
import { keepOnly, snapshotsAt } from './policy.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 5, 1);
const RULES = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly', 'within'] as const;
const ZONES = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia'];

/** Dense in the last days, sparse over years, some in the future, so that every rule has something to decide. */
const times = fc.uniqueArray(
  fc.oneof(
    fc.integer({ min: -72, max: 6 }).map((quarters) => NOW + quarters * (HOUR / 4)),
    fc.integer({ min: -40 * 24, max: 0 }).map((hours) => NOW + hours * HOUR),
    fc.integer({ min: -20_000, max: 100 }).map((halfDays) => NOW + halfDays * 12 * HOUR + 1),
  ),
  { minLength: 1, maxLength: 60 },
);

/** Some are of a source that could not be read whole. */
const snapshotSets = fc
  .tuple(times.map(snapshotsAt), fc.infiniteStream(fc.boolean()))
  .map(([snapshots, marks]) => snapshots.map((each) => ({ ...each, incomplete: marks.next().value === true })));
const count = fc.integer({ min: 0, max: 6 });
const keeps: fc.Arbitrary<Keep> = fc.record({
  last: count,
  hourly: count,
  daily: count,
  weekly: count,
  monthly: count,
  yearly: count,
  within: fc.option(fc.integer({ min: 1, max: 2000 }).map((hours) => hours * HOUR)),
  timezone: fc.constantFrom(...ZONES),
});

type Snapshots = readonly Timed[];

function keptNames(snapshots: Snapshots, keep: Keep, latest: string | null = null): Set<string> {
  const lines = retain({ snapshots, latest, keep });
  return new Set(lines.filter(({ verdict }) => verdict === 'keep').map(({ name }) => name));
}

/** What the rules of a policy keep, without what is spared so that none stays alone. */
function keptByRule(snapshots: Snapshots, keep: Keep): Set<string> {
  const lines = retain({ snapshots, latest: null, keep });
  const kept = lines.filter(({ verdict, reasons }) => verdict === 'keep' && !reasons.some(isSparing));
  return new Set(kept.map(({ name }) => name));
}

function isSparing(reason: string): boolean {
  return reason.startsWith('without it there would be a single snapshot');
}

/** Where a single one would stay, the newest of the others stays too, unless the policy says `last = 1`. */
function withSpared(kept: ReadonlySet<string>, snapshots: Snapshots, { last }: Keep): Set<string> {
  const others = snapshots.filter(({ name }) => !kept.has(name)).sort((a, b) => b.time - a.time);
  const spared = kept.size > 1 || last === 1 ? [] : others.slice(0, 1);
  return new Set([...kept, ...spared.map(({ name }) => name)]);
}

function alone(keep: Keep, rule: (typeof RULES)[number]): Keep {
  return keepOnly({ [rule]: keep[rule], timezone: keep.timezone });
}

/** The wall clock as Intl shows it, without offsets: another way to the buckets than the one that is tested. */
function wallClock(time: number, timezone: string) {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const part = (type: string): string => format.formatToParts(time).find((found) => found.type === type)!.value;
  return { year: part('year'), month: part('month'), day: part('day') };
}

function naivelyKept(snapshots: Snapshots, wanted: number, bucketOf: (time: number) => string): Set<string> {
  const sorted = [...snapshots].sort((a, b) => b.time - a.time);
  const buckets = [...new Set(sorted.map(({ time }) => bucketOf(time)))].slice(0, wanted);
  return new Set(
    buckets.map((bucket) => {
      const inIt = sorted.filter(({ time }) => bucketOf(time) === bucket);
      return (inIt.find(({ incomplete }) => incomplete !== true) ?? inIt[0]!).name;
    }),
  );
}

describe('retention, whatever the snapshots and the policy', () => {
  it('keeps together what the rules keep alone, and latest', () => {
    fc.assert(
      fc.property(snapshotSets, keeps, fc.nat(), (snapshots, keep, pick) => {
        const latest = snapshots[pick % snapshots.length]!.name;
        const union = new Set([latest, ...RULES.flatMap((rule) => [...keptByRule(snapshots, alone(keep, rule))])]);
        expect(keptNames(snapshots, keep, latest)).toEqual(withSpared(union, snapshots, keep));
      }),
    );
  });

  it('prunes nothing that a rule kept when one rule is made larger', () => {
    fc.assert(
      fc.property(
        snapshotSets,
        keeps,
        fc.constantFrom(...RULES),
        fc.integer({ min: 1, max: 5 }),
        (all, keep, rule, more) => {
          const larger = { ...keep, [rule]: (keep[rule] ?? 0) + more * (rule === 'within' ? 50 * HOUR : 1) };
          const kept = keptNames(all, larger);
          expect([...keptByRule(all, keep)].filter((name) => !kept.has(name))).toEqual([]);
        },
      ),
    );
  });

  it('never prunes latest', () => {
    fc.assert(
      fc.property(snapshotSets, keeps, fc.nat(), (snapshots, keep, pick) => {
        const latest = snapshots[pick % snapshots.length]!.name;
        expect(keptNames(snapshots, keep, latest)).toContain(latest);
      }),
    );
  });

  it('does not depend on the order in which snapshots were found', () => {
    const shuffled = times.chain((found) =>
      fc.tuple(fc.constant(snapshotsAt(found)), fc.shuffledSubarray(snapshotsAt(found), { minLength: found.length })),
    );
    fc.assert(
      fc.property(shuffled, keeps, ([one, other], keep) => {
        const input = { latest: null, keep };
        expect(retain({ ...input, snapshots: one })).toEqual(retain({ ...input, snapshots: other }));
      }),
    );
  });

  it('gives every snapshot exactly one line and at least one reason', () => {
    fc.assert(
      fc.property(
        snapshotSets,
        keeps.filter((keep) => RULES.some((rule) => (keep[rule] ?? 0) > 0)),
        (snapshots, keep) => {
          const lines = retain({ snapshots, latest: null, keep });
          expect(lines.map(({ name }) => name)).toEqual(snapshots.map(({ name }) => name).sort());
          expect(lines.filter(({ reasons }) => reasons.length === 0)).toEqual([]);
        },
      ),
    );
  });

  it('agrees with a naive reading of the rules', () => {
    fc.assert(
      fc.property(
        snapshotSets,
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(...ZONES),
        (snapshots, wanted, timezone) => {
          const wall = (time: number) => wallClock(time, timezone);
          expect(keptByRule(snapshots, keepOnly({ last: wanted }))).toEqual(naivelyKept(snapshots, wanted, String));
          expect(keptByRule(snapshots, keepOnly({ daily: wanted, timezone }))).toEqual(
            naivelyKept(snapshots, wanted, (time) => Object.values(wall(time)).join()),
          );
          expect(keptByRule(snapshots, keepOnly({ monthly: wanted, timezone }))).toEqual(
            naivelyKept(snapshots, wanted, (time) => wall(time).year + wall(time).month),
          );
          expect(keptByRule(snapshots, keepOnly({ yearly: wanted, timezone }))).toEqual(
            naivelyKept(snapshots, wanted, (time) => wall(time).year),
          );
          // Offsets of these zones are multiples of a quarter of an hour, and weeks begin on Monday.
          expect(keptByRule(snapshots, keepOnly({ weekly: wanted, timezone }))).toEqual(
            naivelyKept(snapshots, wanted, (time) => {
              const { year, month, day } = wall(time);
              const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
              return String(date - ((new Date(date).getUTCDay() + 6) % 7) * 24 * HOUR);
            }),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('planRetention, whatever the history', () => {
  const histories = fc.tuple(snapshotSets, fc.nat()).map(([found, pick]) => {
    const snapshots = Object.fromEntries(found.map(({ name }) => [name, { kind: 'directory' as const }]));
    return classifySnapshots({ snapshots, latest: { kind: 'snapshot', name: found[pick % found.length]!.name } });
  });

  it('never prunes what is unverified, nor latest unless a certain new snapshot takes its place', () => {
    fc.assert(
      fc.property(histories, keeps, fc.constantFrom('none', 'perhaps', 'certain'), (history, keep, upcoming) => {
        const { prune } = planRetention({ history, keep, now: NOW, upcoming });
        const allowed = new Set(history.snapshots.map(({ name }) => name));
        if (upcoming !== 'certain') allowed.delete(history.latest!.name);
        expect(prune.filter((name) => !allowed.has(name))).toEqual([]);
      }),
    );
  });

  it('never leaves a snapshot alone that has others, unless the policy says last = 1', () => {
    fc.assert(
      fc.property(histories, keeps, fc.constantFrom('none', 'perhaps', 'certain'), (history, keep, upcoming) => {
        fc.pre(keep.last !== 1 && history.snapshots.length > 1);
        const { prune } = planRetention({ history, keep, now: NOW, upcoming });
        const left = history.snapshots.length - prune.length + (upcoming === 'certain' ? 1 : 0);
        expect(left).toBeGreaterThan(1);
      }),
    );
  });

  it('prunes nothing by within, however far the clock has jumped since the last of a regular history', () => {
    const jumps = fc.integer({ min: 0, max: 100 * 365 * 24 }).map((hours) => hours * HOUR);
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 40 }), fc.integer({ min: 1, max: 72 }), jumps, (made, hours, jump) => {
        const gap = hours * HOUR;
        const found = snapshotsAt(Array.from({ length: made }, (_, index) => NOW - jump - index * gap - 1));
        const snapshots = Object.fromEntries(found.map(({ name }) => [name, { kind: 'directory' as const }]));
        const history = classifySnapshots({ snapshots, latest: { kind: 'snapshot', name: found[0]!.name } });
        const within = (made - 1) * gap + Math.max(3 * gap, 24 * HOUR);
        expect(planRetention({ history, keep: keepOnly({ within }), now: NOW, upcoming: 'certain' }).prune).toEqual([]);
      }),
    );
  });

  it('prunes for a snapshot that is made perhaps exactly what goes both with and without it', () => {
    fc.assert(
      fc.property(histories, keeps, (history, keep) => {
        const pruned = (upcoming: 'none' | 'perhaps' | 'certain') =>
          planRetention({ history, keep, now: NOW, upcoming }).prune;
        const withIt = new Set(pruned('certain'));
        expect(pruned('perhaps')).toEqual(pruned('none').filter((name) => withIt.has(name)));
      }),
      { numRuns: 300 },
    );
  });
});
