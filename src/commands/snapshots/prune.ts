import * as Flags from '@oclif/core/flags';
import { type ExitCode } from '../../planner/model/exit-code.ts';
import { runExitCodes } from '../exit-codes.ts';
import { allFlag, runningFlags, selectionFlags, yesFlag } from '../pipeline/flags.ts';
import { SpecCommand } from '../spec-command.ts';

export default class SnapshotsPrune extends SpecCommand {
  static override summary = 'Prune now what retention no longer holds. Shows it and asks first.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --only documents --yes',
  ];
  static override exitCodes = runExitCodes('failed', 'refused', 'locked');
  static override flags = {
    ...selectionFlags,
    ...runningFlags,
    yes: yesFlag,
    'dry-run': Flags.boolean({ char: 'n', summary: 'Only show what would go.' }),
    all: allFlag,
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(SnapshotsPrune);
    const dry = flags['dry-run'];
    return this.withSpec(flags, dry ? 'look' : 'run', async (workspace) => {
      const planned = await this.planned(workspace, dry ? { ...flags, wait: undefined } : flags, { purpose: 'prune' });
      return dry ? this.showPlanned(workspace, planned, { all: flags.all }) : this.propose(workspace, planned, flags);
    });
  }
}
