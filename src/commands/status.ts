import * as Flags from '@oclif/core/flags';
import { specKey } from '../store/history.ts';
import { listRuns } from '../store/stored-runs.ts';
import type { RunRecord } from '../planner/model/run.ts';
import type { Spec } from '../planner/model/spec.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { statusDocument } from '../planner/documents/status.ts';
import { statusText } from '../reporters/human/status.ts';
import { BaseCommand } from './base.ts';
import { wellnessExitCodes } from './exit-codes.ts';
import { planBackup } from './pipeline/backup-plan.ts';
import { requestOf, selectionFlags } from './pipeline/flags.ts';
import { openWorkspace } from './pipeline/workspace.ts';

/** The pace of the last so many runs is that of the next. */
const RUNS = 100;

export default class Status extends BaseCommand {
  static override summary = 'Am I safe? Each volume and sync: there now, last success, overdue, free space.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json'];
  static override exitCodes = wellnessExitCodes('invalid');
  static override flags = {
    ...selectionFlags,
    all: Flags.boolean({ summary: 'Show each sync, also where there are many and all is well.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { flags } = await this.parse(Status);
    const workspace = await openWorkspace(this.config, flags.spec, false, flags);
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
    const runs = listRuns(workspace.value.state, RUNS);
    this.output.remarks(runs.findings);
    const records = runs.ok ? runs.value.map(({ record }) => record).filter((record) => isOf(spec, record)) : [];
    const document = statusDocument(spec, planned.facts, planned.plan, records);
    if (this.output.json) this.output.document(document);
    else this.output.text(statusText(document, this.output.style(), flags.all));
    return document.syncs.every((sync) => sync.well) ? EXIT.done : EXIT.absent;
  }
}

/** Of a run of another spec the names mean something else. */
function isOf(spec: Spec, record: RunRecord): boolean {
  return specKey(record.spec.path) === specKey(spec.path);
}
