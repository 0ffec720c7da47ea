import { findPackages } from '../../store/plugin-packages.ts';
import type { PluginsDocument } from '../../planner/model/plugin-documents.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { pluginsText } from '../../reporters/human/plugins.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { pluginLine } from '../pipeline/inspect-plugin.ts';
import { projectOf } from '../../api/installed-executors.ts';

export default class Plugins extends BaseCommand {
  static override summary = 'List the packages that bring executors.';
  static override description =
    'Those of nbkp plugins install and link, and those beside the spec, of which only trusted ones run. None is loaded.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override flags = { spec: specFlag };
  static override exitCodes = exitCodes();

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Plugins);
    const { env, user, state } = this.around;
    const { packages, findings } = findPackages(this.config.dataDir, projectOf(flags.spec, env), user, state);
    const document: PluginsDocument = { formatVersion: '1.0', plugins: packages.map(pluginLine), findings };
    this.output.answer(document, pluginsText, findings);
    return EXIT.done;
  }
}
