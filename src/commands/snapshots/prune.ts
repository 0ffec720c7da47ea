import { type ExitCode } from '../../planner/model/exit-code.ts';
import { runExitCodes } from '../exit-codes.ts';
import { planBackup } from '../pipeline/backup-plan.ts';
import { runningFlags, selectionFlags, waitMs, yesFlag } from '../pipeline/flags.ts';
import { proposeAndRun } from '../pipeline/propose.ts';
import { SpecCommand } from '../spec-command.ts';

export default class SnapshotsPrune extends SpecCommand {
  static override summary = 'Prune now what retention no longer holds. Shows it and asks first.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --only documents --yes',
  ];
  static override exitCodes = runExitCodes('failed', 'refused', 'invalid', 'locked', 'interrupted', 'terminated');
  static override flags = { ...selectionFlags, ...runningFlags, yes: yesFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(SnapshotsPrune);
    return this.withSpec(flags, 'run', async (workspace) => {
      const wait = { ms: waitMs(flags.wait), output: this.output };
      const planned = await planBackup(workspace, flags, { purpose: 'prune', wait, output: this.output });
      return proposeAndRun(this.output, workspace, planned, { flags, command: this.typed });
    });
  }
}
