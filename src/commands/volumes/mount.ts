import * as Args from '@oclif/core/args';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { runExitCodes } from '../exit-codes.ts';
import { changeDrives } from '../pipeline/drives-by-hand.ts';
import { reachFlags, yesFlag } from '../pipeline/flags.ts';
import { openWorkspace } from '../pipeline/workspace.ts';

export default class VolumesMount extends BaseCommand {
  static override strict = false;
  static override summary = 'Unlock and mount drives, which then stay so. Shows it and asks first.';
  static override description = 'A run that comes later leaves them open. nbkp volumes unmount closes them.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> usb --yes'];
  static override exitCodes = runExitCodes('failed', 'refused', 'absent', 'invalid', 'interrupted', 'terminated');
  static override args = {
    volumes: Args.string({ name: 'VOLUME', description: 'Only these drives; all that are plugged in without it.' }),
  };
  static override flags = { spec: specFlag, ...reachFlags, yes: yesFlag };

  protected override async execute(): Promise<ExitCode> {
    const { flags, argv } = await this.parse(VolumesMount);
    const workspace = await openWorkspace(this.config, flags.spec, true, flags);
    if (!workspace.ok) return this.fail(workspace.findings, EXIT.invalid);
    this.output.remarks(workspace.findings);
    return changeDrives(this.output, workspace.value, {
      purpose: 'mount',
      names: argv.map(String),
      yes: flags.yes,
      version: this.config.version,
      command: ['nbkp', 'volumes', 'mount', ...this.argv],
    });
  }
}
