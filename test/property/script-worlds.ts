import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { EndpointWorld } from '../support/facts.ts';
import { keep, MISSING, NOW, often, past } from './worlds.ts';

/** Where the volumes of a world are. */
export interface Places {
  root: string;
  /** A folder on btrfs; null where nothing can be mounted. */
  btrfs: string | null;
}

const VOLUMES = ['laptop', 'usb', 'hub', 'drive'] as const;

const volume = often<'here' | 'absent' | 'emptied' | 'unmarked'>('here', 'absent', 'emptied', 'unmarked');

/** So many make a loss that counts. */
const MANY = 30;
const count = (usual: number, ...others: number[]) => often(usual, usual, ...others);

const sync = fc.record({
  reads: fc.nat(9),
  place: fc.constantFrom(
    ...(['usb', 'drive', 'hub'] as const).flatMap((to) =>
      (['none', 'hard-link'] as const).map((mode) => ({ to, mode })),
    ),
    { to: 'hub' as const, mode: 'btrfs' as const },
    { to: 'hub' as const, mode: 'btrfs' as const },
  ),
  keep: fc.option(keep, { freq: 6 }),
  when: fc.constantFrom('always', 'changed'),
  enabled: often(true, true, false),
  filters: fc.constantFrom('', '"- *.tmp"', '"- /f1", "- *.tmp"', '"+ /f2", "- /f*"'),
  delete: often(true, false),
  maxDelete: fc.constantFrom('', '', 'percent = 99', 'files = 5'),
  maxChange: often('', '50'),
  maxPrune: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 3 }),
  minFree: often('', '1KB', '1000TB'),
  maxAge: often('', '1h', '1000d'),
  hooks: fc.boolean(),
  source: often<'here' | 'unmarked' | 'missing' | 'newer'>('here', 'unmarked', 'missing', 'newer'),
  target: often<'own' | 'unmarked' | 'missing' | 'other' | 'newer' | 'out'>(
    'own',
    ...(['unmarked', 'missing', 'other', 'newer', 'out'] as const),
  ),
  files: count(3, 0, MANY),
  copied: count(3, 0, MANY),
  past,
  incomplete: often(false, true),
  /** With mode none: it may have held snapshots before. */
  adopted: often(false, true),
  latest: often<'link' | 'missing' | 'file' | 'elsewhere'>('link', 'missing', 'file', 'elsewhere'),
  snapshots: often<'folder' | 'missing' | 'linked'>('folder', 'missing', 'linked'),
  /** Hours ago. */
  noted: fc.option(fc.constantFrom(0.5, 5), { freq: 1 }),
});
type Drawn = typeof sync extends fc.Arbitrary<infer T> ? T : never;

interface Located extends Drawn {
  name: string;
  /** Endpoint keys. */
  from: string;
  at: string;
  mode: 'none' | 'hard-link' | 'btrfs';
}

/** A spec and what is there, in folders. `make` leaves all open and prepared, for which a script can be made; then `spoil`. */
export interface ScriptWorld {
  toml: (places: Places) => string;
  make: (places: Places) => void;
  spoil: (places: Places) => void;
}

export const scriptWorlds: fc.Arbitrary<ScriptWorld> = fc
  .record({
    volumes: fc.record({
      laptop: often<'here' | 'absent'>('here', 'here', 'absent'),
      usb: volume,
      hub: volume,
      drive: volume,
    }),
    syncs: fc.array(sync, { minLength: 1, maxLength: 5, size: 'max' }),
  })
  .map(({ volumes, syncs }) => ({
    toml: (places) => [volumeTables(places), ...located(syncs, places).map(tableOf)].join('\n'),
    make: (places) => {
      makeAll(places, located(syncs, places));
    },
    spoil: (places) => {
      for (const each of located(syncs, places)) {
        if (each.enabled) spoilSync(places, each);
      }
      for (const name of VOLUMES) spoilVolume(placeOf(places, name), volumes[name]);
    },
  }));

function located(syncs: readonly Drawn[], { btrfs }: Places): Located[] {
  const written = syncs.map(({ place }, index) => `${place.to}:d${index}`);
  return syncs.map((each, index) => ({
    ...each,
    mode: each.place.mode === 'btrfs' && btrfs === null ? 'hard-link' : each.place.mode,
    name: `s${index}`,
    at: written[index] ?? '',
    // Only earlier ones, so that no circle comes about; some syncs share a source.
    from: each.reads < index ? (written[each.reads] ?? '') : `laptop:f${each.reads % 9}`,
  }));
}

