import type {
  ExecutorPlanning,
  PlannedSteps,
  SnapshotPlanning,
  SourceSnapshot,
  SourceSnapshotInput,
  SourceSnapshotPlanning,
} from '../../model/executor.ts';
import type { Finding } from '../../model/finding.ts';
import type { Step } from '../../model/step.ts';
import { plainTarget } from '../snapshot/plain-target.ts';
import { canonical } from '../../model/canonical.ts';
import { executorCannotPlan, executorStepRefused } from '../../model/findings/plugins.ts';
import { asked, isArgv, isText } from './questions.ts';
import { guardedVolumes } from './volumes.ts';
import { messageOf } from '../../model/system-error.ts';

type Guard = <T extends { findings: Finding[] }>(plan: () => T, nothing: Omit<T, 'findings'>) => T;

const NO_STEPS: Omit<PlannedSteps, 'findings'> = { steps: [] };

/**
 * The planning half of a plugin's executor, held to what a reader of a plan relies on: what it throws, and steps that do
 * not show what they do, are errors that block the sync. Around the whole run they are warnings.
 *
 * @param origin the package that brings it, as `NAME@VERSION`
 * @param apiVersion what is of a later one is not used
 */
export function guardedPlanning(brought: ExecutorPlanning, origin: string, apiVersion: number): ExecutorPlanning {
  const planning = apiVersion === 1 ? asFirst(brought) : brought;
  const guard = guardOf(planning, origin, 'error');
  const remark = guardOf(planning, origin, 'warning');
  const guarded: ExecutorPlanning = { ...planning, commands: (params) => planning.commands(params) };
  if (planning.planTransfer !== undefined) {
    guarded.planTransfer = (input, target) =>
      guard(() => {
        asked(planning, input, apiVersion);
        return planning.planTransfer?.(input, target) ?? NOTHING;
      }, NO_STEPS);
  }
  if (planning.planReplica !== undefined) {
    guarded.planReplica = (input) =>
      guard(() => {
        asked(planning, input, apiVersion);
        return planning.planReplica?.(input) ?? NOTHING;
      }, NO_STEPS);
  }
  if (planning.planRun !== undefined) {
    guarded.planRun = (input) => remark(() => planning.planRun?.(input) ?? NOTHING, NO_STEPS);
  }
  if (planning.questions !== undefined) {
    guarded.questions = (input) => {
      try {
        return asked(planning, input, apiVersion);
      } catch {
        // Planning asks again, and says then what is wrong.
        return [];
      }
    };
  }
  const { sourceSnapshots } = planning;
  if (sourceSnapshots !== undefined) {
    guarded.sourceSnapshots = {
      ...sourceSnapshots,
      plan: (input) => guard(() => taken(sourceSnapshots, input), UNTAKEN),
    };
  }
  if (planning.volumes !== undefined) guarded.volumes = guardedVolumes(planning.volumes, planning, origin);
  if (planning.snapshots !== undefined) guarded.snapshots = guardedSnapshots(planning.snapshots, guard);
  return guarded;
}

const UNTAKEN: Omit<SourceSnapshot, 'findings'> & { steps: Step[] } = { make: [], remove: [], path: '', steps: [] };

/** `steps`: all of them, for whoever looks at what is planned. */
function taken(planning: SourceSnapshotPlanning, input: SourceSnapshotInput): SourceSnapshot & { steps: Step[] } {
  const planned = planning.plan(input);
  return { ...planned, steps: [...planned.make, ...(planned.check ?? []), ...planned.remove] };
}

const NOTHING: PlannedSteps = { steps: [], findings: [] };

function guardOf(planning: ExecutorPlanning, origin: string, severity: Finding['severity']): Guard {
  return (plan, nothing) => {
    try {
      const planned = plan();
      const problem = problemOf(planned, planning);
      if (problem === null) return planned;
      const finding = { ...executorStepRefused(planning.name, origin, problem), severity };
      return { ...planned, ...nothing, findings: [...planned.findings, finding] };
    } catch (error) {
      const cause = messageOf(error);
      return withFindings(nothing, [{ ...executorCannotPlan(planning.name, origin, cause), severity }]);
    }
  };
}

/** Without what is of version 2: whoever made it meant something else by such a name. */
function asFirst(planning: ExecutorPlanning): ExecutorPlanning {
  const first = { ...planning };
  delete first.inputFiles;
  delete first.volumes;
  return first;
}

function guardedSnapshots(snapshots: SnapshotPlanning, guard: Guard): SnapshotPlanning {
  return {
    target: (input) =>
      // Beside an error, which blocks the sync, it is not used.
      guard(() => snapshots.target(input), { target: plainTarget('') }),
    snapshot: (input) => guard(() => snapshots.snapshot(input), NO_STEPS),
    prune: (input, upcoming) => guard(() => snapshots.prune(input, upcoming), { steps: [], retention: [] }),
    prepare: (destination, mount) => snapshots.prepare(destination, mount),
  };
}

/** `nothing` lacks only the findings of a `T`. */
function withFindings<T extends { findings: Finding[] }>(nothing: Omit<T, 'findings'>, findings: Finding[]): T {
  return { ...nothing, findings } as unknown as T;
}

/** What keeps a reader of the plan from knowing what a step does, or who does it. */
function problemOf(planned: { findings: Finding[]; steps?: Step[] }, planning: ExecutorPlanning): string | null {
  // It comes from code that nobody has compiled against these types.
  const { findings, steps = [] } = planned as { findings: unknown; steps?: unknown };
  if (!Array.isArray(findings) || !Array.isArray(steps)) throw new Error('it returned no lists of steps and findings');
  return steps.map((step: Step) => stepProblem(step, planning)).find((problem) => problem !== null) ?? null;
}

function stepProblem(step: Step, { name, version, kinds }: ExecutorPlanning): string | null {
  const { id, kind, summary, reason, executor } = step;
  const commands: unknown = step.commands;
  if (!isText(id)) return 'without an id';
  if (!isText(summary)) return `without a summary: ${id}`;
  if (!isText(reason)) return `without a reason: ${id}`;
  if (!Array.isArray(commands) || commands.length === 0) return `without commands: ${id}`;
  if (!commands.every(isArgv)) return `with a command that is no list of words: ${id}`;
  if (executor.name !== name || executor.version !== version) return `in the name of another executor: ${id}`;
  if (!kinds.includes(kind)) return `of a kind that it does not declare, ${kind}: ${id}`;
  canonical(step);
  return null;
}
