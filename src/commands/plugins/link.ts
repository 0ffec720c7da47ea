import { resolve } from 'node:path';
import * as Args from '@oclif/core/args';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { pluginText } from '../../reporters/human/plugins.ts';
import { BaseCommand } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { linkPlugin } from '../pipeline/change-plugins.ts';

export default class PluginsLink extends BaseCommand {
  static override summary = 'Use a package where it is: for who writes one.';
  static override description = 'What it imports it has to find itself: install its dependencies, nbkp among them.';
  static override examples = ['<%= config.bin %> <%= command.id %> .', '<%= config.bin %> <%= command.id %> ~/src/tar'];
  static override exitCodes = exitCodes({ failed: 'the package cannot be used' });
  static override args = {
    directory: Args.string({
      name: 'DIRECTORY',
      default: '.',
      description: 'Where its package.json is. Default: here.',
    }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { args } = await this.parse(PluginsLink);
    const linked = this.need(await linkPlugin(this.config, resolve(args.directory)), EXIT.failed);
    this.output.answer(linked, (document, style) => pluginText(document, style, 'Linked'));
    return EXIT.done;
  }
}
