import { RunKilled } from '../../executors/run/run-plan.ts';
import type { Finding } from '../../planner/model/finding.ts';
import type { Result } from '../../planner/model/result.ts';
import type { RunRecord } from '../../planner/model/run.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { runSummaryText } from '../../reporters/human/run-summary.ts';
import { runReporter } from '../../reporters/progress/index.ts';
import { lineReporter } from '../../reporters/progress/line.ts';
import { createStyle } from '../../reporters/style.ts';
import type { RunReporter } from '../../reporters/progress/reporter.ts';
import { leaveSoon } from '../at-end.ts';
import type { Output } from '../output.ts';
import type { Planned } from './backup-plan.ts';
import { carryOut } from './carry-out.ts';
import { waitMs } from './flags.ts';
import type { Workspace } from './workspace.ts';

interface RunFlags {
  parallel?: number | undefined;
  wait?: string | undefined;
  events?: string | undefined;
  'keep-awake'?: boolean | undefined;
}

/** Runs a plan where a person, a log or a script can watch, and says in the end what became of it. */
export async function runShown(
  output: Output,
  workspace: Workspace,
  planned: Planned,
  { flags, planCode, command }: { flags: RunFlags; planCode: ExitCode; command: string[] },
): Promise<ExitCode> {
  const reporter = await reporterOf(output, planned.plan);
  const wait = planned.waitMs ?? waitMs(flags.wait);
  const renews = planned.seen !== true && planned.plan.purpose === 'backup';
  const options = { renews, planCode, command, parallel: flags.parallel, waitMs: wait, events: flags.events };
  const letSleep = flags['keep-awake'] === true ? workspace.local.keepAwake() : null;
  try {
    return settle(
      output,
      await closing(reporter, carryOut(workspace, planned, { ...options, show: (event) => reporter.event(event) })),
    );
  } catch (error) {
    if (!(error instanceof RunKilled)) throw error;
    output.findings([killed(error)]);
    process.exitCode = error.exitCode;
    leaveSoon();
    return error.exitCode;
  } finally {
    await letSleep?.();
  }
}

/** Lines where they are kept or wanted, else what suits the terminal; nothing where nobody wants to hear it. */
async function reporterOf(output: Output, plan: Planned['plan']): Promise<RunReporter> {
  const { log, manner } = output;
  const reporters = [
    ...(output.isQuiet ? [] : [await runReporter(plan, process.stderr, output.asideStyle(), manner.verbosity)]),
    ...(log === null
      ? []
      : [lineReporter(plan, { write: (text) => log(text) }, createStyle({ colour: false, width: 160 }))]),
  ];
  return {
    event: (event) => reporters.forEach((reporter) => reporter.event(event)),
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

function settle(output: Output, ended: Result<RunRecord>): ExitCode {
  if (!ended.ok) {
    output.findings(ended.findings);
    return EXIT.failed;
  }
  if (output.json) output.document(ended.value);
  output.text(runSummaryText(ended.value, output.style()));
  output.remarks(ended.findings);
  return exitCodeOf(ended.value);
}

function killed({ exitCode }: RunKilled): Finding {
  return {
    severity: 'error',
    code: 'run-killed',
    message: `A second signal ended the run at once (exit code ${exitCode}); what it had begun is not finished.`,
    help: 'nbkp recover shows what is left. The next run goes on from there.',
  };
}

function exitCodeOf({ exitCode }: RunRecord): ExitCode {
  const known = Object.values(EXIT).find((code) => code === exitCode);
  if (known === undefined) throw new Error(`a run ended with the unknown exit code ${exitCode ?? 'null'}`);
  return known;
}
