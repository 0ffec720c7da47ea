import { absolute, type Draft } from './draft.ts';
import { pointerOf } from '../spec/checks/check.ts';
import type * as Written from '../spec/generated/spec.ts';
import { Table } from './table.ts';
import type { YamlValue } from './yaml.ts';
import { emptyFilter, filterFileFromHere, filterIsList, filterIsSeveral } from '../model/findings/imports.ts';

interface Surroundings {
  /** Filters that come before these. */
  first: Written.Filter[];
  /** The file of more of them. */
  file: string | undefined;
  /** Both ends are on a server, where the Python tool looks for the files that filters name. */
  onServer: boolean;
}

export function importFilters(
  draft: Draft,
  sync: string,
  table: Table,
  { first, file, onServer }: Surroundings,
): Written.Filter[] {
  const filters = [...first];
  for (const item of table.list('filters')) {
    draft.origins.set(pointerOf('syncs', sync, 'filters', filters.length), item.offset);
    const filter = filterOf(draft, item, onServer);
    if (filter === null) continue;
    filters.push(filter);
    if (onServer && typeof filter !== 'string' && filter.merge !== undefined)
      fromHere(draft, item.offset, filter.merge);
  }
  if (onServer && file !== undefined) fromHere(draft, table.offsetOf('filter-file'), file);
  return filters;
}

function fromHere(draft: Draft, offset: number, path: string): void {
  draft.source.remark(offset, filterFileFromHere(path));
}

function filterOf(draft: Draft, item: YamlValue, onServer: boolean): Written.Filter | null {
  if (item.kind === 'scalar') return item.text;
  if (item.kind === 'list') {
    draft.source.remark(item.offset, filterIsList());
    return null;
  }
  const table = new Table(item, draft.source);
  const [include, exclude, merge] = [table.text('include'), table.text('exclude'), table.text('merge')];
  const perDirectory = dirMerge(draft, table);
  table.done();
  const written = [
    include === undefined ? null : { include },
    exclude === undefined ? null : { exclude },
    merge === undefined ? null : { merge: onServer ? merge : absolute(draft, table.offsetOf('merge'), merge) },
    perDirectory,
  ].filter((filter) => filter !== null);
  if (written.length > 1) {
    draft.source.remark(item.offset, filterIsSeveral());
  }
  if (written.length === 0) draft.source.remark(item.offset, emptyFilter());
  return written[0] ?? null;
}

function dirMerge(draft: Draft, table: Table): Written.Filter | null {
  const value = table.value('dir-merge');
  if (value === undefined) return null;
  if (value.kind !== 'table') {
    const name = table.text('dir-merge');
    return name === undefined ? null : { 'dir-merge': name };
  }
  const inner = new Table(value, draft.source);
  const name = inner.required('path');
  const self = inner.flag('exclude-self') ?? false;
  inner.done();
  return { 'dir-merge': name, ...(self ? { 'exclude-self': true } : {}) };
}
