import type { EndpointFacts, HostFacts, RsyncFacts, VolumeFacts } from '../model/facts.ts';
import { endpointKey, LOCAL_HOST, type Endpoint, type Volume } from '../model/spec.ts';
import { block, skip, type Draft, type Stop } from './draft.ts';
import type { Remark } from '../model/finding.ts';
import { absence } from '../volumes/absence.ts';
import { openable, unopened } from './openings.ts';
import { unreached } from '../volumes/reachable.ts';
import * as presence from '../model/findings/presence.ts';

type Reachable = Extract<HostFacts, { reachable: true }>;

export type Role = 'source' | 'destination';

/** Are the volumes here, really mounted, and marked as ours? What is absent skips the sync. */
export function available(draft: Draft, roles: readonly Role[]): Stop | null {
  for (const role of roles) {
    const stop = volumeAvailable(draft, draft.sync[role]);
    if (stop !== null) return stop;
  }
  return destinationMoved(draft) ?? endpointsMarked(draft, roles);
}

function volumeAvailable(draft: Draft, endpoint: Endpoint): Stop | null {
  const { spec, facts } = draft.input;
  const volume = spec.volumes[endpoint.volume];
  if (volume === undefined) throw new Error(`volume ${endpoint.volume} is not in the spec`);
  const unknown = unreached(volume, facts);
  if (unknown !== null) return unavailable(draft, { ...unknown, volume: volume.name });
  const host = facts.hosts[volume.host];
  const observed = facts.volumes[volume.name];
  if (observed === undefined && facts.basis === 'recorded') {
    return skip(draft, { ...presence.notInFacts(volume.name), volume: volume.name });
  }
  if (host?.reachable !== true || observed === undefined) throw new Error(`nobody asked about ${volume.name}`);
  draft.host = host;
  const absent = absence(volume, observed);
  if (absent === null) {
    if (volume.mount !== null) draft.uses.add(volume.name);
    return toolsThere(draft, volume, host);
  }
  const opening = openable(draft.input, volume, observed, host);
  if (opening === null) return unavailable(draft, { ...absent, volume: volume.name });
  if (opening !== true) return unavailable(draft, { ...opening, volume: volume.name });
  draft.opens.add(volume.name);
  return toolsThere(draft, volume, host);
}

/** A remark that is an error in itself, such as a drive that cannot be told from another, blocks. */
function unavailable(draft: Draft, remark: Remark): Stop {
  return remark.severity === 'error' ? block(draft, remark) : skip(draft, remark);
}

/** rsync 3.1.0 brought `--info=progress2`, without which a run could not show its progress (rsync NEWS). */
export function isSuitable({ kind, version }: RsyncFacts): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return kind === 'rsync' && (major > 3 || (major === 3 && minor >= 1));
}

function toolsThere(draft: Draft, volume: Volume, host: Reachable): Stop | null {
  const there = volume.host === LOCAL_HOST ? '' : ` on the server of ${volume.name}`;
  if (host.rsync === null) return block(draft, presence.rsyncMissing(there));
  if (!isSuitable(host.rsync)) return block(draft, presence.rsyncUnsuitable(there, host.rsync));
  if (!host.flock) return block(draft, presence.flockMissing(there));
  return null;
}

/**
 * A destination that used to be on a drive of its own and is now on the file system below it: the drive is absent,
 * and what looks like the destination is its bare mountpoint, sentinels or not.
 */
function destinationMoved(draft: Draft): Stop | null {
  const { facts } = draft.input;
  const key = endpointKey(draft.sync.destination);
  if (draft.opens.has(draft.sync.destination.volume)) return null;
  const before = facts.history[draft.sync.name]?.lastSuccess?.mountTarget;
  const now = facts.endpoints[key]?.directory?.mount?.target;
  if (before === undefined || before === null || now === undefined || before === now) return null;
  if (!isInside(before, now)) return null;
  return skip(draft, { ...presence.wasMounted(key, before, now), volume: draft.sync.destination.volume });
}

function isInside(path: string, folder: string): boolean {
  return path !== folder && path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

function endpointsMarked(draft: Draft, roles: readonly Role[]): Stop | null {
  const { facts } = draft.input;
  for (const role of roles) {
    const endpoint = draft.sync[role];
    const key = endpointKey(endpoint);
    if (draft.opens.has(endpoint.volume)) {
      draft[role] = unopened(draft, endpoint);
      continue;
    }
    const observed = facts.endpoints[key];
    if (observed === undefined && facts.basis === 'recorded' && facts.volumes[endpoint.volume]?.directory != null) {
      return skip(draft, { ...presence.notInFacts(key), volume: endpoint.volume });
    }
    const missing = missingMark(role, observed, facts.volumes[endpoint.volume]);
    if (observed === undefined || missing !== null) {
      const { volume } = endpoint;
      const remark = presence.sentinelMissing({ place: key, role, missing: missing ?? key, volume });
      return skip(draft, { ...remark, volume });
    }
    draft[role] = observed;
  }
  return null;
}

function missingMark(role: Role, observed: EndpointFacts | undefined, volume: VolumeFacts | undefined): string | null {
  if (volume?.sentinel !== true) return `.nbkp-vol in ${volume?.path ?? 'the volume'}`;
  if (observed?.directory == null) return `directory ${observed?.path ?? ''}`;
  if (observed.sentinels[role]) return null;
  return `${role === 'source' ? '.nbkp-src' : '.nbkp-dst'} in ${observed.path}`;
}
