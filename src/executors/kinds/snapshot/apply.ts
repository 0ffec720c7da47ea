import { markCommand, snapshotParams } from '../../../planner/kinds/snapshot/common.ts';
import { snapshotPlaceholder, type Step } from '../../../planner/model/step.ts';
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
  const mark = markCommand(params);
  // It comes first, and only where it is true.
  const commands = mark === null || context.incomplete ? step.commands : step.commands.slice(1);
  const broken = await brokenOrGone(step, context, await runCommands(commands, context, 'snapshot-failed'));
  return broken ?? { outcome: 'done', changes: { snapshot: name }, findings: [] };
}
