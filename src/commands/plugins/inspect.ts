import * as Args from '@oclif/core/args';
import { findPackages } from '../../store/plugin-packages.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { pluginNotTrusted, pluginUnknown } from '../../planner/model/findings/plugins.ts';
import { pluginText } from '../../reporters/human/plugins.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { inspectPlugin } from '../pipeline/inspect-plugin.ts';
import { projectOf } from '../../api/installed-executors.ts';

export default class PluginsInspect extends BaseCommand {
  static override summary = 'Load a package and show its executors, or what is wrong with them.';
  static override examples = ['<%= config.bin %> <%= command.id %> nbkp-btrfs-send'];
  static override exitCodes = exitCodes({ failed: 'there is no such package, or it cannot be used' });
  static override flags = { spec: specFlag };
  static override args = {
    name: Args.string({ name: 'NAME', required: true, description: 'Of the package, as nbkp plugins shows it.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, args } = await this.parse(PluginsInspect);
    const { env, user, state } = this.around;
    const { packages, findings } = findPackages(this.config.dataDir, projectOf(flags.spec, env), user, state);
    const found = packages.find(({ name }) => name === args.name);
    if (found === undefined) {
      const names = packages.map(({ name }) => name);
      return this.fail([...findings, pluginUnknown(args.name, names)], EXIT.failed);
    }
    if (!found.trusted)
      return this.fail([...found.executors.map((name) => pluginNotTrusted(name, found, null))], EXIT.failed);
    const document = await inspectPlugin(this.config, found);
    this.output.answer(document, pluginText, document.findings);
    return document.findings.length > 0 ? EXIT.failed : EXIT.done;
  }
}
