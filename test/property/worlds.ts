import fc from 'fast-check';
import type { Facts, SyncHistory, TransferPreview } from '../../src/planner/model/facts.ts';
import type { PlanRequest } from '../../src/planner/model/plan.ts';
import { world, type EndpointWorld, type VolumeWorld, type World } from '../support/facts.ts';

/** A spec in pieces, so that a test can write its tables in any order, with what was observed and what was asked for. */
export interface Scene {
  /** One TOML table each, with its subtables. */
  tables: string[];
  facts: Facts;
  request: Partial<PlanRequest>;
  purpose: 'backup' | 'prune';
}

export function tomlOf(tables: readonly string[]): string {
  return ['version = 1', ...tables].join('\n\n');
}

/** Names of snapshots are of the days before this. */
export const NOW = Date.UTC(2026, 2, 10, 12);
const HOUR = 3_600_000;
const DRIVE = '8a3b2c1d-1111-2222-3333-444455556666';

const VOLUMES = [
  '[volumes.laptop]\npath = "~"',
  '[volumes.usb]\npath = "/mnt/usb"',
  '[volumes.hub]\npath = "/mnt/hub"',
  `[volumes.drive]\npath = "/mnt/drive"\nmount.device-uuid = "${DRIVE}"`,
];

export const often = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 15, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(usual, ...others) });

const volumes: fc.Arbitrary<Record<string, VolumeWorld | null>> = fc.record({
  laptop: fc.constant({ path: '/home/ada', target: '/' }),
  usb: fc.record({
    path: fc.constant('/mnt/usb'),
    sentinel: often(true, false),
    fsType: often('ext4', 'vfat'),
    freeBytes: often(5e11, 1e6),
  }),
  hub: fc.record({
    path: fc.constant('/mnt/hub'),
    fsType: often('btrfs', 'ext4'),
    options: often(['rw', 'user_subvol_rm_allowed'], ['rw']),
  }),
  drive: often<VolumeWorld | null>({ path: '/mnt/drive', uuid: DRIVE }, null, { path: '/mnt/drive', uuid: 'other' }),
});

const time = fc.oneof(
  { weight: 25, arbitrary: fc.integer({ min: -24 * 60, max: -1 }).map((hours) => NOW + hours * HOUR) },
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 40 }).map((hours) => NOW + hours * HOUR) },
);
const name = time.map((at) => new Date(at).toISOString());

export const MISSING = '2020-01-01T00:00:00.000Z';
const FOREIGN = ['notes.txt', 'my folder', '2026-02-30T00:00:00.000Z', '.partial-x', '.prune-', '__proto__', '{a}'];
const entries = fc.dictionary(
  fc.oneof(
    fc.constantFrom(...FOREIGN),
    name.map((each) => `.partial-${each}`),
    name.map((each) => `.prune-${each}`),
    name,
  ),
  fc.constantFrom('directory' as const, 'subvolume' as const, 'symlink' as const, 'file' as const, 'other' as const),
  { maxKeys: 3 },
);

const destination = fc.record({
  destination: often(true, false),
  source: fc.constant(true),
  missing: often(false, true),
  empty: fc.boolean(),
  writable: often(true, false),
});

export const past: fc.Arbitrary<EndpointWorld> = fc
  .record({
    entries,
    staging: often<'subvolume' | 'directory' | undefined>('subvolume', 'directory', undefined),
    snapshots: often(true, false).chain((some) =>
      fc.uniqueArray(name, { minLength: some ? 1 : 0, maxLength: some ? 8 : 0 }),
    ),
    prepared: often(true, false),
    pointsTo: often('newest', 'oldest', 'none', 'nothing'),
  })
  .map(({ pointsTo, prepared, snapshots, staging, entries: others }) => {
    const latest = { newest: undefined, oldest: snapshots.toSorted()[0], none: 'none', nothing: MISSING }[pointsTo];
    return {
      ...(prepared ? { snapshots, entries: others } : {}),
      ...(staging === undefined ? {} : { staging }),
      ...(latest === undefined ? {} : { latest }),
    };
  });

export const keep = fc
  .record(
    {
      last: fc.nat(3),
      hourly: fc.nat(3),
      daily: fc.nat(3),
      weekly: fc.nat(2),
      within: fc.constantFrom('1h', '2d', '3w'),
      timezone: fc.constantFrom('Europe/Berlin', 'America/St_Johns', 'Pacific/Apia'),
    },
    { requiredKeys: [] },
  )
  .map((rules) => Object.entries({ ...rules, last: Math.max(1, rules.last ?? 0) }))
  .map((rules) => `{ ${rules.map(([key, value]) => `${key} = ${JSON.stringify(value)}`).join(', ')} }`);

const outcome = fc.constantFrom('succeeded' as const, 'failed' as const, 'interrupted' as const, 'refused' as const);
const history: fc.Arbitrary<SyncHistory> = fc.record({
  lastRun: fc.option(fc.record({ run: fc.constant('r2'), outcome, at: name })),
  lastSuccess: fc.option(
    fc.record({
      run: fc.constant('r1'),
      at: name,
      snapshot: fc.option(name),
      entries: fc.option(fc.nat(5000)),
      mountTarget: often<string | null>(null, '/mnt/usb', '/mnt/hub', '/mnt/hub/inner'),
    }),
  ),
});

