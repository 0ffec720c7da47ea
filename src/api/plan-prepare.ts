import { volumeQuestion } from '../planner/facts/questions.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { Plan } from '../planner/model/plan.ts';
import type { Volume } from '../planner/model/spec.ts';
import { buildPrepare } from '../planner/purposes/prepare.ts';
import { requestOf } from './request.ts';
import { observeWorld, planInput, type Workspace } from './workspace.ts';

interface Preparation {
  facts: Facts;
  /** Of the tool's own records. */
  remarks: Finding[];
  /** The plan for these volumes alone; all that syncs use for none. */
  planFor: (names: readonly string[]) => Plan;
}

/** Observes what `prepare` needs to know, once for whatever volumes are chosen. */
export async function preparing(
  workspace: Workspace,
  volumes: readonly Volume[],
  { here, takeOver }: { here: boolean; takeOver: boolean },
): Promise<Preparation> {
  const { facts, findings } = await observeWorld(workspace, undefined, volumes.map(volumeQuestion));
  const asked = { ...(here ? { here: true as const } : {}), ...(takeOver ? { takeOver: true as const } : {}) };
  const planFor = (names: readonly string[]): Plan =>
    buildPrepare(planInput(workspace, facts, requestOf({}, { volumes: [...names], ...asked })));
  return { facts, remarks: findings, planFor };
}
