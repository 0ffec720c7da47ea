import type { RetentionDiff } from '../model/diff.ts';
import { sameJson } from '../model/json-changes.ts';
import { endpointKey, type Sync } from '../model/spec.ts';
import { classifySnapshots } from '../retention/classify.ts';
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
    const later = ({ snapshots: { keep } }: Sync): number =>
      simulate(present, keep, { now, days: YEAR }).at(-1)?.snapshots ?? 0;
    return [{ sync: after.name, was: later(before), is: later(after) }];
  });
}
