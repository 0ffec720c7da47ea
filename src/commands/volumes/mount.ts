import * as Args from '@oclif/core/args';
import { type ExitCode } from '../../planner/model/exit-code.ts';
import { specFlag } from '../base.ts';
import { runExitCodes } from '../exit-codes.ts';
import { changeDrives } from '../pipeline/drives-by-hand.ts';
import { reachFlags, yesFlag } from '../pipeline/flags.ts';
import { SpecCommand } from '../spec-command.ts';

export default class VolumesMount extends SpecCommand {
  static override strict = false;
  static override summary = 'Unlock and mount drives, which then stay so. Shows it and asks first.';
  static override description = 'A run that comes later leaves them open. nbkp volumes unmount closes them.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> usb --yes'];
  static override exitCodes = runExitCodes('failed', 'refused', { absent: 'a drive is not plugged in' });
  static override args = {
    volumes: Args.string({ name: 'VOLUME', description: 'Only these drives; all that are plugged in without it.' }),
  };
  static override flags = { spec: specFlag, ...reachFlags, yes: yesFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags, argv } = await this.parse(VolumesMount);
    const asked = { purpose: 'mount', names: argv.map(String), yes: flags.yes, command: this.typed } as const;
    return this.withSpec(flags, 'run', (workspace) => changeDrives(this.output, workspace, asked));
  }
}
