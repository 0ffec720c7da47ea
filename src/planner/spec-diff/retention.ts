import type { RetentionDiff } from '../model/diff.ts';
import { sameJson } from '../model/json-changes.ts';
import { endpointKey, type Sync } from '../model/spec.ts';
import { classifySnapshots } from '../retention/classify.ts';
import type { SimulatedDay } from '../model/simulation.ts';
import { simulate } from '../retention/simulate.ts';
import type { Pair, Side } from './index.ts';

const YEAR = 365;

/** What a change of `keep` comes to: how many snapshots there are after a year, with the rules of before and with those of now. */
export function retentionDiffs(a: Side, b: Side, pairs: readonly Pair[]): RetentionDiff[] {
  const [was, is] = [a.from, b.from];
  if (was === null || is === null) return [];
  const now = Date.parse(is.facts.observedAt);
  return pairs.flatMap((pair) => {
    const [before, after] = [was.spec.syncs[pair.was?.name ?? ''], is.spec.syncs[pair.is?.name ?? '']];
    if (
      before === undefined ||
      after === undefined ||
      [before, after].some(({ snapshots }) => snapshots.mode === 'none')
    )
      return [];
    if (sameJson({ ...before.snapshots.keep }, { ...after.snapshots.keep })) return [];
    const observed = is.facts.endpoints[endpointKey(after.destination)];
    const present = observed === undefined ? [] : classifySnapshots(observed).snapshots;
    const later = ({ snapshots: { keep } }: Sync): Pick<SimulatedDay, 'snapshots'>[] =>
      simulate(present, keep, { now, days: YEAR });
    const [old, fresh] = [later(before), later(after)];
    // Where snapshots are made each few minutes, a year is not reckoned to its end.
    const days = Math.min(old.length, fresh.length) - 1;
    return [{ sync: after.name, days, was: old[days]?.snapshots ?? 0, is: fresh[days]?.snapshots ?? 0 }];
  });
}
