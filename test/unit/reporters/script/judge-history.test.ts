import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SnapshotEntry } from '../../../../src/planner/model/facts.ts';
import type { Keep } from '../../../../src/planner/model/spec.ts';
import { classifySnapshots } from '../../../../src/planner/retention/classify.ts';
import { planRetention } from '../../../../src/planner/retention/retain.ts';
import { zoneChanges } from '../../../../src/planner/retention/zone-changes.ts';
import { JUDGE_HISTORY, TIME_FUNCTIONS } from '../../../../src/reporters/script/judge-history.ts';
import { COMMON_FUNCTIONS } from '../../../../src/reporters/script/script.ts';
import { SERVER_FUNCTIONS } from '../../../../src/reporters/script/server-functions.ts';
import { makeTempDir } from '../../../support/tempdir.ts';
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
  const { stdout, stderr } = spawnSync(program, [...words, ...flags, TIME_FUNCTIONS + JUDGE_HISTORY], {
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

/** The functions of a script over folders, world after world. In the place of ssh stands a shell of this machine, in a group of its own as with sshd. */
function atServer(shell: readonly string[], folder: string, sample: readonly World[]): string[][] {
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/ssh'), `#!/bin/sh\nexec setsid ${shell.join(' ')} -s\n`, { mode: 0o755 });
  for (const [index, { entries, latest, keep, now, upcoming }] of sample.entries()) {
    const root = join(folder, `it's ${index}`);
    mkdirSync(join(root, 'snapshots'), { recursive: true });
    for (const [each, { kind }] of Object.entries(entries)) {
      const path = join(root, 'snapshots', each);
      if (kind === 'file') writeFileSync(path, '');
      else mkdirSync(path);
    }
    if (latest !== null) symlinkSync(`snapshots/${latest}`, join(root, 'latest'));
    const values = [
      ['at', new Date(now).toISOString()],
      ['upcoming', upcoming],
      ['keep', keep === null ? '' : rulesOf(keep)],
      ['zone', keep === null ? '' : (zones.get(keep.timezone) ?? '')],
    ];
    writeFileSync(join(root, 'values'), values.map(([key, value]) => `${key}='${value}'\n`).join(''));
  }
  const script = `set -u
export LC_ALL=C
verbose='' dry_run='' deadline='' host=here started='' mode=hard-link source_server='' target_server=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
${COMMON_FUNCTIONS}
${SERVER_FUNCTIONS}
stamp() { printf %s "$at"; }
server_1() {
  server=there ways=1
  case $2 in 1) "$1" 60 nowhere ;; esac
}
for number in $(seq 0 ${sample.length - 1}); do
  root="${folder}/it's $number"
  . "$root/values"
  reach_ends || exit 9
  read_history || [ -n "$why" ] || exit 8
  cp "$work/history" "$root/decided"
done
disconnect
`;
  const file = join(folder, 'script.sh');
  writeFileSync(file, script);
  const [program = '', ...words] = shell;
  const env = { ...process.env, PATH: `${folder}/bin:${process.env['PATH'] ?? ''}` };
  const { status, stderr } = spawnSync(program, [...words, file], { encoding: 'utf8', env });
  expect([status, stderr]).toEqual([0, '']);
  return sample.map((_, index) =>
    readFileSync(join(folder, `it's ${index}`, 'decided'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .sort(),
  );
}

describe.each([
  ['dash', ['dash'], 0],
  ['busybox ash', ['busybox', 'ash'], 1],
] as const)('what goes at a server by a script in %s', (_, shell, part) => {
  // The same program decides; new is how it is told what is there.
  it(`is what the planner says, in a quarter of ${WORLDS} random worlds`, { timeout: 600_000 }, async () => {
    const sample = fc.sample(worlds, { numRuns: WORLDS, seed: 23 }).filter((__, index) => index % 4 === part);
    const dir = await makeTempDir();
    try {
      const decided = atServer(shell, dir.path, sample);
      for (const [index, world] of sample.entries())
        expect(decided[index], JSON.stringify(world)).toEqual(asPlanned(world));
    } finally {
      await dir.remove();
    }
  });
});

it('knows when the clocks of a zone change', () => {
  const changes = zoneChanges('Europe/Berlin');
  expect(changes).toContainEqual([Date.UTC(2026, 2, 29, 1) / 1000, 7200]);
  expect(changes).toContainEqual([Date.UTC(2026, 9, 25, 1) / 1000, 3600]);
  expect(zoneChanges('UTC')).toEqual([[0, 0]]);
});
