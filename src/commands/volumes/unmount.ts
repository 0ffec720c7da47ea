import * as Args from '@oclif/core/args';
import { type ExitCode } from '../../planner/model/exit-code.ts';
import { specFlag } from '../base.ts';
import { runExitCodes } from '../exit-codes.ts';
import { changeDrives } from '../pipeline/drives-by-hand.ts';
import { reachFlags, yesFlag } from '../pipeline/flags.ts';
import { SpecCommand } from '../spec-command.ts';

export default class VolumesUnmount extends SpecCommand {
  static override strict = false;
  static override summary = 'Unmount and lock drives, so that they can be unplugged. Shows it and asks first.';
  static override description = 'What is named is closed, whoever has opened it, unless a run uses it.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> usb --yes'];
  static override exitCodes = runExitCodes('failed', 'refused');
  static override args = {
    volumes: Args.string({ name: 'VOLUME', description: 'Only these drives; all that nbkp has opened without it.' }),
  };
  static override flags = { spec: specFlag, ...reachFlags, yes: yesFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags, argv } = await this.parse(VolumesUnmount);
    const asked = { purpose: 'unmount', names: argv.map(String), yes: flags.yes, command: this.typed } as const;
    return this.withSpec(flags, 'run', (workspace) => changeDrives(this.output, workspace, asked));
  }
}
