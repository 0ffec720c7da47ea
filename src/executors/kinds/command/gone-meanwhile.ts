import type { Finding } from '../../../planner/model/finding.ts';
import type { Step } from '../../../planner/model/step.ts';
import { goneFinding, lostMeanwhile, type Lost } from '../../../planner/plan-file/gone.ts';
import type { StepContext } from '../../contract.ts';

/** Looks again at what a step relied on. */
async function lost(step: Step, context: StepContext): Promise<Lost | null> {
  return lostMeanwhile(step, await context.query.observe());
}

/**
 * Why a step that copies failed, when a drive or a server went away or somebody changed what it relied on meanwhile: the
 * finding that belongs before what its programs said. What the step changes itself counts for nothing if its precondition
 * says `onlyBefore`.
 */
export async function goneMeanwhile(step: Step, context: StepContext): Promise<Finding[]> {
  const gone = await lost(step, context);
  return gone === null ? [] : [goneFinding(step, gone)];
}
