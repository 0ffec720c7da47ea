import type { ExecutorsDocument } from '../planner/model/plugin-documents.ts';
import type { ExitCode } from '../planner/model/exit-code.ts';
import { executorsText } from '../reporters/human/executors.ts';
import { BaseCommand, specFlag } from './base.ts';
import { codeOfShown, exitCodes } from './exit-codes.ts';
import { allExecutors } from '../api/installed-executors.ts';
import { originOf } from '../api/load-plugin.ts';

export default class Executors extends BaseCommand {
  static override summary = 'The installed executors: what plans and runs the steps of each kind.';
  static override description =
    'Those that come with nbkp, those of plugins (see nbkp plugins), and those of the packages beside the spec. ' +
    'What is wrong with a plugin is said here too.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override flags = { spec: specFlag };
  static override exitCodes = exitCodes({ failed: 'a plugin cannot be used' });

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Executors);
    const { installed, problems } = await allExecutors(this.around, flags.spec, true);
    const executors = installed.map(({ executor: { apiVersion, planning }, from }) => ({
      ...{ name: planning.name, version: planning.version, apiVersion, kinds: planning.kinds },
      ...{ origin: from === null ? 'built-in' : originOf(from), path: from?.root ?? null },
    }));
    const document: ExecutorsDocument = { formatVersion: '1.0', executors, findings: problems };
    this.output.answer(document, executorsText, problems);
    return codeOfShown(document);
  }
}
