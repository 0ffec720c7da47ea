import type { EntryChange, SnapshotsDiffDocument, Tally } from '../../planner/model/comparison.ts';
import type { Style } from '../style.ts';
import { formatBytes, plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { table } from '../text/table.ts';
import { wrap } from '../text/width.ts';
import { symbol } from './symbols.ts';

/** What changed between two snapshots, the largest first, then what it comes to. */
export function snapshotsDiffText(document: SnapshotsDiffDocument, style: Style): string {
  const { from, to, added, removed, changed, entries, truncated } = sanitised(document);
  const newer = from.sync === to.sync ? to.snapshot : `${to.sync}@${to.snapshot}`;
  const head = wrap(`${style.bold(from.sync)}: from ${from.snapshot} to ${newer}`, style.width, '', '  ');
  const rows = table(
    entries.map((entry) => row(entry, style)),
    { width: style.width, indent: '  ', right: [1] },
  );
  const left = added.entries + removed.entries + changed.entries - entries.length;
  const more = truncated ? [style.dim(`  and ${plural(left, 'smaller one')}: --limit N names more`)] : [];
  const sums = [sum(added, 'added'), sum(removed, 'removed'), sum(changed, 'changed')].filter((text) => text !== '');
  const total = sums.length === 0 ? 'Nothing changed.' : `${sums.join(', ')}.`;
  return `${[...head, ...rows, ...more, '', ...wrap(total, style.width, '')].join('\n')}\n`;
}

const SIGNS = { added: 'create', removed: 'delete', changed: 'update' } as const;

function row(entry: EntryChange, style: Style): string[] {
  const state = entry.after ?? entry.before;
  const slash = state?.type === 'directory' ? '/' : '';
  const note =
    entry.change === 'changed' ? `  ${entry.differs.map((aspect) => difference(entry, aspect)).join(', ')}` : '';
  const size = state?.type === 'file' ? formatBytes(state.size) : '';
  return [symbol(SIGNS[entry.change], style), size, `${entry.path}${slash}${style.dim(note)}`];
}

/** `size 3 B → 5 B`; of times only that they differ. */
function difference({ before, after }: EntryChange, aspect: EntryChange['differs'][number]): string {
  if (before === null || after === null || aspect === 'time') return aspect;
  const text = (value: string | number | undefined): string =>
    typeof value === 'number' ? formatBytes(value) : (value ?? 'none');
  return `${aspect} ${text(before[aspect] ?? undefined)} → ${text(after[aspect] ?? undefined)}`;
}

function sum({ entries, bytes }: Tally, verb: string): string {
  if (entries === 0) return '';
  return `${plural(entries, 'entry', 'entries')} ${verb}${bytes === 0 ? '' : ` (${formatBytes(bytes)})`}`;
}
