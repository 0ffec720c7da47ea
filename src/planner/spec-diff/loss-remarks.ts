import type { Finding } from '../model/finding.ts';
import { sameJson } from '../model/json-changes.ts';
import { destinationName, endpointKey, type Keep, type Spec, type Sync } from '../model/spec.ts';
import { expandFilters } from '../kinds/rsync/filters.ts';
import { flagsOf } from '../model/rsync-flags.ts';
import { nameSome, remark, snapshotPointers, syncRemark } from './remark.ts';
import type { Review, SyncPair } from './remarks.ts';
import * as reviewing from '../model/findings/reviewing.ts';

/** What is backed up today, or kept, and would not be any more. */
export function lossRemarks(review: Review): Finding[] {
  return [
    ...review.gone.map((sync) => removed(review, sync)),
    ...review.both.flatMap((pair) => [
      ...disabled(review, pair),
      ...modeChanged(review, pair),
      ...retentionShrinks(review, pair),
      ...deleteNewlyOn(review, pair),
      ...filterDropsData(review, pair),
    ]),
  ];
}

function removed({ b }: Review, sync: Sync): Finding {
  return remark(b.spec, ['/syncs'], {
    ...reviewing.syncRemoved(sync.name, endpointKey(sync.source), destinationName(sync)),
    sync: sync.name,
  });
}

function disabled({ b }: Review, { was, is }: SyncPair): Finding[] {
  if (is.enabled || !was.enabled) return [];
  const changed = reviewing.syncNewlyDisabled(is.name, endpointKey(is.source));
  return [syncRemark(b.spec, is, [`/syncs/${is.name}/enabled`], changed)];
}

function modeChanged({ b }: Review, { was, is }: SyncPair): Finding[] {
  if (was.snapshots.mode === is.snapshots.mode) return [];
  const lost =
    is.snapshots.mode === 'none' ? ' There is no history any more: what is deleted or overwritten is gone.' : '';
  const changed = reviewing.snapshotModeChanged(is.name, modeOf(is), modeOf(was), lost);
  return [syncRemark(b.spec, is, snapshotPointers(is, 'mode'), changed)];
}

function modeOf({ snapshots: { mode } }: Sync): string {
  return mode === 'none' ? 'no snapshots' : `${mode} snapshots`;
}

/** How many snapshots go is known from facts; without them the rules are compared. */
function retentionShrinks({ a, b }: Review, { was, is }: SyncPair): Finding[] {
  const doomed = (side: typeof a, name: string): string[] =>
    (side.plan.syncs.find((sync) => sync.name === name)?.retention ?? [])
      .filter(({ verdict }) => verdict === 'prune')
      .map((line) => line.name);
  const before = new Set(doomed(a, was.name));
  const more = doomed(b, is.name).filter((name) => !before.has(name));
  if (more.length === 0 && !keepsLess(was.snapshots.keep, is.snapshots.keep)) return [];
  const many = more.length > 1 ? `${more.length} snapshots` : 'a snapshot';
  const less = shrunk(was.snapshots.keep, is.snapshots.keep);
  const rules = less.map((rule) => lessText(rule, was.snapshots.keep, is.snapshots.keep)).join(', ');
  const named = rules === '' ? '' : ` (${rules})`;
  const how =
    more.length === 0
      ? ` than before${named}; how many would go is not known from these facts.`
      : `${named}: the next apply would delete ${many} that it would have kept (${nameSome(more)}).`;
  const changed = less.flatMap((rule) => keepPointers(b.spec, is, rule));
  const pointers = [...changed, ...snapshotPointers(is, 'keep')];
  return [syncRemark(b.spec, is, pointers, reviewing.retentionShrinks(is.name, how))];
}

