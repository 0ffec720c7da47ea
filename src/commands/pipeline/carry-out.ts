import { Interruption, RunKilled, runPlan } from '../../executors/run/run-plan.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
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
import { planInput, type Workspace } from '../../api/workspace.ts';
import { ChecksumLog } from '../../store/checksums.ts';
import { EventsFile } from '../../store/events-file.ts';
import { driveBook } from '../../store/drive-book.ts';
import { replanning } from '../../executors/run/replanning.ts';
import { holderOf } from '../../executors/run/run-input.ts';
import { RunProgress } from '../../store/run-progress.ts';
import { closeRun, giveUpRun, openRun, type OpenRun, type RunOpening } from '../../store/runs.ts';
import type { RunEvent } from '../../planner/model/event.ts';
import type { Spec } from '../../planner/model/spec.ts';
import { endsOf } from '../../planner/volumes/ends.ts';
import { fetchSecrets } from './secrets.ts';
import { driveKeys, endDrives, useDrives } from '../../api/opened-drives.ts';
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
  try {
    return settle(
      output,
      await closing(reporter, runRecorded(workspace, planned, { ...options, show: reporter })),
      beside,
    );
  } catch (error) {
    if (!(error instanceof RunKilled)) throw error;
    output.findings([runKilled(error.exitCode)]);
    process.exitCode = error.exitCode;
    leaveSoon();
    return error.exitCode;
  } finally {
    await letSleep?.();
  }
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
  return {
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

interface RecordedRun {
  /** What the plan alone means for the exit code. */
  planCode: ExitCode;
  /** As typed. */
  command: string[];
  parallel: number | undefined;
  /** Milliseconds. */
  waitMs: number;
  /** Nobody has looked at the plan: what another run has changed meanwhile is planned anew under the lock. */
  renews: boolean;
  /** Path of the events file. */
  events: string | undefined;
  /** Shows what happens while it happens. */
  show: Pick<RunReporter, 'event' | 'file'>;
}

function opening({ spec }: Workspace, { plan, facts }: Planned, { command }: RecordedRun): RunOpening {
  return { plan, facts, command, ends: endsOf(spec), now: Date.now() };
}

/**
 * Runs a plan with its journal, its events and an ear for signals. Failures are those of getting started.
 *
 * @throws RunKilled after a second signal
 */
async function runRecorded(workspace: Workspace, planned: Planned, options: RecordedRun): Promise<Result<RunRecord>> {
  const { plan, facts } = planned;
  const events = options.events === undefined ? null : EventsFile.open(options.events);
  if (events?.ok === false) return events;
  const opened = await openRun(workspace.state, opening(workspace, planned, options));
  if (!opened.ok) return opened;
  const checksums = new ChecksumLog(workspace.state, opened.value.header.specKey);
  const drives = driveBook(workspace.state, workspace.local, holderOf(opened.value.header));
  const unusable = useDrives(workspace, drives, driveKeys(workspace.spec, plan));
  if (unusable !== null) {
    await giveUpRun(workspace.state, opened.value);
    return failure(unusable);
  }
  const progress = new RunProgress(workspace.state, opened.value.header.run, plan);
  const interruption = new Interruption();
  const stopListening = interruption.listen();
  const unended: Finding[] = [];
  const remarks: Finding[] = [];
  let record: RunRecord;
  try {
    const { secrets, remarks: unfetched } = await fetchSecrets(workspace, plan);
    remarks.push(...unfetched);
    record = await runPlan({
      plan,
      planCode: options.planCode,
      facts,
      header: opened.value.header,
      journal: opened.value.journal,
      executor: (name) => workspace.executors.get(name),
      world: workspace.world,
      replanning: replanning(workspace.world, plan, planInput(workspace, facts, plan.request)),
      secrets,
      drives,
      renews: options.renews,
      allowDestructive: plan.request.allowDestructive,
      ...(options.parallel === undefined ? parallelOf(workspace.spec) : { parallel: options.parallel }),
      waitMs: options.waitMs,
      interruption,
      copied: (sync, file) => {
        checksums.add(sync, file);
        options.show.file(sync, file.path);
      },
      emit: toAll(
        (event) => events?.value.write(event),
        progress.event,
        (event) => options.show.event(event),
      ),
      now: Date.now,
    });
    progress.close();
    remarks.push(...(await finish(workspace, opened.value, { plan, record }, events?.value)));
  } finally {
    unended.push(...endDrives(workspace, drives));
    // Whoever presses Ctrl-C a third time must not cut off what is said about the second.
    if (!interruption.forced.aborted) stopListening();
  }
  return success(record, [...remarks, ...checksums.close(), ...unended]);
}

function toAll(...listeners: ((event: RunEvent) => void)[]): (event: RunEvent) => void {
  return (event) => listeners.forEach((listener) => listener(event));
}

function parallelOf({ policy }: Spec): { parallel?: number } {
  return policy.parallel === null ? {} : { parallel: policy.parallel };
}

async function finish(
  { state }: Workspace,
  open: OpenRun,
  { plan, record }: { plan: Planned['plan']; record: RunRecord },
  events: EventsFile | undefined,
): Promise<Finding[]> {
  const kept = await closeRun(state, open, plan, record);
  const trouble = events?.close() ?? null;
  return trouble === null ? kept : [...kept, trouble];
}
