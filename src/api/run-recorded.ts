import { runPlan, type Interruption } from '../executors/run/run-plan.ts';
import { RunKilled, whenAborted } from '../executors/run/interruption.ts';
import type { Finding } from '../planner/model/finding.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import type { RunRecord } from '../planner/model/run.ts';
import { type ExitCode } from '../planner/model/exit-code.ts';
import type { Planned } from './plan-backup.ts';
import { planInput, type Workspace } from './workspace.ts';
import { ChecksumLog } from '../store/checksums.ts';
import { EventsFile } from '../store/events-file.ts';
import { escapeName, unescaped } from '../hosts/rsync/names.ts';
import { driveBook } from '../store/drive-book.ts';
import { replanning } from '../executors/run/replanning.ts';
import { CountAhead } from '../executors/run/count-ahead.ts';
import { holderOf, type RunInput } from '../executors/run/run-input.ts';
import { RunProgress } from '../store/run-progress.ts';
import { closeRun, giveUpRun, leaveRun, openRun, type OpenRun, type RunOpening } from '../store/runs.ts';
import type { RunEvent } from '../planner/model/event.ts';
import type { Plan } from '../planner/model/plan.ts';
import type { CopiedFile } from '../planner/model/verification.ts';
import type { Report } from '../planner/model/report.ts';
import type { RunHeader } from '../planner/model/stored.ts';
import type { Spec } from '../planner/model/spec.ts';
import { endsOf } from '../planner/volumes/ends.ts';
import { reportAtEnd } from './report.ts';
import { fetchSecrets } from './secrets.ts';
import { driveKeys, endDrives, useDrives } from './opened-drives.ts';

/** Told of a run while it goes on. */
export interface Watcher {
  event: (event: RunEvent) => void;
  /** Each file that was copied, by its path in the source, in which what cannot be shown is escaped. */
  file: (sync: string, path: string) => void;
  /** How many bytes a step will copy that has not begun. Absent where nobody wants to know: it takes dry runs beside the run. */
  counted?: (step: string, bytes: number) => void;
}

export interface RecordedRun {
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
  /** Writes a report, for steps at the end that pass it on. */
  report?: (content: Report) => string | Promise<string>;
  /** Shows what happens while it happens. */
  show: Watcher;
  interruption: Interruption;
}

function opening({ spec, now }: Workspace, { plan, facts }: Planned, { command }: RecordedRun): RunOpening {
  return { plan, facts, command, ends: endsOf(spec), now: now() };
}

/**
 * Runs a plan with its journal and its events. Failures are those of getting started.
 *
 * @throws RunKilled after a second interruption
 */
export async function runRecorded(
  workspace: Workspace,
  planned: Planned,
  options: RecordedRun,
): Promise<Result<RunRecord>> {
  const { plan, facts } = planned;
  const events = options.events === undefined ? null : EventsFile.open(options.events);
  if (events?.ok === false) return events;
  const opened = await openRun(workspace.state, opening(workspace, planned, options));
  if (!opened.ok) return opened;
  const checksums = new ChecksumLog(workspace.state, opened.value.header.specKey, endsOf(workspace.spec));
  const drives = driveBook(workspace.state, workspace.local, holderOf(opened.value.header));
  const unusable = useDrives(workspace, drives, driveKeys(workspace.spec, plan));
  if (unusable !== null) {
    await giveUpRun(workspace.state, opened.value);
    return failure(unusable);
  }
  const progress = new RunProgress(workspace.state, opened.value.header.run, plan);
  const ahead = countAhead(workspace, plan, options.show);
  const [unended, remarks]: [Finding[], Finding[]] = [[], []];
  let record: RunRecord;
  try {
    const { secrets, remarks: unfetched } = await fetchSecrets(workspace, plan);
    remarks.push(...unfetched);
    const running = runPlan({
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
      interruption: options.interruption,
      ...reportOf(workspace, plan, opened.value.header, options),
      decided: (step) => ahead?.decided(step),
      copied: copiedTo(checksums, options.show),
      emit: toAll(
        (event) => events?.value.write(event),
        progress.event,
        (event) => ahead?.event(event),
        (event) => options.show.event(event),
      ),
      now: workspace.now,
    });
    record = await orLeft(workspace, opened.value, running);
    progress.close();
    remarks.push(...(await finish(workspace, opened.value, { plan, record }, events?.value)));
  } finally {
    await endOf(ahead, options.interruption);
    unended.push(...endDrives(workspace, drives));
  }
  return success(record, [...remarks, ...checksums.close(), ...unended]);
}

/** One that was killed is nobody's any more. */
async function orLeft({ state }: Workspace, opened: OpenRun, running: Promise<RunRecord>): Promise<RunRecord> {
  try {
    return await running;
  } catch (error) {
    if (error instanceof RunKilled) leaveRun(state, opened);
    throw error;
  }
}

function copiedTo(checksums: ChecksumLog, { file: show }: Watcher): (sync: string, file: CopiedFile) => void {
  return (sync, file) => {
    checksums.add(sync, file);
    // As a person reads it: rsync writes it under LC_ALL=C.
    show(sync, escapeName(unescaped(file.path)));
  };
}

function countAhead({ spec, world }: Workspace, plan: Plan, { counted }: Watcher): CountAhead | undefined {
  return counted && new CountAhead(plan, { spec, world, counted });
}

/** Whoever wants all to end at once does not wait for what only counts. */
async function endOf(ahead: CountAhead | undefined, { forced }: Interruption): Promise<void> {
  if (ahead === undefined) return;
  await Promise.race([ahead.end(), new Promise<void>((resolve) => whenAborted(forced, resolve))]);
}

function reportOf(
  workspace: Workspace,
  plan: Plan,
  header: RunHeader,
  { report }: RecordedRun,
): Pick<RunInput, 'report'> {
  if (report === undefined) return {};
  return { report: async (record) => report(await reportAtEnd(workspace, { header, plan, record })) };
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
