import type { Finding } from '../../planner/model/finding.ts';
import type { Json } from '../../planner/model/json.ts';
import type { Step } from '../../planner/model/step.ts';
import type { Executor } from '../contract.ts';

/** Why a step of a plan must not be run by the executor that is there; null when nothing speaks against it. */
export function integrityOf(step: Step, executor: Executor | undefined): Finding | null {
  if (executor === undefined) {
    return finding(step, {
      code: 'executor-missing',
      message: `${step.id} needs the executor ${step.executor.name}, which is not installed here.`,
      help: 'Install the package that it comes from, or plan anew without it. nbkp executors lists what is there.',
    });
  }
  const commands = commandsOf(executor, step.params);
  if (commands !== null && JSON.stringify(commands) === JSON.stringify(step.commands)) return null;
  return finding(step, {
    code: 'plan-commands-differ',
    message: `The commands that the plan shows for ${step.id} are not those that the executor ${step.executor.name} would run.`,
    help: 'The plan was changed, or made by another version. Plan anew.',
  });
}

/** Null when the executor cannot read the params. They may come from a file that somebody changed: no bug of ours. */
function commandsOf(executor: Executor, params: Json): string[][] | null {
  try {
    return executor.planning.commands(params);
  } catch {
    return null;
  }
}

function finding(step: Step, text: Pick<Finding, 'code' | 'message' | 'help'>): Finding {
  return { severity: 'error', ...text, ...(step.sync === undefined ? {} : { sync: step.sync }) };
}
