import { questionsFor, volumeQuestion } from '../planner/facts/questions.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { Plan } from '../planner/model/plan.ts';
import { staleFindings } from '../planner/plan-file/staleness.ts';
import type { Workspace } from './workspace.ts';

/** What of that which a plan was made from is no longer so: whoever was asked may have taken hours to answer. */
export async function staleNow(workspace: Workspace, plan: Plan): Promise<Finding[]> {
  return staleFindings(plan, await observePlan(workspace, plan));
}

/** What a plan was made from, looked at once more. */
function observePlan(workspace: Workspace, { syncs, steps }: Plan): Promise<Facts> {
  const names = syncs.map((sync) => sync.name);
  const alone = steps.filter((step) => step.sync === undefined).map((step) => step.volume ?? '');
  const volumes = [...new Set(alone)].flatMap((name) => workspace.spec.volumes[name] ?? []).map(volumeQuestion);
  return workspace.world.observe(questionsFor(workspace.spec, names), { volumes });
}
