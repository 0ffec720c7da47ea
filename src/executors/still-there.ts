import type { Finding } from '../planner/model/finding.ts';
import type { Step } from '../planner/model/step.ts';
import { checkPreconditions, staleFinding, type Mismatch } from '../planner/plan-file/staleness.ts';
import { brokenConnection, connectionLost } from './connection-lost.ts';
import type { StepContext } from './contract.ts';

/** Something that a step relied on and that is no longer so. */
export interface Lost {
  mismatch: Mismatch;
  /** Why its server is out of reach; null when it is something else. */
  connection: string | null;
}

/** The first of what the step relied on and what is no longer so: sentinels, mounts, `latest`. Looks again. */
export async function lost(step: Step, context: StepContext): Promise<Lost | null> {
  // Free space shrinks by what the transfer itself writes.
  const relied = step.preconditions.filter(({ check }) => check === 'equals');
  const facts = await context.query.observe();
  const [mismatch] = checkPreconditions(relied, facts);
  return mismatch === undefined ? null : { mismatch, connection: brokenConnection(facts) };
}

/**
 * Why a step that copies failed, when a drive or a server went away meanwhile: the finding that belongs before what its
 * programs said. Not for a step that changes what it relied on.
 */
export async function goneMeanwhile(step: Step, context: StepContext): Promise<Finding[]> {
  const gone = await lost(step, context);
  return gone === null ? [] : [goneFinding(step, gone)];
}

/** For a pass that failed or saw files vanish: the reason behind it is that a drive or a server went away. */
export function goneFinding(step: Step, { mismatch, connection }: Lost): Finding {
  if (connection !== null) return connectionLost(step, connection);
  return {
    ...staleFinding(step, mismatch),
    code: 'drive-gone',
    message: `A drive or folder went away during ${step.id}: ${mismatch.precondition.description} is not what it was.`,
    help: 'Plug the drive in again and run the sync again; it goes on from here.',
  };
}
