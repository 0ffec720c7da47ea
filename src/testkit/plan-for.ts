import type { PlanInput, Plan, PlanPurpose } from '../planner/model/plan.ts';
import { buildPlan } from '../planner/purposes/backup.ts';
import { buildPrepare } from '../planner/purposes/prepare.ts';
import { buildRecover } from '../planner/purposes/recover.ts';
import { buildRestore } from '../planner/purposes/restore.ts';
import { selectSyncs } from '../planner/compile/select.ts';
import { WorldUnfit } from './failure.ts';

/** What the command of a purpose plans. */
export function planFor(purpose: PlanPurpose, input: PlanInput): Plan {
  const selected = selectSyncs(input.spec, input.request);
  if (!selected.ok) throw new WorldUnfit(selected.findings.map(({ message }) => message).join('\n'));
  switch (purpose) {
    case 'backup':
    case 'prune':
      return buildPlan(input, selected.value, purpose);
    case 'prepare':
      return buildPrepare(input);
    case 'recover':
      return buildRecover(input, selected.value);
    case 'restore':
      return restored(input);
    case 'mount':
    case 'unmount':
      throw new WorldUnfit(`The kit has no drives, so it cannot try a plan to ${purpose}.`);
  }
}

function restored(input: PlanInput): Plan {
  const { restore } = input.request;
  const sync = restore === null ? undefined : input.spec.syncs[restore.sync];
  if (restore === null || sync === undefined) {
    throw new WorldUnfit('A world with the purpose restore needs a request with `restore`, of a sync of the spec.');
  }
  return buildRestore(input, sync, restore);
}
