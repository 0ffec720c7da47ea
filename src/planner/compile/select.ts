import { failure, success, type Result } from '../model/result.ts';
import type { Finding } from '../model/finding.ts';
import type { PlanRequest } from '../model/plan.ts';
import { endpointKey, type Spec, type Sync } from '../model/spec.ts';
import { unknownSync, unknownVolume } from '../model/findings/spec.ts';

/**
 * Which syncs the request is about, sorted by name.
 *
 * @returns all findings of unknown names at once: `unknown-sync`, `unknown-volume`
 */
export function selectSyncs(spec: Spec, request: Pick<PlanRequest, 'only' | 'exclude'>): Result<Sync[]> {
  const findings = [...request.only, ...request.exclude].flatMap((word) => unknownName(spec, word));
  if (findings.length > 0) return failure(...findings);
  const syncs = Object.values(spec.syncs);
  const wanted =
    request.only.length === 0 ? syncs : syncs.filter((sync) => request.only.some((word) => matches(sync, word)));
  return success(wanted.filter((sync) => !request.exclude.some((word) => matches(sync, word))));
}

/** A name with a colon at its end is a volume's: every sync that touches it. */
function matches(sync: Sync, word: string): boolean {
  if (!word.endsWith(':')) return sync.name === word;
  const volume = word.slice(0, -1);
  return [sync.source.volume, sync.destination.volume, sync.stored?.volume].includes(volume);
}

function unknownName(spec: Spec, word: string): Finding[] {
  const isVolume = word.endsWith(':');
  const volumes = Object.keys({ ...spec.volumes, ...spec.provided });
  const names = isVolume ? volumes : Object.keys(spec.syncs);
  if (names.includes(isVolume ? word.slice(0, -1) : word)) return [];
  if (isVolume) return [unknownVolume(spec.path, word.slice(0, -1), names)];
  return [unknownSync(spec.path, word, names, volumes.includes(word))];
}

/**
 * The sync that fills the source of each chain, found by its destination without comparing all with all. A disabled sync
 * may share its destination with an enabled one, which then is the one that counts.
 */
export function upstreamsOf(spec: Spec): Map<string, Sync> {
  const disabledFirst = Object.values(spec.syncs).sort((a, b) => Number(a.enabled) - Number(b.enabled));
  const byDestination = new Map(disabledFirst.map((sync) => [endpointKey(sync.destination), sync]));
  const upstreams = new Map<string, Sync>();
  for (const sync of Object.values(spec.syncs)) {
    const upstream = byDestination.get(endpointKey(sync.source));
    if (upstream !== undefined) upstreams.set(sync.name, upstream);
  }
  return upstreams;
}
