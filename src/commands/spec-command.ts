import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { planBackup, type Planned, type PlanningOptions } from '../api/plan-backup.ts';
import { requestOf, type RequestFlags } from '../api/request.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { LockHolder } from '../planner/model/event.ts';
import { holderText } from '../reporters/progress/phrases.ts';
import { BaseCommand } from './base.ts';
import { waitMs } from './pipeline/flags.ts';
import type { CodeFlags } from '../api/plan-code.ts';
import type { Shown } from './pipeline/format.ts';
import type { Consent, ProposalFlags } from './pipeline/propose.ts';
import type { Plan } from '../planner/model/plan.ts';
import type { Sync } from '../planner/model/spec.ts';
import { openWorkspace, type ReadingFlags, type SpecLocation, type SpecUse, type Workspace } from '../api/workspace.ts';

/** What every command that works with a spec has in common. */
export abstract class SpecCommand extends BaseCommand {
  /**
   * Opens the spec and works with it. A spec that is none ends the command.
   *
   * @param use what for
   */
  protected async withSpec(
    flags: ReadingFlags & { spec?: string | SpecLocation | undefined },
    use: SpecUse,
    work: (workspace: Workspace) => ExitCode | Promise<ExitCode>,
  ): Promise<ExitCode> {
    const opened = await openWorkspace(this.around, flags.spec, use, flags);
    const workspace = this.need(opened, codeOfUnopened);
    this.output.remarks(opened.findings);
    return work(workspace);
  }

  /**
   * Observes and plans what these flags ask for, and says meanwhile what takes a while.
   *
   * @throws UsageError for names that the spec does not have
   */
  protected async planned(
    workspace: Workspace,
    flags: RequestFlags & { require?: string[] | undefined; parallel?: number | undefined; wait?: string | undefined },
    options: Omit<PlanningOptions, 'require' | 'parallel' | 'wait' | 'doing'> = {},
  ): Promise<Planned> {
    const { require, parallel } = flags;
    const onWaiting = (holder: LockHolder | null): void => this.output.aside(`${holderText(holder)}\n`);
    const wait = { ms: waitMs(flags.wait), onWaiting };
    const doing = (what: string | null): void => this.output.doing(what);
    return planBackup(workspace, requestOf(flags), { require, parallel, wait, doing, ...options });
  }

  /**
   * Works while the drives of syncs are open, where `--mount` asks for it. What the work fails with is said before they
   * are closed.
   */
  protected async withOpenDrives(
    workspace: Workspace,
    { mount, syncs }: { mount: boolean; syncs: readonly Sync[] },
    work: () => Promise<ExitCode>,
  ): Promise<ExitCode> {
    if (!mount) return work();
    const { withOpenDrives } = await import('./pipeline/open-drives.ts');
    return withOpenDrives(this.output, workspace, { syncs, command: this.typed }, () => this.settled(work));
  }

  /** Shows a plan, asks, and runs it. */
  protected async propose(
    workspace: Workspace,
    planned: Planned,
    flags: ProposalFlags,
    consent?: Consent,
  ): Promise<ExitCode> {
    const { proposeAndRun } = await import('./pipeline/propose.ts');
    const asked = consent === undefined ? {} : { consent };
    return proposeAndRun(this.output, workspace, planned, { flags, command: this.typed, ...asked });
  }

  /**
   * Shows a plan that is not to be run, and says what it means for the exit code.
   *
   * @param keep what else becomes of it, once what was seen on the way is said
   */
  protected async showPlanned(
    { spec }: Workspace,
    planned: Planned,
    flags: Omit<Shown, 'code'> & CodeFlags,
    keep?: (plan: Plan) => void,
  ): Promise<ExitCode> {
    const { showPlan } = await import('./pipeline/format.ts');
    const { codeOfPlan } = await import('../api/plan-code.ts');
    this.output.remarks(planned.remarks);
    keep?.(planned.plan);
    return showPlan(this.output, planned.plan, { ...flags, code: codeOfPlan({ spec, ...planned }, flags) });
  }
}

/** A newer nbkp has used the state directory: nothing is wrong with the spec. */
function codeOfUnopened(findings: readonly Finding[]): ExitCode {
  return findings.some(({ code }) => code === 'state-newer') ? EXIT.failed : EXIT.invalid;
}
