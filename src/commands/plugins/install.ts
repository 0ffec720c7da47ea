import * as Args from '@oclif/core/args';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { pluginText } from '../../reporters/human/plugins.ts';
import { BaseCommand } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { installPlugin } from '../pipeline/change-plugins.ts';

export default class PluginsInstall extends BaseCommand {
  static override summary = 'Install a package that brings executors, with npm.';
  static override description =
    'For this user, in the data directory. Its install scripts are not run. It replaces what was installed only when ' +
    'it could be loaded; else everything stays as it was.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> nbkp-btrfs-send',
    '<%= config.bin %> <%= command.id %> ./nbkp-executor-tar-1.0.0.tgz',
  ];
  static override exitCodes = exitCodes({ failed: 'the package could not be installed, or cannot be used' });
  static override args = {
    package: Args.string({
      name: 'PACKAGE',
      required: true,
      description: 'A name, NAME@VERSION, an archive or a directory.',
    }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { args } = await this.parse(PluginsInstall);
    const installed = this.need(await installPlugin(this.config, args.package), EXIT.failed);
    this.output.answer(installed, (document, style) => pluginText(document, style, 'Installed'));
    return EXIT.done;
  }
}