function placeOf({ root, btrfs }: Places, name: string): string {
  return name === 'hub' && btrfs !== null ? join(btrfs, 'hub') : join(root, name);
}

function pathOf(places: Places, endpoint: string): string {
  const [name = '', folder = ''] = endpoint.split(':');
  return join(placeOf(places, name), folder);
}

function volumeTables(places: Places): string {
  return [
    'version = 1',
    ...VOLUMES.map((name) => `[volumes.${name}]\npath = ${JSON.stringify(placeOf(places, name))}`),
  ].join('\n');
}

function tableOf(each: Located): string {
  const text = (key: string, value: string, quote = ''): string[] =>
    value === '' ? [] : [`${key} = ${quote}${value}${quote}`];
  return [
    `[syncs.${each.name}]`,
    `source = "${each.from}"`,
    `destination = "${each.at}"`,
    `enabled = ${each.enabled}`,
    `filters = [${each.filters}]`,
    `rsync.delete = ${each.delete}`,
    `snapshots.mode = "${each.mode}"`,
    ...(each.mode === 'none' ? [] : [`snapshots.when = "${each.when}"`]),
    ...(each.mode === 'none' || each.keep === null ? [] : [`snapshots.keep = ${each.keep}`]),
    ...(each.hooks ? ['before = [["true"]]', 'after = [["true"]]'] : []),
    ...text('max-age', each.maxAge, '"'),
    ...text('policy.min-free', each.minFree, '"'),
    ...text('policy.max-change', each.maxChange),
    ...(each.maxPrune === null ? [] : [`policy.max-prune = ${each.maxPrune}`]),
    ...(each.maxDelete === '' ? [] : [`policy.max-delete = { ${each.maxDelete} }`]),
  ].join('\n');
}

function fill(folder: string, files: number): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (/^[fx]\d/.test(name)) rmSync(join(folder, name));
  for (let index = 0; index < files; index += 1) {
    const path = join(folder, index % 10 === 9 ? `x${index}.tmp` : `f${index}`);
    writeFileSync(path, `${index}`);
    utimesSync(path, 1e9, 1e9);
  }
}

const FIRST = '2026-01-01T00:00:00.000Z';

const idOf = (endpoint: string): string => `id of ${endpoint}`;

function makeAll(places: Places, syncs: readonly Located[]): void {
  for (const name of VOLUMES) {
    mkdirSync(placeOf(places, name), { recursive: true });
    writeFileSync(join(placeOf(places, name), '.nbkp-vol'), '');
  }
  for (const each of syncs) {
    const folder = pathOf(places, each.at);
    mkdirSync(folder, { recursive: true });
    markDestination(places, each, idOf(each.from));
    if (each.mode === 'none') {
      fill(folder, 1);
      continue;
    }
    // Syncs that read it need one.
    fill(join(folder, 'snapshots', FIRST), 1);
    symlinkSync(`snapshots/${FIRST}`, join(folder, 'latest'));
    if (each.mode === 'btrfs') execFileSync('btrfs', ['-q', 'subvolume', 'create', join(folder, 'staging')]);
  }
  for (const each of syncs) {
    const source = pathOf(places, each.from);
    if (each.from.startsWith('laptop:')) fill(source, 1);
    writeFileSync(join(source, '.nbkp-src'), `${JSON.stringify({ formatVersion: '1.0', id: idOf(each.from) })}\n`);
  }
}

function markDestination(places: Places, { at, name }: Located, source: string, formatVersion = '1.0'): void {
  const about = { source, machine: 'm', spec: 's', sync: name, options: { keeps: [], modifyWindow: 0 } };
  writeFileSync(join(pathOf(places, at), '.nbkp-dst'), `${JSON.stringify({ formatVersion, ...about })}\n`);
}

