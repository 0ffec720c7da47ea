import { restoreCommands, restoreParams } from '../../../planner/kinds/restore/command.ts';
import type { Step } from '../../../planner/model/step.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { runCommands } from '../command/run-commands.ts';
import { runPass } from '../../../hosts/rsync/pass.ts';
import { verdictOf } from '../../../hosts/rsync/verdict.ts';

/** Copies out of a snapshot with rsync. */
export async function applyRestore(step: Step, context: StepContext): Promise<StepResult> {
  const params = restoreParams(step.params);
  const commands = restoreCommands(params);
  const copy = commands.at(-1) ?? [];
  const broken = await runCommands(commands.slice(0, -1), context, 'restore-failed');
  if (broken !== null) return broken;
  const pass = await runPass(copy, context, null);
  const verdict = verdictOf(pass, { sync: params.sync, tolerate: [], restoring: true });
  const { totals } = pass;
  const changes =
    totals === null
      ? {}
      : { files: totals.files, bytes: totals.bytes, created: totals.created, entries: totals.entries };
  if (verdict.ok) return { outcome: 'done', changes, findings: verdict.warnings };
  return { outcome: context.signal.aborted ? 'interrupted' : 'failed', changes, findings: verdict.findings };
}
