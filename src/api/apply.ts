import { Interruption, RunKilled } from '../executors/run/run-plan.ts';
import type { RunEvent } from '../planner/model/event.ts';
import { permissionMissing, runKilled } from '../planner/model/findings/runs.ts';
import type { Plan } from '../planner/model/plan.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import type { RunRecord } from '../planner/model/run.ts';
import { staleNow } from './observe-plan.ts';
import { behind } from './handles.ts';
import { madeFrom } from './made-plans.ts';
import type { Nbkp } from './open-spec.ts';
import type { Planned } from './plan-backup.ts';
import { codeOfPlan } from './plan-code.ts';
import { RunEvents } from './run-events.ts';
import { runRecorded, type Watcher } from './run-recorded.ts';
import { spend, verifyPlan } from './saved-plan.ts';
import type { Workspace } from './workspace.ts';

export interface ApplyOptions {
  /** For a plan that was made with it: what its guards would refuse may be deleted. */
  allowDestructive?: boolean;
  /** Steps at once. Default: `policy.parallel` of the spec. */
  parallel?: number;
  /** So long another run's lock is waited for. Default: not at all. */
  waitMs?: number;
  /** When it aborts, the run ends in order: nothing new begins, what was opened is closed. */
  signal?: AbortSignal;
}

/** A run. It goes on whether or not anybody iterates over its events. */
export interface Run extends AsyncIterable<RunEvent> {
  /** What `nbkp history` keeps of it. Failures are those of getting started, and a run that was killed. */
  readonly result: Promise<Result<RunRecord>>;
  /** Ends everything at once, as a second Ctrl-C does. The next run clears up. */
  kill(): void;
}

/**
 * Runs a plan: the very one that `plan`, `prepare` or `restore` returned, or one of `nbkp plan --out`, once. It is refused
 * when what it was made from has changed.
 */
export function apply(nbkp: Nbkp, plan: Plan, options: ApplyOptions = {}): Run {
  const events = new RunEvents();
  const interruption = new Interruption();
  const stop = (): void => interruption.interrupt('SIGTERM');
  const { signal } = options;
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  const run = async (): Promise<Result<RunRecord>> => {
    try {
      return await applied(nbkp, plan, options, {
        interruption,
        show: { event: (event) => events.send(event), file: () => undefined },
      });
    } catch (error) {
      if (!(error instanceof RunKilled)) throw error;
      return failure(runKilled(error.exitCode));
    } finally {
      signal?.removeEventListener('abort', stop);
      events.end();
    }
  };
  const result = Promise.resolve().then(run);
  // Whoever only iterates has not asked for it.
  result.catch(() => undefined);
  const kill = (): void => {
    stop();
    stop();
  };
  return { result, kill, [Symbol.asyncIterator]: () => events.iterate() };
}

async function applied(
  nbkp: Nbkp,
  plan: Plan,
  { allowDestructive = false, parallel, waitMs = 0 }: ApplyOptions,
  watching: { interruption: Interruption; show: Watcher },
): Promise<Result<RunRecord>> {
  const { workspace, program } = behind(nbkp);
  const known = madeFrom(plan);
  const judged = known === undefined ? await fromElsewhere(workspace, plan) : await stillTrue(workspace, known);
  if (!judged.ok) return judged;
  const planned = judged.value;
  if (planned.plan.request.allowDestructive && !allowDestructive) return failure(permissionMissing());
  const planCode = codeOfPlan({ spec: workspace.spec, ...planned }, { runs: true });
  const about = { planCode, command: [program], events: undefined, renews: false };
  return runRecorded(workspace, planned, { ...about, ...watching, parallel, waitMs });
}

async function stillTrue(workspace: Workspace, planned: Planned): Promise<Result<Planned>> {
  const stale = await staleNow(workspace, planned.plan);
  return stale.length > 0 ? failure(...stale) : success(planned);
}

async function fromElsewhere(workspace: Workspace, plan: Plan): Promise<Result<Planned>> {
  const { planned } = await verifyPlan(workspace, plan);
  if (!planned.ok || planned.value.plan.steps.length === 0) return planned;
  const consumed = spend(workspace, planned.value.plan);
  return consumed.ok ? planned : consumed;
}
