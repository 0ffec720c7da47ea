import type { Draft } from './draft.ts';
import { pointerOf } from '../spec/checks/check.ts';
import type * as Written from '../spec/generated/spec.ts';
import { importFilters } from './filters.ts';
import { importOptions, type Options } from './rsync.ts';
import type { Table } from './table.ts';
import {
  importUnknownEndpoint,
  linksCopied,
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
  used: boolean;
}

/** `sync-endpoints`, which the spec writes into the syncs themselves, and `syncs`. */
export function importSyncs(draft: Draft, file: Table): void {
  const endpoints = new Map(
    file.tables('sync-endpoints').map(({ name, table, offset }) => [name, endpoint(draft, table, offset)]),
  );
  for (const { name, table, offset, comment } of file.tables('syncs')) {
    draft.origins.set(pointerOf('syncs', name), offset);
    draft.sections.syncs.set(name, { written: sync(draft, name, table, endpoints), comment });
    table.done();
  }
  for (const [name, { offset, used }] of endpoints) {
    if (!used) draft.source.remark(offset, unusedEndpoint(name));
  }
}

function endpoint(draft: Draft, table: Table, offset: number): Endpoint {
  const volume = table.required('volume');
  const subdir = (table.text('subdir') ?? '').replace(/^\/+|\/+$/g, '');
  const btrfs = snapshots(draft, table.table('btrfs-snapshots'), 'btrfs');
  const hardLink = snapshots(draft, table.table('hard-link-snapshots'), 'hard-link');
  if (btrfs !== null && hardLink !== null) {
    draft.source.remark(table.offsetOf('hard-link-snapshots'), twoModes());
  }
  table.done();
  return {
    offset,
    volume,
    place: subdir === '' ? volume : `${volume}:${subdir}`,
    snapshots: btrfs ?? hardLink,
    used: false,
  };
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

function sync(draft: Draft, name: string, table: Table, endpoints: ReadonlyMap<string, Endpoint>): Written.Sync {
  const origin = (keys: string[], from: string): void => {
    draft.origins.set(pointerOf('syncs', name, ...keys), table.offsetOf(from));
  };
  const source = endpointOf(draft, table, 'source', endpoints);
  const destination = endpointOf(draft, table, 'destination', endpoints);
  const written: Written.Sync = { source: source?.place ?? '', destination: destination?.place ?? '' };
  for (const key of ['source', 'destination', 'filter-file', 'filters']) origin([key], key);
  origin(['rsync'], 'rsync-options');
  if (table.flag('enabled') === false) written.enabled = false;
  if (destination?.snapshots) {
    written.snapshots = destination.snapshots;
    draft.origins.set(pointerOf('syncs', name, 'snapshots'), destination.offset);
  }
  const first = rsync(draft, written, table, destination?.snapshots?.mode ?? 'none');
  const servers = [source, destination].filter((each) => draft.sections.volumes.get(each?.volume ?? '')?.written.ssh);
  const filters = importFilters(draft, name, table, { first, onServer: servers.length === 2 });
  if (filters.length > 0) written.filters = filters;
  const file = table.text('filter-file');
  if (file !== undefined) written['filter-file'] = file;
  return written;
}

function endpointOf(
  draft: Draft,
  table: Table,
  key: string,
  endpoints: ReadonlyMap<string, Endpoint>,
): Endpoint | undefined {
  const name = table.required(key);
  const found = endpoints.get(name);
  if (found !== undefined) found.used = true;
  else if (name !== '') draft.source.remark(table.offsetOf(key), importUnknownEndpoint(name, [...endpoints.keys()]));
  return found;
}

/** @returns the filters that were written among the options, which come before all others */
function rsync(draft: Draft, written: Written.Sync, table: Table, mode: string): Written.Filter[] {
  const settings = table.table('rsync-options');
  const replaced = settings.value('default-options-override');
  const none: Options = { options: [], filters: [] };
  const instead =
    replaced === undefined ? none : importOptions(draft, settings.texts('default-options-override'), mode);
  const extra = importOptions(draft, settings.texts('extra-options'), mode);
  const rsync: Written.Rsync = {};
  if (settings.flag('compress') === true) rsync.compress = true;
  if (settings.flag('checksum') === true) rsync.checksum = true;
  if (replaced !== undefined) rsync.options = instead.options;
  else if (!extra.options.includes('--safe-links')) {
    draft.source.remarkOnce(table.offset, linksCopied());
  }
  if (extra.options.length > 0) rsync['extra-options'] = extra.options;
  if (Object.keys(rsync).length > 0) written.rsync = rsync;
  settings.done();
  return [...instead.filters, ...extra.filters];
}
