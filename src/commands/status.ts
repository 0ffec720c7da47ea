import { combine, EXIT, type ExitCode } from '../planner/review/exit-code.ts';
import { statusDocument } from '../planner/review/documents/status.ts';
import { statusText } from '../reporters/human/status.ts';
import { BaseCommand } from './base.ts';
import { exitCodes } from './exit-codes.ts';
import { planBackup } from './pipeline/backup-plan.ts';
import { requestOf, selectionFlags } from './pipeline/flags.ts';
import { openWorkspace } from './pipeline/workspace.ts';

export default class Status extends BaseCommand {
  static override summary = 'Am I safe? Each volume and sync: there now, last success, overdue, free space.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override exitCodes = exitCodes('absent', 'invalid');
  static override flags = selectionFlags;

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Status);
    const workspace = openWorkspace(flags.spec, false, flags);
    if (!workspace.ok) return this.fail(workspace.findings, EXIT.invalid);
    this.output.remarks(workspace.findings);
    const { spec } = workspace.value;
    const require = Object.keys(spec.volumes);
    const planned = await planBackup(workspace.value, requestOf(flags), {
      files: false,
      require,
      version: this.config.version,
    });
    this.output.remarks(planned.remarks);
    const document = statusDocument(spec, planned.facts, planned.plan);
    if (this.output.json) this.output.document(document);
    else this.output.text(statusText(document, this.output.style()));
    return combine([document.syncs.some((sync) => sync.overdue) ? EXIT.absent : EXIT.done]);
  }
}
