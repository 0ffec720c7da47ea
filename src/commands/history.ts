import * as Args from '@oclif/core/args';
import { listRuns, readRun } from '../store/stored-runs.ts';
import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { runSummary } from '../planner/documents/history.ts';
import type { HistoryDocument } from '../planner/model/documents.ts';
import { historyText, runRecordText } from '../reporters/human/history.ts';
import { BaseCommand } from './base.ts';
import { exitCodes } from './exit-codes.ts';
import { ownState } from './pipeline/this-user.ts';

/** So many runs are listed. All of them are in `--json`. */
const LISTED = 30;

export default class History extends BaseCommand {
  static override summary = 'Past runs, or one run in full.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> 20260306T143000Z-4f2a',
  ];
  static override exitCodes = exitCodes('failed');
  static override args = {
    run: Args.string({ name: 'RUN', description: 'The id of a run, or a unique beginning of it.' }),
  };

  protected override async execute(): Promise<ExitCode> {
    const { args } = await this.parse(History);
    const state = ownState();
    return args.run === undefined ? this.#list(state) : this.#show(state, args.run);
  }

  #list(state: string): ExitCode {
    const runs = listRuns(state, this.output.json ? Infinity : LISTED);
    if (!runs.ok) return this.fail(runs.findings, EXIT.failed);
    const document: HistoryDocument = {
      formatVersion: '1.0',
      observedAt: new Date().toISOString(),
      runs: runs.value.map((run) => runSummary(run.state, run.record)),
    };
    this.output.answer(document, historyText, runs.findings);
    return EXIT.done;
  }

  #show(state: string, prefix: string): ExitCode {
    const run = readRun(state, prefix);
    if (!run.ok) return this.fail(run.findings, EXIT.failed);
    this.output.answer(run.value.record, runRecordText);
    return EXIT.done;
  }
}
