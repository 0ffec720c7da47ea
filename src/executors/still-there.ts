import type { Finding } from '../planner/model/finding.ts';
import type { Precondition, Step } from '../planner/model/step.ts';
import { checkPreconditions, describeMismatch, staleFinding, type Mismatch } from '../planner/plan-file/staleness.ts';
import { brokenConnection, connectionLost } from './connection-lost.ts';
import type { StepContext } from './contract.ts';
import { placeGone } from '../planner/model/findings/drives.ts';

/** Something that a step relied on and that is no longer so, though the step has not changed it. */
export interface Lost {
  mismatch: Mismatch;
  /** Why its server is out of reach; null when it is something else. */
  connection: string | null;
}

/** Looks again at all that the step relied on and does not change itself: sentinels, mounts, `latest`. */
export async function lost(step: Step, context: StepContext): Promise<Lost | null> {
  // Free space shrinks by what the transfer itself writes.
  const relied = step.preconditions.filter(({ check, onlyBefore }) => check === 'equals' && onlyBefore !== true);
  const facts = await context.query.observe();
  const mismatches = checkPreconditions(relied, facts);
  const mismatch = mismatches.find(({ precondition }) => tellsOfPlace(precondition)) ?? mismatches[0];
  return mismatch === undefined ? null : { mismatch, connection: brokenConnection(facts) };
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

/** For a pass that failed or saw files vanish: what went away or was changed behind its back. */
export function goneFinding(step: Step, { mismatch, connection }: Lost): Finding {
  if (connection !== null) return connectionLost(step, connection);
  const stale = staleFinding(step, mismatch);
  if (!tellsOfPlace(mismatch.precondition)) {
    const message = `Something else changed what ${step.id} relies on while it ran: ${describeMismatch(mismatch)}.`;
    return { ...stale, message, help: 'nbkp plan shows what a run would do now.' };
  }
  return { ...stale, ...placeGone(step.id, mismatch.precondition.description) };
}

/** Sentinels, mounts and real paths say where something is; `latest`, snapshots and programs say what is there. */
function tellsOfPlace({ fact }: Precondition): boolean {
  return /^\/(?:volumes|endpoints)\/[^/]+\/(?:sentinels?|directory)(?:\/|$)/.test(fact);
}
