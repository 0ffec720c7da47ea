import type { PreviewItem } from '../../../planner/model/facts.ts';
import type { Plan, PlannedSync, RetentionLine } from '../../../planner/model/plan.ts';
import type { Estimate, Step } from '../../../planner/model/step.ts';
import { prunedSnapshots } from './prunes.ts';
import { isUncounted } from './steps.ts';

/** One thing that a plan removes or overwrites without a copy elsewhere. */
export type Deletion =
  | { kind: 'snapshots'; sync: PlannedSync; step: Step; snapshots: RetentionLine[] }
  /** A dry run counted: `items` are those deletions that it listed, largest first. */
  | { kind: 'files'; sync: PlannedSync; step: Step; estimate: Estimate; items: PreviewItem[] }
  /** How much goes is known only when it runs. */
  | { kind: 'unknown'; sync: PlannedSync | null; step: Step }
  /** What it does is in its summary. */
  | { kind: 'other'; sync: PlannedSync | null; step: Step };

/** All that a plan removes or overwrites, in the order of its syncs and steps. */
export function deletionsOf(plan: Plan): Deletion[] {
  const syncs = new Map(plan.syncs.map((sync) => [sync.name, sync]));
  return plan.steps
    .filter((step) => step.destructive || step.action === 'delete')
    .flatMap((step) => deletionOf(step, step.sync === undefined ? null : (syncs.get(step.sync) ?? null)));
}

function deletionOf(step: Step, sync: PlannedSync | null): Deletion[] {
  const snapshots = sync === null || step.kind !== 'prune' ? [] : prunedSnapshots(sync);
  if (sync !== null && snapshots.length > 0) return [{ kind: 'snapshots', sync, step, snapshots }];
  const { estimate } = step;
  if (step.action === 'delete') return [{ kind: 'other', sync, step }];
  if (sync === null || estimate === undefined || isUncounted(step)) return [{ kind: 'unknown', sync, step }];
  if (estimate.deletes + estimate.updates === 0) return [];
  const items = (sync.items ?? [])
    .filter((item) => item.change === 'delete')
    .toSorted((one, other) => other.size - one.size);
  return [{ kind: 'files', sync, step, estimate, items }];
}

export interface DeletionTotals {
  snapshots: number;
  files: number;
  /** Files whose old content is kept nowhere. */
  replaced: number;
  /** Steps of which it is not known how much they delete. */
  unknown: Step[];
  /** Steps that delete something else, which their summary names. */
  other: Step[];
}

export function deletionTotals(deletions: readonly Deletion[]): DeletionTotals {
  const totals: DeletionTotals = { snapshots: 0, files: 0, replaced: 0, unknown: [], other: [] };
  for (const deletion of deletions) {
    if (deletion.kind === 'snapshots') totals.snapshots += deletion.snapshots.length;
    else if (deletion.kind === 'unknown') totals.unknown.push(deletion.step);
    else if (deletion.kind === 'other') totals.other.push(deletion.step);
    else {
      totals.files += deletion.estimate.deletes;
      totals.replaced += deletion.estimate.updates;
    }
  }
  return totals;
}
