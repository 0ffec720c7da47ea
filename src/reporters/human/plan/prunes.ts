import type { PlannedSync, RetentionLine } from '../../../planner/model/plan.ts';
import { groupBy } from '../../text/group.ts';
import { formatCount } from '../../text/numbers.ts';
import { padEnd, wrap } from '../../text/width.ts';
import { symbol } from '../symbols.ts';
import type { PlanView } from './view.ts';

/** So many snapshots are named one by one; of the others each reason is told once. */
export const NAMED_PRUNES = 20;

/** Every snapshot that goes and why; beyond `NAMED_PRUNES` folded by reason. Empty when none goes. */
export function pruneLines({ style, options }: PlanView, sync: PlannedSync, indent: string): string[] {
  const doomed = prunedSnapshots(sync);
  if (doomed.length === 0) return [];
  const named = options.all || doomed.length <= NAMED_PRUNES + 1 ? doomed.length : NAMED_PRUNES;
  const sign = `${indent}${symbol('delete', style)} `;
  const lines = doomed.slice(0, named).flatMap(({ name, reasons }) => {
    const first = `${sign}${padEnd(name, 24)}  `;
    return wrap(reasonText(reasons), style.width, first, `${indent}${' '.repeat(28)}`);
  });
  const folded = [...groupBy(doomed.slice(named), ({ reasons }) => reasonText(reasons))].flatMap(([reason, group]) => {
    return wrap(
      `and ${formatCount(group.length)} more, ${rangeText(group.map(({ name }) => name))}: ${reason}`,
      style.width,
      sign,
      `${indent}  `,
    );
  });
  const kept = sync.retention.filter((line) => line.verdict === 'keep').length;
  return [
    ...lines,
    ...folded,
    style.dim(`${indent}  ${formatCount(kept)} of ${formatCount(sync.retention.length)} stay`),
  ];
}

export function prunedSnapshots(sync: PlannedSync): RetentionLine[] {
  return sync.retention.filter((line) => line.verdict === 'prune');
}

export function reasonText(reasons: readonly string[]): string {
  return reasons.length === 0 ? 'no rule holds it' : reasons.join('; ');
}

/** `NAME`, or `from NAME to NAME`. */
export function rangeText(names: readonly string[]): string {
  const first = names[0] ?? '';
  return names.length === 1 ? first : `from ${first} to ${names.at(-1) ?? ''}`;
}
