import * as Flags from '@oclif/core/flags';
import { planBackup } from '../api/plan-backup.ts';
import { requestOf } from '../api/request.ts';
import { DAYS, simulated } from '../api/simulate.ts';
import { recentRuns, statusOf } from '../api/status.ts';
import { UsageError } from '../api/usage-error.ts';
import type { Workspace } from '../api/workspace.ts';
import { snapshotsDocument } from '../planner/documents/snapshots.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import type { Report as Content } from '../planner/model/report.ts';
import { REPORT_HEAD, reportHtml } from '../reporters/html/report.ts';
import { sanitise } from '../reporters/text/sanitise.ts';
import { writeReportFile } from '../store/document-files.ts';
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
      const { document: status, remarks } = statusOf(workspace, planned);
      this.output.remarks(remarks);
      // Whoever reads the file does not see this terminal.
      const told = { ...status, findings: [...status.findings, ...remarks] };
      const text = reportHtml(await contentOf(workspace, told, flags));
      if (out === '-') this.output.text(text);
      else {
        this.need(writeReportFile(out, text, REPORT_HEAD), EXIT.failed);
        this.output.answer(status, () => `The report is in ${sanitise(out)}.\n`);
      }
      return status.syncs.every((sync) => sync.well) ? EXIT.done : EXIT.absent;
    });
  }
}

/** @param flags which syncs it is about */
async function contentOf(
  workspace: Workspace,
  status: Content['status'],
  flags: { only?: string[] | undefined; exclude?: string[] | undefined },
): Promise<Content> {
  const { only, exclude } = flags;
  const request = requestOf({ only, exclude, mount: false });
  const pruning = await planBackup(workspace, request, { purpose: 'prune' });
  const simulation = simulated(workspace, pruning, { days: DAYS });
  if (!simulation.ok) throw new Error('the rules of a spec are read');
  const runs = recentRuns(workspace.state, workspace.spec);
  const names = new Set(status.syncs.map(({ name }) => name));
  const records = (runs.ok ? runs.value : []).map(({ record }) => ({
    ...record,
    syncs: record.syncs.filter(({ name }) => names.has(name)),
  }));
  return {
    status,
    snapshots: snapshotsDocument(workspace.spec, pruning.facts, pruning.plan),
    simulation: simulation.value,
    records,
  };
}
