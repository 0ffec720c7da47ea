import * as Flags from '@oclif/core/flags';
import { specKey } from '../store/history.ts';
import { readProgress } from '../store/run-progress.ts';
import { listRuns, type StoredRun } from '../store/stored-runs.ts';
import type { RunAtWorkStatus } from '../planner/model/run.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { statusDocument } from '../planner/documents/status.ts';
import { statusText } from '../reporters/human/status.ts';
import { exitCodes, NOT_WELL } from './exit-codes.ts';
import { selectionFlags } from './pipeline/flags.ts';
import { SpecCommand } from './spec-command.ts';

/** The pace of the last so many runs is that of the next. */
const RUNS = 100;

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
      const { spec, state } = workspace;
      const asked = { ...flags, require: Object.keys(spec.volumes) };
      const planned = await this.planned(workspace, asked);
      // Of a run of another spec the names mean something else.
      const key = specKey(spec.path);
      const runs = listRuns(state, RUNS, ({ record }) => specKey(record.spec.path) === key);
      const said = new Set(planned.remarks.map(({ message }) => message));
      this.output.remarks([...planned.remarks, ...runs.findings.filter(({ message }) => !said.has(message))]);
      const known = runs.ok ? runs.value : [];
      const atWork = known.filter((run) => run.state === 'running').map((run) => atWorkNow(state, run));
      const records = known.map(({ record }) => record);
      const document = statusDocument(spec, planned.facts, planned.plan, records, atWork);
      this.output.answer(document, (shown, style) => statusText(shown, style, flags.all));
      return document.syncs.every((sync) => sync.well) ? EXIT.done : EXIT.absent;
    });
  }
}

function atWorkNow(state: string, { id, record: { pid, command, startedAt } }: StoredRun): RunAtWorkStatus {
  const transfers = Object.entries(readProgress(state, id)).map(([sync, percent]) => ({ sync, percent }));
  return { run: id, pid, command, startedAt, transfers };
}
