import { type Finding, findingOf } from '../../planner/model/finding.ts';
import type { Plan } from '../../planner/model/plan.ts';
import { LOCAL_HOST } from '../../planner/model/spec.ts';
import { PLACEHOLDER, sshPlaceholderIn, type Step } from '../../planner/model/step.ts';
import { checkCommand, placesOf, type Places } from './checks.ts';
import { transferParams } from '../../planner/kinds/rsync/params.ts';
import { scriptNotPossible } from '../../planner/model/findings/runs.ts';

/** By executor, the kinds of its steps that a script can do. */
export const KINDS: Readonly<Record<string, readonly string[]>> = {
  rsync: ['transfer'],
  'hard-link': ['snapshot', 'prune'],
  btrfs: ['snapshot', 'prune'],
  command: ['command'],
  prepare: ['create', 'record'],
};

/**
 * Why a plan cannot be written as a script that does all that `apply` would; a script that does less is worse than none.
 *
 * @returns errors `script-not-possible`, one for each step that stands in the way
 */
export function scriptObstacles(plan: Plan): Finding[] {
  if (!plan.applyable) return [obstacle('the plan was not made from what is there now', {})];
  const places = placesOf(plan);
  return plan.steps.flatMap((step) => {
    const why = obstacleOf(step, places);
    return why === null ? [] : [obstacle(`${step.id} ${why}`, step)];
  });
}

function obstacleOf(step: Step, places: Places): string | null {
  if (step.host !== LOCAL_HOST) return `runs on ${step.host}, not on this machine`;
  if (KINDS[step.executor.name]?.includes(step.kind) !== true || step.releases !== undefined) {
    return `is a step of kind ${step.kind} of the executor ${step.executor.name}, which a script cannot do`;
  }
  const full = step.kind === 'transfer' ? unholdableObstacle(step) : null;
  if (full !== null) return full;
  const words = step.commands.flat();
  if (words.some((word) => (word.match(PLACEHOLDER) ?? []).some((found) => found.startsWith('{mount:')))) {
    return 'needs a drive that has to be mounted first';
  }
  if (step.commands.some((argv) => sshPlaceholderIn(argv) !== null)) return 'needs a connection to a server';
  if (words.some((word) => word.includes('\uFFFD'))) return 'names something with bytes that are not UTF-8';
  const unchecked = step.preconditions.find((precondition) => checkCommand(precondition, places) === null);
  return unchecked === undefined ? null : `relies on ${unchecked.description}, which a script cannot check`;
}

/** A script does not look which names would be one at the destination: one of them would overwrite the other. */
export function unholdableObstacle({ params }: Pick<Step, 'params'>): string | null {
  const { unholdable } = transferParams(params);
  return unholdable === undefined ? null : `has a destination on ${unholdable.title}, which cannot hold every entry`;
}

function obstacle(why: string, { sync, volume, executor }: Partial<Step>): Finding {
  return findingOf({ sync, volume }, scriptNotPossible(why, executor?.name === 'udisks' ? 'drives' : 'plan'));
}
