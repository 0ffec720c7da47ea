import * as Flags from '@oclif/core/flags';
import { reported, writeReportFile } from '../api/report.ts';
import { UsageError } from '../api/usage-error.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { REPORT_HEAD, reportHtml } from '../reporters/html/report.ts';
import { sanitise } from '../reporters/text/sanitise.ts';
import { exitCodes, NOT_WELL } from './exit-codes.ts';
import { selectionFlags } from './pipeline/flags.ts';
import { SpecCommand } from './spec-command.ts';

export default class Report extends SpecCommand {
  static override summary = 'Write all that there is to know as one HTML file, for browser, mail or print.';
  static override description =
    'Safe or not and why, a calendar of runs, room with a forecast, each snapshot with the reason why it stays, the last failures with their fixes. The file needs nothing else and runs no script. With --json the answer is the document of nbkp status.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --out backups.html',
    '<%= config.bin %> <%= command.id %> --out - --only documents',
  ];
  static override exitCodes = exitCodes({ failed: 'the file cannot be written', absent: NOT_WELL }, 'invalid');
  static override flags = {
    ...selectionFlags,
    out: Flags.string({
      char: 'o',
      required: true,
      helpValue: 'FILE',
      summary: 'Where to (mode 0600); - for standard output.',
    }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Report);
    const { out } = flags;
    if (out === '-' && this.output.json) {
      throw new UsageError('--out - and --json both need standard output.', 'Give --out a file.');
    }
    return this.withSpec(flags, 'look', async (workspace) => {
      const asked = { ...flags, require: Object.keys(workspace.spec.volumes) };
      const planned = await this.planned(workspace, asked);
      const { content, remarks } = await reported(workspace, planned, { only: flags.only, exclude: flags.exclude });
      const { status } = content;
      this.output.remarks(remarks);
      const text = reportHtml(content);
      if (out === '-') this.output.exactly(text);
      else {
        this.need(writeReportFile(out, text, REPORT_HEAD), EXIT.failed);
        this.output.answer(status, () => `The report is in ${sanitise(out)}.\n`);
      }
      return status.syncs.every((sync) => sync.well) ? EXIT.done : EXIT.absent;
    });
  }
}
