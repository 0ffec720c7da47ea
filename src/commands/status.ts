import * as Flags from '@oclif/core/flags';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { statusOf } from '../api/status.ts';
import { statusText } from '../reporters/human/status.ts';
import { exitCodes, NOT_WELL } from './exit-codes.ts';
import { selectionFlags } from './pipeline/flags.ts';
import { SpecCommand } from './spec-command.ts';

export default class Status extends SpecCommand {
  static override summary = 'Am I safe? Each volume and sync: there now, last success, overdue, free space.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override exitCodes = exitCodes({ absent: NOT_WELL }, 'invalid');
  static override flags = {
    ...selectionFlags,
    all: Flags.boolean({ summary: 'Show each sync, also where there are many and all is well.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Status);
    return this.withSpec(flags, 'look', async (workspace) => {
      const asked = { ...flags, require: Object.keys(workspace.spec.volumes) };
      const { document, remarks } = statusOf(workspace, await this.planned(workspace, asked));
      this.output.remarks(remarks);
      this.output.answer(document, (shown, style) => statusText(shown, style, flags.all));
      return document.syncs.every((sync) => sync.well) ? EXIT.done : EXIT.absent;
    });
  }
}
