import type { Finding } from '../../../planner/model/finding.ts';
import { entriesUncountable, maxDeleteExceeded } from '../../../planner/model/findings/guards.ts';
import { exceedsMaxDelete } from '../../../planner/model/max-delete.ts';
import { markCommand, snapshotParams, type SnapshotParams } from '../../../planner/kinds/snapshot/common.ts';
import { fill, snapshotPlaceholder, type Step } from '../../../planner/model/step.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { brokenOrGone } from '../command/gone-meanwhile.ts';
import { runCommands } from '../command/run-commands.ts';

/** Gives the copy its name. The modes differ only in their commands. */
export async function applySnapshot(step: Step, context: StepContext): Promise<StepResult> {
  const params = snapshotParams(step.params);
  const name = context.values[snapshotPlaceholder(params.sync)];
  if (name === undefined) throw new Error(`${step.id} runs before the transfer has chosen the snapshot's name`);
  // The transfer found nothing changed and named the snapshot that is there already.
  if (name === params.previous) return { outcome: 'unneeded', findings: [] };
  const refusal = await refusalOf(params, context);
  if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
  if (refusal !== null) return { outcome: 'refused', findings: [{ ...refusal, sync: params.sync }] };
  const mark = markCommand(params);
  // It comes first, and only where it is true.
  const commands = mark === null || context.incomplete ? step.commands : step.commands.slice(1);
  const broken = await brokenOrGone(step, context, await runCommands(commands, context, 'snapshot-failed'));
  return broken ?? { outcome: 'done', changes: { snapshot: name }, findings: [] };
}

/** A copy that another program than rsync has made is judged here, before it has a name: what it lacks of the last snapshot. */
async function refusalOf(
  { sync, root, previous, guard }: SnapshotParams,
  { query, values, allowDestructive }: StepContext,
): Promise<Finding | null> {
  if (guard === undefined || previous === null || allowDestructive) return null;
  const [before, now] = fill([`${root}/snapshots/${previous}`, guard.copy], values) as [string, string];
  const loss = await query.lossSince({ before, now });
  if (loss === null) return entriesUncountable(before);
  return exceedsMaxDelete(loss, guard) ? maxDeleteExceeded({ sync, ...loss, ...guard }) : null;
}
