import { parseSnapshotName } from '../retention/names.ts';
import type { EndpointFacts } from '../model/facts.ts';
import type { PlanInput } from '../model/plan.ts';
import { endpointKey, type Sync } from '../model/spec.ts';
import { upstreamsOf } from './select.ts';

/** Names of snapshots in a folder `snapshots/`. */
export function snapshotNames({ snapshots }: EndpointFacts): string[] {
  return Object.keys(snapshots ?? {}).filter((name) => parseSnapshotName(name) !== null);
}

/**
 * Is what looks like snapshots at the destination of a sync without any the copy of what its source holds? A source may hold
 * `snapshots/` and `latest` as it may hold anything. No two runs give one name, so that one that both have was copied.
 */
export function historyIsCopied(input: PlanInput, sync: Sync, destination: EndpointFacts): boolean {
  const source = input.facts.endpoints[endpointKey(sync.source)];
  if (source === undefined) return false;
  const upstream = upstreamsOf(input.spec).get(sync.name);
  if (isReadThroughLatest(input, source, upstream)) return false;
  const names = new Set(snapshotNames(source));
  return snapshotNames(destination).some((name) => names.has(name));
}

/**
 * Is a source a destination with snapshots, whoever wrote it? What is there counts even when the spec's sync makes no
 * snapshots (any more): its folder is not what one copied.
 *
 * @param upstream the sync that writes it
 */
export function isReadThroughLatest(
  input: PlanInput,
  source: EndpointFacts,
  upstream: Sync | null | undefined,
): boolean {
  const mode = upstream?.snapshots.mode;
  if (mode !== undefined && mode !== 'none') return true;
  if (!source.sentinels.destination || source.snapshots === null) return false;
  if (upstream == null) return source.latest.kind !== 'absent';
  return source.latest.kind === 'snapshot' && !historyIsCopied(input, upstream, source);
}
