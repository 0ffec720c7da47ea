import * as Args from '@oclif/core/args';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { runExitCodes } from '../exit-codes.ts';
import { changeDrives } from '../pipeline/drives-by-hand.ts';
import { reachFlags, yesFlag } from '../pipeline/flags.ts';
import { openWorkspace } from '../pipeline/workspace.ts';

export default class VolumesUnmount extends BaseCommand {
  static override strict = false;
  static override summary = 'Unmount and lock drives, so that they can be unplugged. Shows it and asks first.';
  static override description = 'What is named is closed, whoever has opened it, unless a run uses it.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> usb --yes'];
  static override exitCodes = runExitCodes('failed', 'refused', 'invalid', 'interrupted', 'terminated');
  static override args = {
    volumes: Args.string({ name: 'VOLUME', description: 'Only these drives; all that nbkp has opened without it.' }),
  };
  static override flags = { spec: specFlag, ...reachFlags, yes: yesFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags, argv } = await this.parse(VolumesUnmount);
    const workspace = await openWorkspace(this.config, flags.spec, true, flags);
    if (!workspace.ok) return this.fail(workspace.findings, EXIT.invalid);
    this.output.remarks(workspace.findings);
    return changeDrives(this.output, workspace.value, {
      purpose: 'unmount',
      names: argv.map(String),
      yes: flags.yes,
      version: this.config.version,
      command: ['nbkp', 'volumes', 'unmount', ...this.argv],
    });
  }
}
