import { historyParams, pruneCommands, type PruneParams } from '../../../planner/kinds/prune/planning.ts';
import type { SnapshotParams } from '../../../planner/kinds/snapshot/common.ts';
import { parseSnapshotName } from '../../../planner/retention/names.ts';
import { snapshotPlaceholder, type Step } from '../../../planner/model/step.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { runCommands } from '../command/run-commands.ts';

/** Runs the snapshot and prune steps of both built-in modes: they differ only in their commands. */
export async function applyHistory(step: Step, context: StepContext): Promise<StepResult> {
  const params = historyParams(step.params);
  return params.kind === 'snapshot' ? nameSnapshot(step, params, context) : prune(params, context);
}

async function nameSnapshot(step: Step, params: SnapshotParams, context: StepContext): Promise<StepResult> {
  const name = context.values[snapshotPlaceholder(params.sync)];
  if (name === undefined) throw new Error(`${step.id} runs before the transfer has chosen the snapshot's name`);
  // The transfer found nothing changed and named the snapshot that is there already.
  if (name === params.previous) return { outcome: 'unneeded', findings: [] };
  const broken = await runCommands(step.commands, context, 'snapshot-failed');
  return broken ?? { outcome: 'done', changes: { snapshot: name }, findings: [] };
}

async function prune(params: PruneParams, context: StepContext): Promise<StepResult> {
  if (clockBehind(params, context)) {
    const message = `The clock is behind the latest snapshot of ${params.sync}: nothing was pruned.`;
    return { outcome: 'unneeded', findings: [{ severity: 'warning', code: 'clock-behind-latest', message }] };
  }
  const pruned: string[] = [];
  for (const removal of params.remove) {
    const broken = await runCommands(pruneCommands({ ...params, remove: [removal] }), context, 'prune-failed');
    if (broken !== null) return { ...broken, changes: { pruned } };
    if (!removal.leftover) pruned.push(removal.name);
  }
  return { outcome: 'done', changes: { pruned }, findings: [] };
}

function clockBehind({ sync, previous }: PruneParams, context: StepContext): boolean {
  const made = context.values[snapshotPlaceholder(sync)];
  if (made === undefined || previous === null || made === previous) return false;
  return (parseSnapshotName(made) ?? 0) <= (parseSnapshotName(previous) ?? 0);
}