const preview: fc.Arbitrary<TransferPreview> = fc.record({
  ...{ files: fc.nat(9), bytes: fc.nat(), creates: fc.nat(9), updates: fc.nat(9), deletes: often(0, 7, 19, 20, 60) },
  ...{ sourceEntries: fc.nat(100), destinationEntries: fc.constant(100), truncated: fc.boolean() },
  items: fc.constant([]),
});

/** Mostly one that the volume can hold. */
const places = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ to: fc.constantFrom('usb', 'drive'), mode: fc.constantFrom('none', 'hard-link') }),
  },
  { weight: 3, arbitrary: fc.constant({ to: 'hub', mode: 'btrfs' }) },
  { weight: 1, arbitrary: fc.constantFrom({ to: 'hub', mode: 'hard-link' }, { to: 'usb', mode: 'btrfs' }) },
);

/** One sync; `reads` is an earlier one whose destination it reads, if that number is one. */
const sync = fc.record({
  reads: fc.nat(20),
  place: places,
  keep: fc.option(keep),
  when: fc.constantFrom('always', 'changed'),
  enabled: often(true, false),
  delete: often(true, false),
  maxPrune: fc.option(fc.nat(4), { freq: 5 }),
  minFree: fc.option(fc.constantFrom('1KB', '5GiB'), { freq: 5 }),
  hooks: fc.record({ before: fc.nat(2), after: fc.nat(2), 'on-failure': fc.nat(1) }),
  sourceSnapshot: often(false, true),
  source: fc.record({ source: often(true, false), empty: often(false, true) }),
  destination,
  past,
  /** With mode none: it may have held snapshots before. */
  adopted: often(false, true),
  history: fc.option(history),
  preview: fc.option(preview, { freq: 4 }),
});
type Drawn = typeof sync extends fc.Arbitrary<infer T> ? T : never;
type SyncScene = Drawn & { name: string; from: string; at: string; mode: string; endpoint: EndpointWorld };

function tableOf(each: SyncScene): string {
  const { hooks } = each;
  const commands = (['before', 'after', 'on-failure'] as const)
    .filter((when) => hooks[when] > 0)
    .map(
      (when) => `${when} = ${JSON.stringify(Array.from({ length: hooks[when] }, (_, n) => ['echo', when, String(n)]))}`,
    );
  return [
    `[syncs.${each.name}]`,
    `source = "${each.from}"`,
    `destination = "${each.at}"`,
    `enabled = ${each.enabled}`,
    `rsync.delete = ${each.delete}`,
    ...(each.sourceSnapshot ? ['source-snapshot = "btrfs"'] : []),
    ...commands,
    `snapshots.mode = "${each.mode}"`,
    ...(each.mode === 'none' ? [] : [`snapshots.when = "${each.when}"`]),
    ...(each.mode === 'none' || each.keep === null ? [] : [`snapshots.keep = ${each.keep}`]),
    ...(each.maxPrune === null ? [] : [`policy.max-prune = ${each.maxPrune}`]),
    ...(each.minFree === null ? [] : [`policy.min-free = "${each.minFree}"`]),
  ].join('\n');
}

function located(syncs: Drawn[]): SyncScene[] {
  const written = syncs.map((each, index) => `${each.place.to}:d${index}`);
  return syncs.map((each, index) => ({
    ...each,
    mode: each.place.mode,
    name: `s${index}`,
    endpoint: { ...each.destination, ...(each.place.mode === 'none' && !each.adopted ? {} : each.past) },
    at: written[index] ?? '',
    // Only earlier ones, so that no circle comes about; some syncs share a source.
    from: each.reads < index ? (written[each.reads] ?? '') : `laptop:f${each.reads % 15}`,
  }));
}

function known<T>(syncs: readonly SyncScene[], valueOf: (each: SyncScene) => T | null): Record<string, T> {
  return Object.fromEntries(
    syncs.flatMap((each) => {
      const value = valueOf(each);
      return value === null ? [] : [[each.name, value] as const];
    }),
  );
}

export const scenes: fc.Arbitrary<Scene> = fc
  .record({
    volumes,
    syncs: fc.array(sync, { minLength: 1, maxLength: 7 }).map(located),
    purpose: often<'backup' | 'prune'>('backup', 'prune'),
    request: fc.record({ prune: often(true, false), allowDestructive: often(false, true) }),
  })
  .map(({ volumes: there, syncs, purpose, request }) => {
    const sources = syncs
      .filter(({ from }) => from.startsWith('laptop:'))
      .map(({ from, source }) => [from, source] as const);
    const seen: World = {
      volumes: there,
      endpoints: Object.fromEntries<EndpointWorld>([
        ...sources,
        ...syncs.map(({ at, endpoint }) => [at, endpoint] as const),
      ]),
      history: known(syncs, (each) => each.history),
      previews: known(syncs, (each) => each.preview),
    };
    return { tables: [...VOLUMES, ...syncs.map(tableOf)], facts: world(seen), request, purpose };
  });
