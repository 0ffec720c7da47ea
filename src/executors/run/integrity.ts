import { type Finding, findingOf } from '../../planner/model/finding.ts';
import type { Json } from '../../planner/model/json.ts';
import type { Step } from '../../planner/model/step.ts';
import type { Executor } from '../contract.ts';
import { executorMissing, planCommandsDiffer } from '../../planner/model/findings/plan-files.ts';

/** Why a step of a plan must not be run by the executor that is there; null when nothing speaks against it. */
export function integrityOf(step: Step, executor: Executor | undefined): Finding | null {
  const { id, sync } = step;
  if (executor === undefined) return findingOf({ sync }, executorMissing(id, step.executor.name));
  const commands = commandsOf(executor, step.params);
  if (commands !== null && JSON.stringify(commands) === JSON.stringify(step.commands)) return null;
  return findingOf({ sync }, planCommandsDiffer(id, step.executor.name));
}

/** Null when the executor cannot read the params. They may come from a file that somebody changed: no bug of ours. */
function commandsOf(executor: Executor, params: Json): string[][] | null {
  try {
    return executor.planning.commands(params);
  } catch {
    return null;
  }
}
