import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { BaseCommand } from './base.ts';
import { runExitCodes } from './exit-codes.ts';
import { planBackup } from './pipeline/backup-plan.ts';
import { planningFlags, requestOf, runningFlags, waitMs } from './pipeline/flags.ts';
import { formatPlan } from './pipeline/format.ts';
import { codeOfPlan } from './pipeline/plan-code.ts';
import { runShown } from './pipeline/run-shown.ts';
import { openWorkspace } from './pipeline/workspace.ts';

export default class Run extends BaseCommand {
  static override summary = 'Plan and apply without asking: what a timer calls.';
  static override description =
    'What is absent is skipped, guards refuse what looks like a mistake, and everything else is backed up.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --dry-run',
    '<%= config.bin %> <%= command.id %> --wait 10m --json',
  ];
  static override exitCodes = runExitCodes(
    'failed',
    'refused',
    'absent',
    'invalid',
    'locked',
    'interrupted',
    'terminated',
  );
  static override flags = {
    ...planningFlags,
    ...runningFlags,
    'dry-run': Flags.boolean({ char: 'n', summary: 'Only plan, as the command plan does.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Run);
    const workspace = await openWorkspace(this.config, flags.spec, !flags['dry-run'], flags);
    if (!workspace.ok) return this.fail(workspace.findings, EXIT.invalid);
    this.output.remarks(workspace.findings);
    const planned = await planBackup(workspace.value, requestOf(flags), {
      files: false,
      require: flags.require,
      ...(flags['dry-run'] ? {} : { wait: { ms: waitMs(flags.wait), output: this.output } }),
      version: this.config.version,
    });
    this.output.remarks(planned.remarks);
    const planCode = codeOfPlan({ spec: workspace.value.spec, ...planned }, flags);
    if (flags['dry-run']) {
      if (this.output.json) this.output.document(planned.plan);
      else this.output.text(formatPlan(planned.plan, 'human', {}, this.output.style()));
      return planCode;
    }
    const command = ['nbkp', 'run', ...this.argv];
    return runShown(this.output, workspace.value, planned, { flags, planCode, command });
  }
}
