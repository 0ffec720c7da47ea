import { BUILT_IN } from '../executors/registry.ts';
import type { ExecutorsDocument } from '../planner/model/documents.ts';
import { EXIT, type ExitCode } from '../planner/review/exit-code.ts';
import { executorsText } from '../reporters/human/executors.ts';
import { BaseCommand } from './base.ts';
import { exitCodes } from './exit-codes.ts';

export default class Executors extends BaseCommand {
  static override summary = 'The installed executors: what plans and runs the steps of each kind.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override exitCodes = exitCodes();

  protected override async execute(): Promise<ExitCode> {
    await this.parse(Executors);
    const executors = BUILT_IN.map(({ apiVersion, planning: { name, version, kinds } }) => {
      return { name, version, apiVersion, kinds, origin: 'built-in' };
    });
    const document: ExecutorsDocument = { formatVersion: '1.0', executors };
    if (this.output.json) this.output.document(document);
    else this.output.text(executorsText(document, this.output.style()));
    return EXIT.done;
  }
}
