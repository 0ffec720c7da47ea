import type { Finding } from '../../planner/model/finding.ts';
import { maxDeleteExceeded } from '../../planner/model/findings/guards.ts';
import { exceedsMaxDelete } from '../../planner/model/max-delete.ts';
import type { Step } from '../../planner/model/step.ts';
import type { StepContext } from '../contract.ts';

/** The guard of `policy.max-delete`, for who alone knows what its step would lose. */
export function mayLose(
  { id, sync = '', deleteLimit }: Step,
  loss: Parameters<StepContext['mayLose']>[0],
  allowDestructive: boolean,
): Finding | null {
  if (allowDestructive) return null;
  if (deleteLimit === undefined) throw new Error(`the plan does not say how much ${id} may lose`);
  return exceedsMaxDelete(loss, deleteLimit) ? { ...maxDeleteExceeded({ sync, ...loss, ...deleteLimit }), sync } : null;
}
