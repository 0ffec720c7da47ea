import { Interruption, runPlan } from '../../executors/run/run-plan.ts';
import { ChecksumLog } from '../../store/checksums.ts';
import { EventsFile } from '../../store/events-file.ts';
import { driveBook, type RunsDrives } from '../../store/drive-book.ts';
import { stateUnwritable } from '../../planner/model/findings/records.ts';
import { systemError } from '../../planner/model/system-error.ts';
import { replanning } from '../../executors/run/replanning.ts';
import { holderOf } from '../../executors/run/run-input.ts';
import { RunProgress } from '../../store/run-progress.ts';
import { closeRun, giveUpRun, openRun, type OpenRun } from '../../store/runs.ts';
import type { Plan } from '../../planner/model/plan.ts';
import type { RunEvent } from '../../planner/model/event.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import type { RunRecord } from '../../planner/model/run.ts';
import type { Spec } from '../../planner/model/spec.ts';
import type { ExitCode } from '../../planner/model/exit-code.ts';
import type { Planned } from './backup-plan.ts';
import { fetchSecrets } from './secrets.ts';
import { driveKeys } from './opened-drives.ts';
import { planInput, type Workspace } from './workspace.ts';

export interface CarryOutOptions {
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
  show: (event: RunEvent) => void;
}

/**
 * Runs a plan with its journal, its events and an ear for signals. Failures are those of getting started.
 *
 * @throws RunKilled after a second signal
 */
export async function carryOut(
  workspace: Workspace,
  { plan, facts }: Planned,
  options: CarryOutOptions,
): Promise<Result<RunRecord>> {
  const events = options.events === undefined ? null : EventsFile.open(options.events);
  if (events?.ok === false) return events;
  const opened = await openRun(workspace.state, { plan, facts, command: options.command, now: Date.now() });
  if (!opened.ok) return opened;
  const checksums = new ChecksumLog(workspace.state, opened.value.header.specKey);
  const drives = driveBook(workspace.state, workspace.local, holderOf(opened.value.header));
  const unusable = useDrives(workspace, drives, plan);
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
    const secrets = await fetchSecrets(workspace, plan);
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
      copied: (sync, file) => checksums.add(sync, file),
      emit: toAll((event) => events?.value.write(event), progress.event, options.show),
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

/** Before anything is touched: no other run closes the drives of this one. */
function useDrives({ spec, state }: Workspace, drives: RunsDrives, plan: Plan): Finding | null {
  try {
    drives.use(driveKeys(spec, plan));
    return null;
  } catch (error) {
    return stateUnwritable(state, systemError(error).text);
  }
}

/** A note that stays behind names a process that is gone: it keeps nobody from closing the drive. */
function endDrives({ state }: Workspace, drives: RunsDrives): Finding[] {
  try {
    drives.end();
    return [];
  } catch (error) {
    return [{ ...stateUnwritable(state, systemError(error).text), severity: 'warning' }];
  }
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
