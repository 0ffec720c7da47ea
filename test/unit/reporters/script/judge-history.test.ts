import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SnapshotEntry } from '../../../../src/planner/model/facts.ts';
import type { Keep } from '../../../../src/planner/model/spec.ts';
import { classifySnapshots } from '../../../../src/planner/retention/classify.ts';
import { planRetention } from '../../../../src/planner/retention/retain.ts';
import { zoneChanges } from '../../../../src/planner/retention/zone-changes.ts';
import { JUDGE_HISTORY } from '../../../../src/reporters/script/judge-history.ts';
import { rulesOf } from '../../../../src/reporters/script/sync.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 5, 1);
const WORLDS = 200;
const ZONES = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia'];
const AWKS = [['mawk'], ['busybox', 'awk'], ['gawk', '--posix']].filter(
  ([program = '']) => spawnSync(program, ['--help']).error === undefined,
);

interface World {
  entries: Record<string, SnapshotEntry>;
  latest: string | null;
  keep: Keep | null;
  now: number;
  upcoming: 'none' | 'perhaps' | 'certain';
}

/** Dense in the last days, sparse over years, some in the future: every rule has something to decide. */
const time = fc.oneof(
  fc.integer({ min: -72, max: 6 }).map((quarters) => NOW + quarters * (HOUR / 4)),
  fc.integer({ min: -40 * 24, max: 0 }).map((hours) => NOW + hours * HOUR + 17),
  fc.integer({ min: -20_000, max: 100 }).map((halfDays) => NOW + halfDays * 12 * HOUR + 1),
);

/** Both spellings, and now and then something that only looks like a snapshot. */
const name = fc
  .tuple(time, fc.constantFrom(':', ':', ':', '-'), fc.integer({ min: 0, max: 40 }))
  .map(([at, separator, odd]) => {
    const written = new Date(at).toISOString();
    if (odd === 0) return written.replace(/-\d\dT/, '-31T');
    if (odd === 1) return `${written}.old`;
    return separator === '-' ? written.replaceAll(':', '-') : written;
  });

const entry = fc.tuple(
  name,
  fc.constantFrom(...Array<string>(12).fill(''), '.partial-', '.prune-', '.incomplete-', '.incomplete-'),
  fc.boolean(),
);

const count = fc.integer({ min: 0, max: 3 });
const keeps: fc.Arbitrary<Keep> = fc.record({
  ...{ last: count, hourly: count, daily: count, weekly: count, monthly: count, yearly: count },
  within: fc.option(
    fc.integer({ min: 1, max: 500 }).map((hours) => hours * HOUR),
    { freq: 1 },
  ),
  timezone: fc.constantFrom(...ZONES),
});

const worlds: fc.Arbitrary<World> = fc
  .record({
    found: fc.array(entry, { minLength: 12, maxLength: 60, size: 'max' }),
    marks: fc.array(fc.nat(), { maxLength: 3 }),
    pick: fc.nat(),
    marksLatest: fc.boolean(),
    keep: fc.option(keeps, { freq: 20 }),
    now: fc.oneof({ weight: 9, arbitrary: fc.constant(NOW + 51 * 24 * HOUR) }, { weight: 1, arbitrary: time }),
    upcoming: fc.constantFrom<World['upcoming'][]>('none', 'perhaps', 'certain', 'certain'),
  })
  .map(({ found, marks, pick, marksLatest, ...rest }) => {
    const entries: World['entries'] = {};
    for (const [text, prefix, marked] of found) {
      entries[prefix + text] = { kind: prefix === '.incomplete-' ? 'file' : 'directory' };
      if (marked && prefix === '' && marks.length > 2) entries[`.incomplete-${text}`] = { kind: 'file' };
    }
    const names = Object.keys(entries).filter((each) => /^\d.*Z$/.test(each));
    // Mostly the newest, as runs leave it; a snapshot later than that is one that nothing vouches for.
    const sorted = names.toSorted((a, b) => (a.replaceAll(':', '-') < b.replaceAll(':', '-') ? 1 : -1));
    const latest = sorted[pick % 3 === 0 ? pick % Math.max(sorted.length, 1) : 0] ?? null;
    if (latest !== null && marksLatest && pick % 5 === 0) entries[`.incomplete-${latest}`] = { kind: 'file' };
    return { ...rest, entries, latest };
  });

function asPlanned({ entries, latest, keep, now, upcoming }: World): string[] {
  const named = latest === null ? ({ kind: 'none-yet' } as const) : ({ kind: 'snapshot', name: latest } as const);
  const history = classifySnapshots({ snapshots: entries, latest: named });
  const { prune, held } = planRetention({ history, keep, now, upcoming });
  expect(prune.filter((each) => held.includes(each))).toEqual([]);
  const whole = history.snapshots.findLast((each) => !history.incomplete.includes(each.name))?.name;
  const partial = history.partials.at(-1);
  return [
    ...history.pruneLeftovers.map((each) => `leftover ${each}`),
    ...history.staleMarks.map((each) => `stale ${each}`),
    ...history.unverified.map((each) => `unverified ${each}`),
    ...(history.latest === null ? [] : [`latest ${history.latest.name}`]),
    ...(partial === undefined ? [] : [`partial ${partial}`]),
    ...(whole === undefined || whole === history.snapshots.at(-1)?.name ? [] : [`whole ${whole}`]),
    ...prune.map((each) => `prune ${each}`),
  ].sort();
}

const zones = new Map(
  ZONES.map((zone) => [
    zone,
    zone === 'UTC'
      ? ''
      : zoneChanges(zone)
          .map((pair) => pair.join(' '))
          .join(' '),
  ]),
);

function asScript([program = '', ...words]: string[], { entries, latest, keep, now, upcoming }: World): string[] {
  const variables = {
    latest: latest ?? '',
    now: new Date(now).toISOString(),
    upcoming,
    keep: keep === null ? '' : rulesOf(keep),
    zone: keep === null ? '' : (zones.get(keep.timezone) ?? ''),
  };
  const flags = Object.entries(variables).flatMap(([key, value]) => ['-v', `${key}=${value}`]);
  const input = Object.entries(entries).map(([each, { kind }]) => `${kind === 'file' ? 'f' : 'd'} ${each}\n`);
  const { stdout, stderr } = spawnSync(program, [...words, ...flags, JUDGE_HISTORY], {
    input: input.join(''),
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  expect(stderr).toBe('');
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}

describe.each(AWKS.map((awk) => [awk.join(' '), awk] as const))('what goes by a script with %s', (_, awk) => {
  it(`is what the planner says, in ${WORLDS} random worlds`, { timeout: 120_000 }, () => {
    const sample = fc.sample(worlds, { numRuns: WORLDS, seed: 19 });
    const planned = sample.map(asPlanned);
    // Worlds in which nothing is decided prove nothing.
    expect(planned.filter((lines) => lines.some((line) => line.startsWith('prune '))).length).toBeGreaterThan(
      WORLDS / 3,
    );
    expect(planned.filter((lines) => lines.some((line) => line.startsWith('whole '))).length).toBeGreaterThan(5);
    for (const [index, world] of sample.entries()) {
      expect(asScript(awk, world), JSON.stringify(world)).toEqual(planned[index]);
    }
  });
});

it('knows when the clocks of a zone change', () => {
  const changes = zoneChanges('Europe/Berlin');
  expect(changes).toContainEqual([Date.UTC(2026, 2, 29, 1) / 1000, 7200]);
  expect(changes).toContainEqual([Date.UTC(2026, 9, 25, 1) / 1000, 3600]);
  expect(zoneChanges('UTC')).toEqual([[0, 0]]);
});
