import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { BaseCommand } from '../base.ts';
import { runExitCodes } from '../exit-codes.ts';
import { planBackup } from '../pipeline/backup-plan.ts';
import { requestOf, runningFlags, selectionFlags, waitMs, yesFlag } from '../pipeline/flags.ts';
import { proposeAndRun } from '../pipeline/propose.ts';
import { openWorkspace } from '../pipeline/workspace.ts';

export default class SnapshotsPrune extends BaseCommand {
  static override summary = 'Prune now what retention no longer holds. Shows it and asks first.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --only documents --yes',
  ];
  static override exitCodes = runExitCodes('failed', 'refused', 'invalid', 'locked', 'interrupted', 'terminated');
  static override flags = { ...selectionFlags, ...runningFlags, yes: yesFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(SnapshotsPrune);
    const workspace = await openWorkspace(this.config, flags.spec, true, flags);
    if (!workspace.ok) return this.fail(workspace.findings, EXIT.invalid);
    this.output.remarks(workspace.findings);
    const wait = { ms: waitMs(flags.wait), output: this.output };
    const options = { purpose: 'prune', files: false, wait, version: this.config.version } as const;
    const planned = await planBackup(workspace.value, requestOf(flags), options);
    const command = ['nbkp', 'snapshots', 'prune', ...this.argv];
    return proposeAndRun(this.output, workspace.value, planned, { flags, command });
  }
}
