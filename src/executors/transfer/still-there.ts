import type { Finding } from '../../planner/model/finding.ts';
import type { Step } from '../../planner/model/step.ts';
import { checkPreconditions, staleFinding, type Mismatch } from '../../planner/plan-file/staleness.ts';
import type { StepContext } from '../contract.ts';

/** The first of what the step relied on and what is no longer so: sentinels, mounts, `latest`. Looks again. */
export async function lost(step: Step, context: StepContext): Promise<Mismatch | null> {
  // Free space shrinks by what the transfer itself writes.
  const relied = step.preconditions.filter(({ check }) => check === 'equals');
  return checkPreconditions(relied, await context.query.observe())[0] ?? null;
}

/** For a pass that failed or saw files vanish: the reason behind it is that a drive went away. */
export function goneFinding(step: Step, mismatch: Mismatch): Finding {
  return {
    ...staleFinding(step, mismatch),
    code: 'drive-gone',
    message: `A drive or folder went away during ${step.id}: ${mismatch.precondition.description} is not what it was.`,
    help: 'Plug the drive in again and run the sync again; it goes on from here.',
  };
}
