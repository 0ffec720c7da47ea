import type { Finding } from '../../../planner/model/finding.ts';
import type { Step } from '../../../planner/model/step.ts';
import { goneFinding, lostMeanwhile, type Lost } from '../../../planner/plan-file/gone.ts';
import type { StepContext } from '../../contract.ts';
import type { Broken } from './run-commands.ts';

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

/**
 * Where commands around a copy broke because what they need is gone, that is the cause, whatever they said. What else has changed
 * may be what the step itself has done so far.
 */
export async function brokenOrGone(step: Step, context: StepContext, broken: Broken | null): Promise<Broken | null> {
  if (broken?.outcome !== 'failed') return broken;
  const gone = (await goneMeanwhile(step, context)).filter(({ code }) => code !== 'plan-stale');
  return gone.length === 0 ? broken : { ...broken, findings: gone };
}
