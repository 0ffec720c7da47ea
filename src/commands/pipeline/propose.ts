import { EXIT, type ExitCode } from '../../planner/review/exit-code.ts';
import type { Output } from '../output.ts';
import type { Planned } from './backup-plan.ts';
import { askToRun } from './confirm.ts';
import { formatPlan } from './format.ts';
import { codeOfPlan } from './plan-code.ts';
import { runShown } from './run-shown.ts';
import type { Workspace } from './workspace.ts';

export interface ProposalFlags {
  yes: boolean;
  files?: boolean;
  strict?: boolean;
  require?: string[] | undefined;
  parallel?: number | undefined;
  events?: string | undefined;
  wait?: string | undefined;
}

/** Shows a plan, asks unless told not to, and runs it. A plan without steps needs no question. */
export async function proposeAndRun(
  output: Output,
  workspace: Workspace,
  planned: Planned,
  { flags, command }: { flags: ProposalFlags; command: string[] },
): Promise<ExitCode> {
  const { plan, remarks } = planned;
  output.remarks(remarks);
  output.text(formatPlan(plan, 'human', { files: flags.files ?? false }, output.style()));
  const planCode = codeOfPlan({ spec: workspace.spec, ...planned }, flags);
  // A backup that skips everything is still a run that history tells of.
  if (plan.steps.length === 0 && plan.purpose !== 'backup') {
    if (output.json) output.document(plan);
    return planCode;
  }
  if (!flags.yes && plan.steps.length > 0) {
    const no = await askToRun(output, plan);
    if (no !== null) {
      output.findings([no]);
      return EXIT.refused;
    }
  }
  return runShown(output, workspace, planned, { flags, planCode, command });
}
