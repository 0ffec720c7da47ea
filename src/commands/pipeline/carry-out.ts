import { runRecorded } from '../../api/run-recorded.ts';
import { Interruption, RunKilled } from '../../executors/run/interruption.ts';
import { type Result } from '../../planner/model/result.ts';
import type { Report } from '../../planner/model/report.ts';
import type { RunRecord } from '../../planner/model/run.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { runSummaryText } from '../../reporters/human/run-summary.ts';
import { runReporter } from '../../reporters/progress/index.ts';
import { lineReporter } from '../../reporters/progress/line.ts';
import { createStyle } from '../../reporters/style.ts';
import type { Progress, RunReporter } from '../../reporters/progress/reporter.ts';
import { leaveSoon } from '../at-end.ts';
import type { Output } from '../output.ts';
import type { Planned } from '../../api/plan-backup.ts';
import { waitMs } from './flags.ts';
import { inLittleMemory } from './in-little-memory.ts';
import { type Workspace } from '../../api/workspace.ts';
import { runKilled } from '../../planner/model/findings/runs.ts';

interface RunFlags {
  parallel?: number | undefined;
  wait?: string | undefined;
  events?: string | undefined;
  'keep-awake'?: boolean | undefined;
  progress?: 'none' | Progress | undefined;
}

interface CarryOutOptions {
  flags: RunFlags;
  planCode: ExitCode;
  /** As typed. */
  command: string[];
  /** The run only serves what the command is about: of a success nothing is said in the end. */
  beside?: boolean;
}

/** Runs a plan where a person, a log or a script can watch, and says in the end what became of it. */
export async function carryOut(
  output: Output,
  workspace: Workspace,
  planned: Planned,
  { flags, planCode, command, beside = false }: CarryOutOptions,
): Promise<ExitCode> {
  const reporter = await reporterOf(output, planned.plan, flags.progress ?? 'overall');
  const wait = planned.waitMs ?? waitMs(flags.wait);
  const renews = planned.seen !== true && planned.plan.purpose === 'backup';
  const options = { renews, planCode, command, parallel: flags.parallel, waitMs: wait, events: flags.events };
  const letSleep = flags['keep-awake'] === true ? workspace.local.keepAwake() : null;
  const interruption = new Interruption();
  const stopListening = interruption.listen();
  try {
    const ended = await closing(
      reporter,
      inLittleMemory(() => runRecorded(workspace, planned, { ...options, interruption, report, show: reporter })),
    );
    return settle(output, ended, beside);
  } catch (error) {
    if (!(error instanceof RunKilled)) throw error;
    output.findings([runKilled(error.exitCode)]);
    process.exitCode = error.exitCode;
    leaveSoon();
    return error.exitCode;
  } finally {
    // Whoever presses Ctrl-C a third time must not cut off what is said about the second.
    if (!interruption.forced.aborted) stopListening();
    await letSleep?.();
  }
}

async function report(content: Report): Promise<string> {
  const { reportHtml } = await import('../../reporters/html/report.ts');
  return reportHtml(content);
}

/** Lines where they are kept or wanted, else what suits the terminal; nothing where nobody wants to hear it. */
async function reporterOf(output: Output, plan: Planned['plan'], progress: 'none' | Progress): Promise<RunReporter> {
  const { log, manner } = output;
  const { verbosity } = manner;
  const reporters = [
    ...(output.isQuiet || progress === 'none'
      ? []
      : [await runReporter(plan, process.stderr, output.asideStyle(), { verbosity, progress })]),
    ...(log === null
      ? []
      : [lineReporter(plan, { write: (text) => log(text) }, createStyle({ colour: false, width: 160 }))]),
  ];
  const shown = reporters.find((reporter) => reporter.counted !== undefined);
  return {
    ...(shown === undefined ? {} : { counted: (step, bytes) => shown.counted?.(step, bytes) }),
    event: (event) => reporters.forEach((reporter) => reporter.event(event)),
    file: (sync, path) => reporters.forEach((reporter) => reporter.file(sync, path)),
    async close() {
      for (const reporter of reporters) await reporter.close();
    },
  };
}

/** Live rows that nobody closes keep the process, and with it the terminal, for ever. */
async function closing<T>(reporter: RunReporter, run: Promise<T>): Promise<T> {
  try {
    return await run;
  } finally {
    await reporter.close();
  }
}

function settle(output: Output, ended: Result<RunRecord>, beside: boolean): ExitCode {
  if (!ended.ok) {
    if (beside) output.remarks(ended.findings);
    else output.findings(ended.findings);
    return EXIT.failed;
  }
  if (!beside) {
    if (output.json) output.document(ended.value);
    output.text(runSummaryText(ended.value, output.style()));
  } else if (ended.value.exitCode !== EXIT.done) output.aside(runSummaryText(ended.value, output.asideStyle()));
  output.remarks(ended.findings);
  return exitCodeOf(ended.value);
}

function exitCodeOf({ exitCode }: RunRecord): ExitCode {
  const known = Object.values(EXIT).find((code) => code === exitCode);
  if (known === undefined) throw new Error(`a run ended with the unknown exit code ${exitCode ?? 'null'}`);
  return known;
}