function spoilSync(places: Places, each: Located): void {
  const { from, at, mode } = each;
  const [source, folder] = [pathOf(places, from), pathOf(places, at)];
  if (mode !== 'none' || each.adopted) makePast(folder, each);
  if (mode === 'none') fill(folder, each.copied);
  if (from.startsWith('laptop:')) fill(source, each.files);
  if (each.noted !== null) {
    const time = new Date(Date.now() - each.noted * 3_600_000).toISOString();
    const note = { formatVersion: '1.0', source: idOf(from), sync: each.name, at: time };
    writeFileSync(join(folder, '.nbkp-last.json'), `${JSON.stringify(note)}\n`);
  }
  if (each.source === 'unmarked') rmSync(join(source, '.nbkp-src'), { force: true });
  if (each.source === 'newer') writeFileSync(join(source, '.nbkp-src'), '{"formatVersion":"2.0","id":"x"}\n');
  // What others read stays: its own sync has marks too.
  if (each.source === 'missing' && from.startsWith('laptop:')) rmSync(source, { recursive: true, force: true });
  if (each.target === 'unmarked') rmSync(join(folder, '.nbkp-dst'));
  if (each.target === 'missing') rmSync(folder, { recursive: true });
  if (each.target === 'other') markDestination(places, each, 'another');
  if (each.target === 'newer') markDestination(places, each, idOf(from), '2.0');
  if (each.target === 'out') {
    const outside = join(folder, '../..', `outside-${each.name}`);
    execFileSync('cp', ['-a', folder, outside]);
    if (mode !== 'btrfs') {
      rmSync(folder, { recursive: true });
      symlinkSync(outside, folder);
    }
  }
}

/** Names are of days before `NOW`, and this is another day. */
function nowadays(entry: string, shift: number): string {
  const [, prefix = '', time] = /^(\.[a-z]+-)?(\d{4}-\d\d-\d\dT[\d:-]+\.\d{3}Z)$/.exec(entry) ?? [];
  const at = time === undefined || time === MISSING ? Number.NaN : Date.parse(time);
  return Number.isNaN(at) ? entry : prefix + new Date(at + shift).toISOString();
}

function makePast(folder: string, each: Located): void {
  const { past: before, copied } = each;
  const shift = Math.floor(Date.now() / 3_600_000) * 3_600_000 - NOW;
  const parent = join(folder, 'snapshots');
  rmSync(join(parent, FIRST), { recursive: true, force: true });
  mkdirSync(parent, { recursive: true });
  const names = (before.snapshots ?? []).map((name) => nowadays(name, shift)).sort();
  const latest = latestOf(before, names, shift);
  for (const name of names) fill(join(parent, name), name === latest ? copied : 1);
  for (const [written, kind] of Object.entries(before.entries ?? {})) {
    const path = join(parent, nowadays(written, shift));
    if (names.includes(nowadays(written, shift))) continue;
    if (kind === 'file') writeFileSync(path, '');
    else if (kind === 'symlink') symlinkSync('nowhere', path);
    else if (kind === 'other') execFileSync('mkfifo', [path]);
    else mkdirSync(path);
  }
  if (each.incomplete && latest !== null) writeFileSync(join(parent, `.incomplete-${latest}`), '');
  rmSync(join(folder, 'latest'), { force: true });
  const target = latest === null ? '/dev/null' : `snapshots/${latest}`;
  if (each.latest === 'link') symlinkSync(target, join(folder, 'latest'));
  if (each.latest === 'elsewhere') symlinkSync('..', join(folder, 'latest'));
  if (each.latest === 'file') writeFileSync(join(folder, 'latest'), '');
  if (each.snapshots === 'missing') rmSync(parent, { recursive: true });
  if (each.snapshots === 'linked') {
    renameSync(parent, join(folder, 'moved'));
    symlinkSync('moved', parent);
  }
  if (each.mode === 'btrfs' && before.staging !== 'subvolume') {
    execFileSync('btrfs', ['-q', 'subvolume', 'delete', join(folder, 'staging')]);
    if (before.staging === 'directory') mkdirSync(join(folder, 'staging'));
  }
}

function latestOf(before: EndpointWorld, names: readonly string[], shift: number): string | null {
  if (before.latest === 'none') return null;
  if (before.latest !== undefined) return nowadays(before.latest, shift);
  return names.at(-1) ?? null;
}

function spoilVolume(path: string, state: 'here' | 'absent' | 'emptied' | 'unmarked'): void {
  if (state === 'here') return;
  if (state === 'unmarked') {
    rmSync(join(path, '.nbkp-vol'));
    return;
  }
  renameSync(path, `${path}-away`);
  if (state === 'emptied') mkdirSync(path);
}
