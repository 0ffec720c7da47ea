import type { RunRecord } from '../../planner/model/run.ts';
import type { RunInput } from './run-input.ts';
import { RunLog } from './run-log.ts';
import { Scheduler } from './scheduler.ts';

export { Interruption, RunKilled } from './interruption.ts';
export type { RunInput } from './run-input.ts';

/**
 * Runs a plan: each step when what it depends on has succeeded, in the order of the plan, several at once where they
 * share no device. A failed step blocks what depends on it and nothing else; what was acquired is released, whatever
 * happened. Says what happens through `emit` and `journal`, and returns the record of it.
 *
 * Rejects with `RunKilled` after a second signal. Any other rejection is a bug; no process is left running then either.
 */
export async function runPlan(input: RunInput): Promise<RunRecord> {
  const { plan, header } = input;
  const log = new RunLog(input);
  const { machine, process, command } = header;
  const about = { plan: plan.id, steps: plan.steps.length, host: machine.hostname, pid: process.pid, command };
  log.emit({ type: 'run-started', ...about });
  const busy = new Set(plan.steps.map((step) => step.sync));
  for (const { name } of plan.syncs) if (!busy.has(name)) log.syncEnded(name, [], { outcome: 'succeeded' });
  await new Scheduler(input, log).run();
  return log.finish();
}
