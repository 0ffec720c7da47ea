import type { PreviewItem } from '../../../planner/model/facts.ts';
import type { PlannedSync } from '../../../planner/model/plan.ts';
import type { Estimate } from '../../../planner/model/step.ts';
import { formatBytes, formatCount } from '../../text/numbers.ts';
import { padStart, wrap } from '../../text/width.ts';
import { symbol } from '../symbols.ts';
import { stepsOf, type PlanView } from './view.ts';

/** So many deletions, and so many other entries, are shown one by one; the others by folder. */
const NAMED_ITEMS = 20;
/** So many folders are told apart when the others are folded. */
const NAMED_FOLDERS = 8;

const SIZE_WIDTH = 9;

/** What a dry run found: deletions first, then the rest, both largest first, long lists folded by folder. */
export function itemLines(view: PlanView, sync: PlannedSync, estimate: Estimate, indent: string): string[] {
  return foundLines(view, sync.items ?? [], unlisted(sync, [estimate]), indent);
}

/** What the dry runs of syncs that are told together found, in one list: each path begins with the name of its sync. */
export function itemLinesOfAll(view: PlanView, syncs: readonly PlannedSync[], indent: string): string[] {
  const found = syncs.map((sync) => {
    const estimates = stepsOf(view, sync).flatMap(({ estimate }) => (estimate?.basis === 'dry-run' ? [estimate] : []));
    const items = estimates.length === 0 ? [] : (sync.items ?? []);
    return {
      items: items.map((item) => ({ ...item, path: `${sync.name}/${item.path}` })),
      left: unlisted(sync, estimates),
    };
  });
  const left = found.reduce((sum, each) => sum + each.left, 0);
  return foundLines(
    view,
    found.flatMap(({ items }) => items),
    left,
    indent,
  );
}

function unlisted({ items = [], itemsTruncated }: PlannedSync, estimates: readonly Estimate[]): number {
  const counted = estimates.reduce((sum, { creates, updates, deletes }) => sum + creates + updates + deletes, 0);
  return itemsTruncated === true ? Math.max(0, counted - items.length) : 0;
}

function foundLines(view: PlanView, found: readonly PreviewItem[], left: number, indent: string): string[] {
  const items = found.toSorted((one, other) => other.size - one.size || compare(one.path, other.path));
  const deleted = items.filter((item) => item.change === 'delete');
  const others = items.filter((item) => item.change !== 'delete');
  const lines = [...foldedItems(view, deleted, indent), ...foldedItems(view, others, indent)];
  if (left === 0) return lines;
  const note = `and ${formatCount(left)} more that the dry run did not list; the counts above include them`;
  return [...lines, ...wrap(note, view.style.width, `${indent}  `).map(view.style.dim)];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function foldedItems({ style, options }: PlanView, items: readonly PreviewItem[], indent: string): string[] {
  const named = options.all || items.length <= NAMED_ITEMS + 1 ? items.length : NAMED_ITEMS;
  const lines = items.slice(0, named).map((item) => {
    const size = sizeText(item);
    const note = attributesOnly(item);
    return `${indent}${symbol(item.change, style)} ${padStart(size, SIZE_WIDTH)}  ${item.path}${style.dim(note)}`;
  });
  const rest = items.slice(named);
  if (rest.length === 0) return lines;
  const sign = rest[0]?.change === 'delete' ? symbol('delete', style) : ' ';
  const text = `and ${formatCount(rest.length)} more: ${folders(rest)}`;
  return [
    ...lines,
    ...wrap(
      text,
      style.width,
      `${indent}${sign} ${' '.repeat(SIZE_WIDTH + 2)}`,
      `${indent}${' '.repeat(SIZE_WIDTH + 4)}`,
    ),
  ];
}

/** Empty where it says nothing: of a folder, and of what is deleted, since rsync does not tell. */
export function sizeText({ path, size, change }: PreviewItem): string {
  return path.endsWith('/') || (change === 'delete' && size === 0) ? '' : formatBytes(size);
}

/** `photos/2026/ 812 (3.1 GiB), mail/ 20 (1 MiB)`, the largest first. */
function folders(items: readonly PreviewItem[]): string {
  const groups = new Map<string, { count: number; bytes: number }>();
  const common = commonFolder(items);
  for (const item of items) {
    const folder = folderOf(item.path, common);
    const group = groups.get(folder) ?? { count: 0, bytes: 0 };
    groups.set(folder, { count: group.count + 1, bytes: group.bytes + item.size });
  }
  const sorted = [...groups].toSorted(
    ([one, a], [other, b]) => b.bytes - a.bytes || b.count - a.count || compare(one, other),
  );
  const named = sorted
    .slice(0, NAMED_FOLDERS)
    .map(
      ([folder, { count, bytes }]) => `${folder} ${formatCount(count)}${bytes === 0 ? '' : ` (${formatBytes(bytes)})`}`,
    );
  const left = sorted.slice(NAMED_FOLDERS).reduce((sum, [, { count }]) => sum + count, 0);
  return [...named, ...(left === 0 ? [] : [`other folders ${formatCount(left)}`])].join(', ');
}

/** The longest folder that holds all of them, with a slash at its end; empty for the top. */
function commonFolder(items: readonly PreviewItem[]): string {
  const [first, ...others] = items.map((item) => item.path.split('/').slice(0, -1));
  if (first === undefined) return '';
  let length = first.length;
  for (const parts of others) {
    const differs = first.findIndex((part, index) => index >= length || parts[index] !== part);
    if (differs !== -1) length = Math.min(length, differs);
  }
  return first
    .slice(0, length)
    .map((part) => `${part}/`)
    .join('');
}

function folderOf(path: string, common: string): string {
  const next = path.slice(common.length).split('/');
  return next.length === 1 ? common || './' : `${common}${next[0] ?? ''}/`;
}

const ATTRIBUTES: readonly (readonly [string, string])[] = [
  ['t', 'time'],
  ['p', 'permissions'],
  ['o', 'owner'],
  ['g', 'group'],
  ['a', 'ACL'],
  ['x', 'extended attributes'],
];

/** Says what changes where the content stays: rsync(1), "--itemize-changes", whose code then begins with a dot. */
function attributesOnly({ change, code }: PreviewItem): string {
  if (change !== 'update' || !code.startsWith('.')) return '';
  const flags = code.slice(2).toLowerCase();
  const changed = ATTRIBUTES.filter(([flag]) => flags.includes(flag)).map(([, name]) => name);
  return changed.length === 0 ? '' : `  only ${changed.join(', ')}`;
}
