import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { projectPackages } from '../../store/plugin-packages.ts';
import type { PluginsDocument } from '../../planner/model/plugin-documents.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { pluginsText } from '../../reporters/human/plugins.ts';
import { BaseCommand, specFlag } from '../base.ts';
import { exitCodes } from '../exit-codes.ts';
import { pluginUnknown } from '../../planner/model/findings/plugins.ts';
import { pluginLine } from '../pipeline/inspect-plugin.ts';
import { projectOf } from '../../api/installed-executors.ts';
import { distrustPlugin, trustPlugin } from '../pipeline/trust-plugin.ts';

export default class PluginsTrust extends BaseCommand {
  static override summary = 'Let packages beside the spec run.';
  static override description =
    'Loads them, and records for this user the folder, version, executors and schemas of each. Look at their code first: it ' +
    'runs with your rights from now on. Another version, or another folder, has to be trusted anew; a change of files under ' +
    'the same version does not. Commands that only read a spec use what was recorded and run none of the code.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> nbkp-btrfs-send --spec ~/backups/nbkp.toml',
    '<%= config.bin %> <%= command.id %> nbkp-btrfs-send --revoke',
  ];
  static override exitCodes = exitCodes('failed');
  static override flags = {
    spec: specFlag,
    revoke: Flags.boolean({ summary: 'Let them run no more.' }),
  };
  static override args = {
    name: Args.string({ name: 'NAME', description: 'Of one package; all beside the spec by default.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags, args } = await this.parse(PluginsTrust);
    const { env, user, state } = this.around;
    const { packages, findings } = projectPackages(projectOf(flags.spec, env), user, state);
    const meant = packages.filter(({ name }) => args.name === undefined || name === args.name);
    if (meant.length === 0) {
      const unknown = pluginUnknown(
        args.name ?? 'beside the spec',
        packages.map(({ name }) => name),
      );
      return this.fail([...findings, unknown], EXIT.failed);
    }
    const plugins: PluginsDocument['plugins'] = [];
    for (const found of meant) {
      const changed = flags.revoke ? distrustPlugin(found) : await trustPlugin(this.config, found);
      if (!changed.ok) return this.fail([...findings, ...changed.findings], EXIT.failed);
      plugins.push({ ...pluginLine(found), trusted: !flags.revoke });
    }
    const document: PluginsDocument = { formatVersion: '1.0', plugins, findings };
    this.output.answer(document, pluginsText, findings);
    return EXIT.done;
  }
}