/** A rule of `keep`, in the table that holds for the sync: its own replaces that of its volume. */
function keepPointers({ positions }: Spec, is: Sync, rule: string): string[] {
  const keep = snapshotPointers(is, 'keep').find((pointer) => positions[pointer] !== undefined);
  if (keep?.endsWith('/keep') !== true) return [];
  const own = `${keep}/${rule}`;
  // One that is gone has no line: not another rule is shown then, but whose rules they are.
  return [positions[own] === undefined ? keep.split('/').slice(0, 3).join('/') : own];
}

function lessText(rule: Rule, was: Keep | null, is: Keep | null): string {
  if (rule === 'within') return `keep.within is ${is?.within == null ? 'gone' : 'shorter'}`;
  return `keep.${rule} ${is?.[rule] ?? 0} instead of ${was?.[rule] ?? 0}`;
}

const COUNTS = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;

type Rule = (typeof COUNTS)[number] | 'within';

/** Null keeps everything. */
function keepsLess(was: Keep | null, is: Keep | null): boolean {
  return is !== null && (was === null || shrunk(was, is).length > 0);
}

/** The rules that keep less than before. */
function shrunk(was: Keep | null, is: Keep | null): Rule[] {
  if (was === null || is === null) return [];
  const counts: Rule[] = COUNTS.filter((rule) => is[rule] < was[rule]);
  return (is.within ?? 0) < (was.within ?? 0) ? [...counts, 'within'] : counts;
}

function deleteNewlyOn({ b }: Review, { was, is }: SyncPair): Finding[] {
  if (flagsOf(was.rsync).deletes || !flagsOf(is.rsync).deletes) return [];
  const pointers = [`/syncs/${is.name}/rsync/delete`, `/syncs/${is.name}/rsync`];
  return [syncRemark(b.spec, is, pointers, reviewing.deleteNewlyOn(is.name, endpointKey(is.destination)))];
}

/** An exclude rule that is new hides files from the transfer, and with --delete-excluded removes them from the copy. */
function filterDropsData({ a, b }: Review, { was, is }: SyncPair): Finding[] {
  const expanded = (side: typeof a, sync: Sync) => expandFilters({ spec: side.spec, facts: side.facts, sync });
  const before = new Set(expanded(a, was).rules);
  const { rules, named } = expanded(b, is);
  const fresh = named.filter((_, index) => {
    const rule = rules[index] ?? '';
    return !before.has(rule) && EXCLUDES.test(rule);
  });
  if (fresh.length === 0) return [];
  const flags = [...flagsOf(is.rsync).options, ...flagsOf(is.rsync).extraOptions];
  const deletes = flags.includes('--delete-excluded');
  const index = is.filters.findIndex((_, at) => !was.filters.some((other) => sameFilter(other, is.filters[at])));
  const pointers = [`filters/${index}`, 'filters', 'filter-file'].map((key) => `/syncs/${is.name}/${key}`);
  const what = `(${nameSome(fresh)})${deletes ? ', and deletes it from the copy' : ''}. ${amount(b, is, rules)}`;
  return [syncRemark(b.spec, is, pointers, reviewing.filterDropsData(is.name, what))];
}

const EXCLUDES = /^(?:-|H|exclude|hide)/;

function sameFilter(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What bounds the loss, as far as the facts tell. rsync does not tell how large the files are that it deletes. */
function amount({ facts }: Review['b'], { name }: Sync, rules: readonly string[]): string {
  const preview = facts.previews[name];
  if (preview?.filters !== undefined && sameJson(preview.filters, rules)) {
    const { deletes, destinationEntries, items } = preview;
    const gone = items.filter(({ change }) => change === 'delete').map(({ path }) => path);
    const named = gone.length === 0 ? '' : ` (${nameSome(gone)})`;
    return `By a dry run with these filters, ${deletes} of the ${destinationEntries} entries of the copy would go${named}, those included that the source has no more; how many bytes is not known.`;
  }
  const entries = preview?.destinationEntries ?? facts.history[name]?.lastSuccess?.entries ?? null;
  return entries === null
    ? 'How much that is is not known from these facts.'
    : `The copy has ${entries} entries; how many of them go is not known from these facts.`;
}
