import { absolute, drafted, section, type Draft, type Judged } from './draft.ts';
import { pointerOf } from '../spec/checks/check.ts';
import type * as Written from '../spec/generated/spec.ts';
import { importFilters } from './filters.ts';
import { OptionReader, type Use, type Word } from './rsync.ts';
import type { Table } from './table.ts';
import { shareServer } from './volumes.ts';
import {
  importUnknownEndpoint,
  linksLeftOut,
  maxSnapshots,
  twoModes,
  unusedEndpoint,
} from '../model/findings/imports.ts';

interface Endpoint {
  offset: number;
  volume: string;
  /** As the spec names it. */
  place: string;
  snapshots: Written.Snapshots | null;
}

/** `sync-endpoints`, which the spec writes into the syncs themselves, and `syncs`. */
export function importSyncs(draft: Draft, file: Table): void {
  const endpoints = new Map(
    file
      .tables('sync-endpoints')
      .map(({ name, table, offset }) => [name, drafted(draft, () => endpoint(draft, table, offset))]),
  );
  const used = new Set<Judged<Endpoint>>();
  for (const { name, table, offset } of file.tables('syncs')) {
    draft.origins.set(pointerOf('syncs', name), offset);
    let ends: Judged<Endpoint>[] = [];
    const made = section(draft, offset, () => {
      const [source, destination] = ENDS.map((key) => endpointOf(draft, table, key, endpoints));
      ends = [source, destination].filter((end) => end !== undefined);
      return sync(draft, name, table, { source: source?.written, destination: destination?.written });
    });
    made.problems.unshift(...ends.flatMap(({ problems }) => problems));
    draft.sections.syncs.set(name, made);
    // What is said of an endpoint is told where it is used first.
    for (const end of ends.filter((each) => !used.has(each))) {
      draft.places.push({ offset: end.written.offset, comment: made.comment });
      used.add(end);
    }
    table.done();
  }
  for (const [name, end] of endpoints) {
    if (used.has(end)) continue;
    draft.places.push({ offset: end.written.offset, comment: draft.tail });
    draft.source.remark(end.written.offset, unusedEndpoint(name));
  }
}

const ENDS = ['source', 'destination'] as const;

function endpoint(draft: Draft, table: Table, offset: number): Endpoint {
  const volume = table.required('volume');
  const subdir = (table.textOrNothing('subdir') ?? '').replace(/^\/+|\/+$/g, '');
  const btrfs = snapshots(draft, table.table('btrfs-snapshots'), 'btrfs');
  const hardLink = snapshots(draft, table.table('hard-link-snapshots'), 'hard-link');
  if (btrfs !== null && hardLink !== null) {
    draft.source.remark(table.offsetOf('hard-link-snapshots'), twoModes());
  }
  table.done();
  const place = subdir === '' ? volume : `${volume}:${subdir}`;
  return { offset, volume, place, snapshots: btrfs ?? hardLink };
}

function snapshots(draft: Draft, table: Table, mode: string): Written.Snapshots | null {
  const enabled = table.flag('enabled') ?? false;
  const most = table.whole('max-snapshots');
  table.done();
  if (!enabled) return null;
  if (most === undefined) return { mode };
  draft.source.remarkOnce(table.offsetOf('max-snapshots'), maxSnapshots());
  return { mode, keep: { last: most } };
}

function sync(
  draft: Draft,
  name: string,
  table: Table,
  { source, destination }: { source: Endpoint | undefined; destination: Endpoint | undefined },
): Written.Sync {
  const origin = (keys: string[], from: string): void => {
    draft.origins.set(pointerOf('syncs', name, ...keys), table.offsetOf(from));
  };
  const written: Written.Sync = { source: source?.place ?? '', destination: destination?.place ?? '' };
  for (const key of ['source', 'destination', 'filter-file', 'filters']) origin([key], key);
  origin(['rsync'], 'rsync-options');
  if (table.flag('enabled') === false) written.enabled = false;
  if (destination?.snapshots) {
    written.snapshots = destination.snapshots;
    draft.origins.set(pointerOf('syncs', name, 'snapshots'), destination.offset);
  }
  const remote = [source, destination].filter((end) => draft.sections.volumes.get(end?.volume ?? '')?.written.ssh);
  const onServer = remote.length === 2;
  if (onServer && source && destination) shareServer(draft, source.volume, destination.volume);
  const use: Use = { mode: destination?.snapshots?.mode ?? 'none', toServer: remote.length === 1, onServer };
  const { rules, cvs } = rsync(draft, written, table, name, use);
  const file = table.textOrNothing('filter-file');
  const merged = file === undefined || onServer ? file : absolute(draft, table.offsetOf('filter-file'), file);
  const filters = importFilters(draft, name, table, { first: rules, file: merged, onServer });
  // rsync reads the rules of -C after all others.
  if (cvs) filters.push(...(merged === undefined ? [] : [{ merge: merged }]), ':C', '-C');
  else if (merged !== undefined) written['filter-file'] = merged;
  if (filters.length > 0) written.filters = filters;
  return written;
}

function endpointOf(
  draft: Draft,
  table: Table,
  key: (typeof ENDS)[number],
  endpoints: ReadonlyMap<string, Judged<Endpoint>>,
): Judged<Endpoint> | undefined {
  const name = table.required(key);
  const found = endpoints.get(name);
  if (found === undefined && name !== '')
    draft.source.remark(table.offsetOf(key), importUnknownEndpoint(name, [...endpoints.keys()]));
  return found;
}

/** @returns what was written among the options and is no option of a spec */
function rsync(draft: Draft, written: Written.Sync, table: Table, name: string, use: Use): OptionReader {
  const settings = table.table('rsync-options');
  const replaced = settings.value('default-options-override') !== undefined;
  const reader = new OptionReader(draft, use);
  const texts = (key: string, words: readonly Word[]): string[] => {
    words.forEach(({ offset }, index) => draft.origins.set(pointerOf('syncs', name, 'rsync', key, index), offset));
    return words.map(({ text }) => text);
  };
  const instead = reader.read(settings.texts('default-options-override'), !replaced);
  const extra = reader.read(settings.texts('extra-options'), !replaced);
  const rsync: Written.Rsync = {};
  // On one machine rsync has no use for the path of another one.
  if (reader.sudo && use.toServer) rsync.sudo = true;
  if (settings.flag('compress') === true) rsync.compress = true;
  if (settings.flag('checksum') === true) rsync.checksum = true;
  if (replaced) rsync.options = texts('options', instead);
  else if (!extra.some(({ text }) => text === '--safe-links')) {
    const offset = table.keyOf('rsync-options');
    extra.unshift({ text: '--safe-links', offset });
    draft.source.remarkOnce(offset, linksLeftOut());
  }
  if (extra.length > 0) rsync['extra-options'] = texts('extra-options', extra);
  if (Object.keys(rsync).length > 0) written.rsync = rsync;
  settings.done();
  return reader;
}
