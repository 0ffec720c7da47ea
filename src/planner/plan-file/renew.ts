import type { Plan } from '../model/plan.ts';
import { inPlaceOf, type Step } from '../model/step.ts';
import type { Mismatch } from './staleness.ts';

/** Another run makes and removes snapshots, and moves `latest`. It puts no other folder in the place of the one that was judged. */
export function isOfAnotherRun(mismatches: readonly Mismatch[]): boolean {
  return mismatches.every(
    ({ precondition: { fact } }) =>
      !/^\/endpoints\/[^/]+\/(?:directory\/(?:inode|owner)|snapshotsFolder|snapshotsLink)$/.test(fact),
  );
}

/**
 * The steps of a sync as they have to be now that another run has changed its destination. `fresh` is planned under the
 * lock, from the same spec. Only what nobody has to look at again is taken from it: the same steps by the same executors,
 * nothing more destructive, and no snapshot deleted that `shown` has not named. Snapshots that have become too many are
 * left for the next run, which names them.
 *
 * @returns for each step of the sync what it is now, null for one that is not needed; null where `fresh` is something else
 */
export function renewSync(shown: Plan, fresh: Plan, name: string): ReadonlyMap<string, Step | null> | null {
  if (fresh.syncs.find((sync) => sync.name === name)?.state !== 'planned') return null;
  const before = shown.steps.filter((step) => step.sync === name);
  const now = new Map(fresh.steps.flatMap((step) => (step.sync === name ? [[step.id, step] as const] : [])));
  const known = new Set(before.map(({ id }) => id));
  if ([...now.values()].some(({ id, kind }) => !known.has(id) && kind !== 'prune')) return null;
  const renewed = new Map<string, Step | null>();
  for (const step of before) {
    const next = now.get(step.id);
    if (next === undefined || (next.kind === 'prune' && !namesOnly(next, step))) renewed.set(step.id, null);
    else if (fits(step, next)) renewed.set(step.id, inPlaceOf(step, next));
    else return null;
  }
  return renewed;
}

function namesOnly(next: Step, shown: Step): boolean {
  const named = new Set(shown.commands.map((argv) => argv.join('\0')));
  return next.commands.every((argv) => named.has(argv.join('\0')));
}

function fits(shown: Step, next: Step): boolean {
  const same = next.kind === shown.kind && next.executor.name === shown.executor.name && next.host === shown.host;
  const harsher = next.destructive && !shown.destructive;
  const limits =
    JSON.stringify(next.deleteLimit) === JSON.stringify(shown.deleteLimit) || shown.deleteLimit === undefined;
  return same && !harsher && limits;
}
