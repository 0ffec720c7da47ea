import type { Keep } from '../model/spec.ts';
import { bucketsIn, type BucketUnit } from './calendar.ts';
import { backupAges } from './pace.ts';

export interface Timed {
  name: string;
  /** Milliseconds since 1970, UTC. */
  time: number;
  /** Not all of the source could be read. */
  incomplete?: boolean;
}

/** What one rule says of one snapshot, and why. */
export interface Judgement {
  keeps: boolean;
  reason: string;
}

/** Judges all snapshots, which come newest first; the judgements are in the same order. */
export type Rule = (newestFirst: readonly Timed[]) => Judgement[];

const CALENDAR: readonly { key: 'hourly' | 'daily' | 'weekly' | 'monthly' | 'yearly'; unit: BucketUnit }[] = [
  { key: 'hourly', unit: 'hour' },
  { key: 'daily', unit: 'day' },
  { key: 'weekly', unit: 'week' },
  { key: 'monthly', unit: 'month' },
  { key: 'yearly', unit: 'year' },
];

/** The rules that a policy sets. None reads a clock: what they remove cannot be brought back when it was wrong. */
export function rulesOf(keep: Keep): Rule[] {
  const bucketOf = bucketsIn(keep.timezone);
  return [
    ...(keep.last > 0 ? [last(keep.last)] : []),
    ...CALENDAR.filter(({ key }) => keep[key] > 0).map(({ key, unit }) =>
      newestOfEach(keep[key], key, unit, (time) => bucketOf(time, unit)),
    ),
    ...(keep.within === null ? [] : [within(keep.within)]),
  ];
}

function last(count: number): Rule {
  return (newestFirst) =>
    newestFirst.map((_, index) =>
      index < count
        ? { keeps: true, reason: `among the newest (last ${index + 1} of ${count})` }
        : { keeps: false, reason: `not among the newest ${count} (last)` },
    );
}

/**
 * Keeps the newest of each of the newest `count` buckets that hold a snapshot at all, as restic's `forget` does: the newest
 * whole one where there is one, since an incomplete one lacks what the others of its bucket may have.
 */
function newestOfEach(count: number, rule: string, unit: BucketUnit, bucketOf: (time: number) => string): Rule {
  return (newestFirst) => {
    const holders = new Map<string, { place: number; newest: Timed; held: Timed }>();
    for (const snapshot of newestFirst) {
      const bucket = bucketOf(snapshot.time);
      const found = holders.get(bucket);
      if (found === undefined && holders.size < count) {
        holders.set(bucket, { place: holders.size + 1, newest: snapshot, held: snapshot });
      } else if (found?.held.incomplete === true && snapshot.incomplete !== true) found.held = snapshot;
    }
    return newestFirst.map((snapshot) => {
      const bucket = bucketOf(snapshot.time);
      const holder = holders.get(bucket);
      if (holder === undefined) {
        return { keeps: false, reason: `${unit} ${bucket} is not among the newest ${count} (${rule})` };
      }
      const { held, newest, place } = holder;
      const counted = `(${rule} ${place} of ${count})`;
      if (held !== snapshot) return { keeps: false, reason: `${unit} ${bucket} keeps ${held.name} ${counted}` };
      const which = held === newest ? 'newest' : 'newest whole one';
      return { keeps: true, reason: `${which} of ${unit} ${bucket} ${counted}` };
    });
  };
}

/** Counts backup time: see `backupAges`. */
function within(span: number): Rule {
  const written = `${formatSpan(span)} of backup time (within)`;
  return (newestFirst) =>
    backupAges(newestFirst).map((age) =>
      age <= span
        ? { keeps: true, reason: `not older than ${written}` }
        : { keeps: false, reason: `older than ${written}` },
    );
}

/** As the spec writes durations, in the largest unit that fits exactly. */
function formatSpan(ms: number): string {
  const units = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };
  const [unit, size] = Object.entries(units).find(([, unitMs]) => ms % unitMs === 0) ?? ['s', units.s];
  return `${ms / size}${unit}`;
}
