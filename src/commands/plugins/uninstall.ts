import * as Args from '@oclif/core/args';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { BaseCommand } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { uninstallPlugin } from '../pipeline/change-plugins.ts';

export default class PluginsUninstall extends BaseCommand {
  static override summary = 'Remove a package that was installed, or forget one that was linked.';
  static override examples = ['<%= config.bin %> <%= command.id %> nbkp-btrfs-send'];
  static override exitCodes = exitCodes({ failed: 'there is no such package, or npm failed' });
  static override args = {
    name: Args.string({ name: 'NAME', required: true, description: 'Of the package, as nbkp plugins shows it.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { args } = await this.parse(PluginsUninstall);
    const removed = this.need(await uninstallPlugin(this.config, args.name), EXIT.failed);
    const what = removed.type === 'link' ? 'No longer linked' : 'Uninstalled';
    this.output.answer({ formatVersion: '1.0', findings: [] }, () => `${what}: ${args.name}\n`);
    return EXIT.done;
  }
}
