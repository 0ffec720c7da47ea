import { whyAbsent } from '../volumes/reachable.ts';
import type { Facts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import { failure, success, type Result } from '../model/result.ts';
import { endpointKey, hostAt, type Spec, type Sync } from '../model/spec.ts';
import { classifySnapshots } from '../retention/classify.ts';
import { latestTrouble } from '../retention/latest.ts';

/** A copy that a sync has made. */
export interface Copy {
  sync: string;
  /** Null for a sync without snapshots. */
  snapshot: string | null;
  host: string;
  /** Absolute. */
  path: string;
}

/** Cuts `SYNC[@SNAPSHOT]` in two. */
export function splitCopy(wanted: string): { sync: string; snapshot: string | null } {
  const [sync = '', snapshot] = wanted.split('@', 2);
  return { sync, snapshot: snapshot ?? null };
}

/**
 * The copy that is meant, as it is there now.
 *
 * @param wanted a snapshot by any unique beginning of its name; null for the one that `latest` names
 * @param back how many snapshots before the latest, where none is wanted by name
 */
export function chooseCopy(
  { spec, facts }: { spec: Spec; facts: Facts },
  sync: Sync,
  wanted: string | null,
  back = 0,
): Result<Copy> {
  const key = endpointKey(sync.destination);
  const volume = spec.volumes[sync.destination.volume];
  const why = volume === undefined ? null : whyAbsent(volume, facts);
  const about = { sync: sync.name };
  if (why !== null) return failure({ severity: 'warning', ...why, ...about });
  const there = facts.endpoints[key];
  if (there === undefined || !there.sentinels.destination) {
    const message = `There is no .nbkp-dst in ${there?.path ?? key}.`;
    return failure({ severity: 'error', code: 'sentinel-missing', message, ...about });
  }
  const host = hostAt(spec, sync.destination.volume);
  if (sync.snapshots.mode === 'none' && wanted === null && back === 0) {
    return success({ sync: sync.name, snapshot: null, host, path: there.path });
  }
  const { snapshots, latest, unverified } = classifySnapshots(there);
  const complete = snapshots.map(({ name }) => name);
  const name = wanted === null ? nth(complete, latest?.name, back) : named([...complete, ...unverified], wanted);
  if (typeof name === 'string') {
    return success({ sync: sync.name, snapshot: name, host, path: `${there.path}/snapshots/${name}` });
  }
  const trouble = wanted === null ? latestTrouble(there, Date.parse(facts.observedAt)) : null;
  if (trouble !== null) return failure({ ...trouble, ...about });
  return failure({ ...notOne(sync.name, wanted, name, back), ...about });
}

/** Complete snapshots end with the latest. */
function nth(complete: readonly string[], latest: string | undefined, back: number): string | string[] {
  return latest === undefined ? [] : (complete.at(-1 - back) ?? []);
}

function named(names: readonly string[], wanted: string): string | string[] {
  if (names.includes(wanted)) return wanted;
  const found = names.filter((name) => name.startsWith(wanted));
  return found.length === 1 ? (found[0] ?? []) : found;
}

function notOne(sync: string, wanted: string | null, found: readonly string[], back: number): Finding {
  const help = `nbkp snapshots list --only ${sync}`;
  if (wanted === null) {
    const message = `${sync} has no ${back === 0 ? 'complete snapshot yet' : 'snapshot before the latest'}.`;
    return { severity: 'warning', code: 'no-snapshot-yet', message, help };
  }
  if (found.length === 0) {
    return { severity: 'error', code: 'snapshot-unknown', message: `${sync} has no snapshot ${wanted}.`, help };
  }
  const message = `${wanted} could be any of ${found.join(', ')}.`;
  return { severity: 'error', code: 'snapshot-ambiguous', message, help };
}

/** Where the files come from that a sync copies; null when that is not there now. */
export function originalOf({ spec, facts }: { spec: Spec; facts: Facts }, sync: Sync): Omit<Copy, 'snapshot'> | null {
  const volume = spec.volumes[sync.source.volume];
  const there = facts.endpoints[endpointKey(sync.source)];
  if (volume === undefined || whyAbsent(volume, facts) !== null || there?.sentinels.source !== true) return null;
  if (there.sentinels.destination && latestTrouble(there, Date.parse(facts.observedAt)) !== null) return null;
  const { latest } = classifySnapshots(there);
  const path = there.sentinels.destination && latest !== null ? `${there.path}/snapshots/${latest.name}` : there.path;
  return { sync: sync.name, host: volume.host, path };
}
