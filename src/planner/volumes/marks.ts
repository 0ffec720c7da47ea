import type { EndpointFacts, Facts, VolumeFacts } from '../model/facts.ts';
import type { Remark } from '../model/finding.ts';
import * as presence from '../model/findings/presence.ts';
import { endpointKey, volumeNamed, type Endpoint, type Sync } from '../model/spec.ts';
import { isBelow } from '../model/paths.ts';
import type { Known } from '../model/known.ts';
import { lastMount, unmarkedVolume, type Absence } from './unmarked.ts';

export type Role = 'source' | 'destination';

interface Missing {
  remark: Remark;
  absence: Absence;
}

/**
 * Which mark an end of a sync lacks, whose volume is there, and what that means; null when it has them all.
 *
 * @param sync its name: the history says where its ends were mounted
 */
export function markOf({ spec, facts }: Known, endpoint: Endpoint, role: Role, sync: string): Missing | null {
  return volumeMark({ spec, facts }, endpoint.volume) ?? endMark(facts, endpoint, role, sync);
}

/** The same of the end alone, whatever its volume lacks. */
export function endMark(facts: Facts, endpoint: Endpoint, role: Role, sync: string): Missing | null {
  const { volume } = endpoint;
  const place = endpointKey(endpoint);
  const observed = facts.endpoints[place];
  const path = observed?.path ?? place;
  if (observed?.directory != null && observed.sentinels[role] && observed.notMarks === undefined) return null;
  if (observed?.unmountedFstabTarget !== undefined) {
    const remark = { ...presence.notMountedByFstab(place, observed.unmountedFstabTarget), volume };
    return { remark, absence: 'absent' };
  }
  const last = facts.history[sync]?.lastSuccess;
  const before = role === 'source' ? last?.sourceMountTarget : last?.mountTarget;
  const now = (observed?.directory ?? facts.volumes[volume]?.directory)?.mount?.target;
  if (before != null && now !== undefined && isBelow(before, now)) {
    return { remark: { ...presence.wasMounted(place, before, now), volume }, absence: 'absent' };
  }
  const foreign = endNotMarked(observed, volume);
  if (foreign !== null) return { remark: foreign, absence: 'unprepared' };
  if (observed?.directory == null && role === 'source') {
    return { remark: { ...presence.sourceGone(place, path, volume), volume }, absence: 'unprepared' };
  }
  const name = NAMES[role];
  const missing = observed?.directory == null ? `directory ${path}` : `${name} in ${path}`;
  return { remark: { ...presence.sentinelMissing({ place, role, missing, volume }), volume }, absence: 'unprepared' };
}

const NAMES = { source: '.nbkp-src', destination: '.nbkp-dst' } as const;

/** Something else has the name of a mark: nobody follows it, and nobody can tell what was marked. */
export function endNotMarked(observed: EndpointFacts | undefined, volume: string): Remark | null {
  if (observed?.notFolder === true) return { ...presence.notFolder(observed.path), volume };
  const { source, destination } = observed?.notMarks ?? {};
  const is = source ?? destination;
  if (observed === undefined || is === undefined) return null;
  const name = NAMES[source === undefined ? 'destination' : 'source'];
  return { ...presence.markNotFile(`${observed.path}/${name}`, is, volume), volume };
}

/** The same of a volume. */
export function volumeNotMarked(observed: VolumeFacts | undefined, volume: string): Remark | null {
  if (observed?.path == null || observed.notMark === undefined) return null;
  return { ...presence.markNotFile(`${observed.path}/.nbkp-vol`, observed.notMark, volume), volume };
}

/** Where the destination's file system was mounted at the last success, if it is now on the one below that; else null. */
export function movedOff(facts: Facts, { name, destination }: Sync): { before: string; now: string } | null {
  const before = facts.history[name]?.lastSuccess?.mountTarget;
  const now = facts.endpoints[endpointKey(destination)]?.directory?.mount?.target;
  return before == null || now === undefined || !isBelow(before, now) ? null : { before, now };
}

/** Null when a volume that is there has its `.nbkp-vol`. */
export function volumeMark({ spec, facts }: Known, name: string): Missing | null {
  const observed = facts.volumes[name];
  if (observed === undefined || observed.sentinel) return null;
  const path = observed.path ?? name;
  const volume = volumeNamed(spec, name);
  const absence = unmarkedVolume(volume, observed, lastMount(spec, facts, name));
  const foreign = absence === 'unprepared' ? volumeNotMarked(observed, name) : null;
  if (foreign !== null) return { remark: foreign, absence };
  const remark = absence === 'unprepared' ? presence.volumeUnmarked(name, path) : presence.emptyUnmarked(name, path);
  return { remark: { ...remark, volume: name }, absence };
}
