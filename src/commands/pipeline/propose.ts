import { staleNow } from '../../api/observe-plan.ts';
import { spend } from '../../api/saved-plan.ts';
import { isUnchanged } from '../../planner/model/idle.ts';
import type { Plan } from '../../planner/model/plan.ts';
import type { Result } from '../../planner/model/result.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Output } from '../output.ts';
import type { Planned } from '../../api/plan-backup.ts';
import { carryOut } from './carry-out.ts';
import { askToRun } from './confirm.ts';
import { humanPlan } from './format.ts';
import { codeOfPlan } from '../../api/plan-code.ts';
import type { Workspace } from '../../api/workspace.ts';

export interface ProposalFlags {
  yes: boolean;
  files?: boolean | undefined;
  all?: boolean | undefined;
  strict?: boolean;
  require?: string[] | undefined;
  parallel?: number | undefined;
  events?: string | undefined;
  wait?: string | undefined;
}

/** Asks a person about a plan that was just shown. What was agreed to: that plan, or a part of it. */
export type Consent = (plan: Plan) => Promise<Result<Plan>>;

export interface ProposalOptions {
  flags: ProposalFlags;
  /** As typed. */
  command: string[];
  /** Without it: one question about the whole plan. */
  consent?: Consent;
}

/** Shows a plan, asks unless told not to, and runs what was agreed to. A plan without steps needs no question. */
export async function proposeAndRun(
  output: Output,
  workspace: Workspace,
  shown: Planned,
  { flags, command, consent = (plan) => askToRun(output, plan) }: ProposalOptions,
): Promise<ExitCode> {
  let { plan } = shown;
  // Nobody agrees to what was not shown.
  const asks = !flags.yes && plan.steps.length > 0;
  if (asks) output.speak();
  output.remarks(shown.remarks);
  output.text(humanPlan(plan, { files: flags.files ?? false, all: flags.all ?? false }, output.style()));
  const planCode = codeOfPlan({ spec: workspace.spec, ...shown }, { ...flags, runs: true });
  // A backup that skips everything is still a run that history tells of. To what changes nothing nobody can agree.
  const isRun = plan.purpose === 'backup' && plan.syncs.length > 0;
  const nothing = plan.steps.length === 0 ? !isRun : asks && isUnchanged(plan.steps);
  if (nothing) {
    if (output.json) output.document(plan);
    return planCode;
  }
  if (asks) {
    const agreed = await consent(plan);
    if (!agreed.ok) {
      output.findings(agreed.findings);
      return EXIT.refused;
    }
    output.remarks(agreed.findings);
    plan = agreed.value;
    const stale = await staleNow(workspace, plan);
    if (stale.length > 0) {
      output.findings(stale);
      return EXIT.refused;
    }
  }
  if (shown.once === true && plan.steps.length > 0) {
    const consumed = spend(workspace, plan);
    if (!consumed.ok) {
      output.findings(consumed.findings);
      return consumed.findings.some(({ code }) => code === 'state-unwritable') ? EXIT.failed : EXIT.refused;
    }
  }
  const seen = !flags.yes || shown.once === true;
  return carryOut(output, workspace, { ...shown, plan, seen }, { flags, planCode, command });
}
