import { type Finding, findingOf } from '../model/finding.ts';
import type { Precondition, Step } from '../model/step.ts';
import { checkPreconditions, describeMismatch, staleFinding, type Mismatch } from './staleness.ts';
import { placeGone } from '../model/findings/drives.ts';
import { connectionLost as serverGone } from '../model/findings/servers.ts';
import type { Facts } from '../model/facts.ts';

/** Something that a step relied on and that is no longer so, though the step has not changed it. */
export interface Lost {
  mismatch: Mismatch;
  /** Why its server is out of reach; null when it is something else. */
  connection: string | null;
}

/**
 * The first of what a step relied on and does not change itself that is no longer so: sentinels, mounts, `latest`.
 *
 * @param facts of now
 */
export function lostMeanwhile(step: Step, facts: Facts): Lost | null {
  // Free space shrinks by what the transfer itself writes.
  const relied = step.preconditions.filter(({ check, onlyBefore }) => check === 'equals' && onlyBefore !== true);
  const mismatches = checkPreconditions(relied, facts);
  const mismatch = mismatches.find(({ precondition }) => tellsOfPlace(precondition)) ?? mismatches[0];
  return mismatch === undefined ? null : { mismatch, connection: brokenConnection(facts) };
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

/** Sentinels, mounts and real paths say where something is; inodes, `latest`, snapshots and programs say what is there. */
function tellsOfPlace({ fact }: Precondition): boolean {
  return /^\/(?:volumes|endpoints)\/[^/]+\/(?:sentinels?|directory)(?:\/(?!inode$|owner$)|$)/.test(fact);
}

/**
 * The finding about a connection that broke while a run needed it.
 *
 * @param reason as the facts have it, with the endpoint in front: `pi-wan: the connection broke`
 */
export function connectionLost({ id, sync }: Step, reason: string): Finding {
  return findingOf({ sync }, serverGone(id, reason));
}

/** Why a server cannot be reached any more; null when all that were asked can. */
export function brokenConnection({ hosts }: Facts): string | null {
  const broken = Object.values(hosts).find(({ reachable, route }) => !reachable && route !== undefined);
  return broken?.reachable === false ? broken.reason : null;
}
