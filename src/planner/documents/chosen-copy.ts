import { endNotMarked } from '../volumes/marks.ts';
import { whyAbsent } from '../volumes/reachable.ts';
import type { StoredSnapshot } from '../model/executor.ts';
import type { EndpointFacts } from '../model/facts.ts';
import { failure, success, type Result } from '../model/result.ts';
import { endpointKey, hostAt, type Spec, type Sync } from '../model/spec.ts';
import { chooseSnapshot } from '../retention/choose.ts';
import { classifySnapshots } from '../retention/classify.ts';
import { latestTrouble } from '../retention/latest.ts';
import { storeOpaque } from '../model/findings/provided.ts';
import { storeTrouble } from '../kinds/stored/trouble.ts';
import { noSentinel } from '../model/findings/presence.ts';
import type { Known } from '../model/known.ts';

/** A copy that a sync has made. */
export interface Copy {
  sync: string;
  /** Null for a sync without snapshots. */
  snapshot: string | null;
  host: string;
  /** Absolute. */
  path: string;
}

/**
 * The copy that is meant, as it is there now.
 *
 * @param wanted what `SYNC@SNAPSHOT` has after the `@` (see `chooseSnapshot`); null for the latest
 */
export function chooseCopy(world: Known, sync: Sync, wanted: string | null): Result<Copy> {
  const there = destinationOf(world, sync);
  if (!there.ok) return there;
  const chosen = chooseSnapshot(sync, there.value, wanted, Date.parse(world.facts.observedAt));
  if (!chosen.ok) return failure(...chosen.findings.map((finding) => ({ ...finding, sync: sync.name })));
  return success(copyOf(world.spec, sync, there.value, chosen.value));
}

/** All copies of a sync that are there now, oldest first. Unverified snapshots too: one may be the very one that is wanted. */
export function copiesOf(world: Known, sync: Sync): Result<Copy[]> {
  const there = destinationOf(world, sync);
  if (!there.ok) return there;
  const { snapshots, unverified } = classifySnapshots(there.value);
  const names = [...snapshots.map(({ name }) => name), ...unverified];
  const copies = sync.snapshots.mode === 'none' ? [null] : names;
  return success(copies.map((snapshot) => copyOf(world.spec, sync, there.value, snapshot)));
}

/** The snapshot that is meant of what an executor keeps, as it is there now: see `chooseCopy`. */
export function chooseStored(world: Known, sync: Sync, wanted: string | null): Result<StoredSnapshot> {
  const there = markedDestination(world, sync);
  if (!there.ok) return there;
  const about = { sync: sync.name };
  const trouble = storeTrouble(sync, there.value);
  if (trouble !== null) return failure({ ...trouble, ...about });
  const chosen = chooseSnapshot(sync, there.value, wanted, Date.parse(world.facts.observedAt));
  if (!chosen.ok) return failure(...chosen.findings.map((finding) => ({ ...finding, ...about })));
  const at = chosen.value ?? '';
  return success({ id: there.value.snapshots?.[at]?.id ?? '', at });
}

/** Where a sync copies to, when that is a folder that is here and marked. */
function destinationOf(world: Known, sync: Sync): Result<EndpointFacts> {
  if (sync.stored === undefined) return markedDestination(world, sync);
  return failure({ ...storeOpaque(sync.name, sync.transfer), sync: sync.name });
}

function markedDestination({ spec, facts }: Known, sync: Sync): Result<EndpointFacts> {
  const key = endpointKey(sync.destination);
  const volume = spec.volumes[sync.destination.volume];
  const why = volume === undefined ? null : whyAbsent(volume, facts);
  const about = { sync: sync.name };
  if (volume !== undefined && why !== null) return failure({ severity: 'warning', ...why, ...about });
  const there = facts.endpoints[key];
  const foreign = endNotMarked(there, sync.destination.volume);
  if (foreign !== null) return failure({ severity: 'error', ...foreign, ...about });
  if (there === undefined || !there.sentinels.destination) {
    return failure({ ...noSentinel('.nbkp-dst', there?.path ?? key), ...about });
  }
  return success(there);
}

function copyOf(spec: Spec, sync: Sync, there: EndpointFacts, snapshot: string | null): Copy {
  const path = snapshot === null ? there.path : `${there.path}/snapshots/${snapshot}`;
  return { sync: sync.name, snapshot, host: hostAt(spec, sync.destination.volume), path };
}

/** Where the files come from that a sync copies; null when that is not there now. */
export function originalOf({ spec, facts }: Known, sync: Sync): Omit<Copy, 'snapshot'> | null {
  const volume = spec.volumes[sync.source.volume];
  const there = facts.endpoints[endpointKey(sync.source)];
  if (volume === undefined || whyAbsent(volume, facts) !== null || there?.sentinels.source !== true) return null;
  if (there.sentinels.destination && latestTrouble(there, Date.parse(facts.observedAt)) !== null) return null;
  const { latest } = classifySnapshots(there);
  const path = there.sentinels.destination && latest !== null ? `${there.path}/snapshots/${latest.name}` : there.path;
  return { sync: sync.name, host: volume.host, path };
}
