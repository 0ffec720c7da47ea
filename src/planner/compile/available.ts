import type { DirectoryFacts, EndpointFacts, RsyncFacts } from '../model/facts.ts';
import { endpointKey, LOCAL_HOST, volumeNamed, type Endpoint, type Volume } from '../model/spec.ts';
import {
  block,
  skip,
  type Connected,
  type Draft,
  type KnownEndpoint,
  type Reached,
  type ReachableHost,
  type Stop,
} from './draft.ts';
import type { Finding, Remark } from '../model/finding.ts';
import { absence } from '../volumes/absence.ts';
import { openable, unopened } from './openings.ts';
import { historyOf } from './stored.ts';
import { seenVolume } from '../volumes/reachable.ts';
import { markOf, movedOff, type Role } from '../volumes/marks.ts';
import { isStop } from './pipeline.ts';
import { nothingKnown } from '../model/findings/servers.ts';
import * as presence from '../model/findings/presence.ts';

type There = Pick<Reached, 'host' | 'opens' | 'uses'>;

/** Is the destination here, really mounted, and marked as ours? What is absent skips the sync. */
export function destinationAvailable(draft: Draft): Stop | Pick<Reached, keyof There | 'destination'> {
  const there = volumesThere(draft, false);
  if (isStop(there)) return there;
  const destination = endpointMarked(draft, 'destination', there.opens);
  return isStop(destination) ? destination : { ...there, destination };
}

/** Are both ends? */
export function endsAvailable(draft: Draft): Stop | Pick<Connected, keyof There | 'source' | 'destination'> {
  const there = volumesThere(draft, true);
  if (isStop(there)) return there;
  const source = endpointMarked(draft, 'source', there.opens);
  const destination = endpointMarked(draft, 'destination', there.opens);
  // Why `prepare` would refuse comes before what it would make.
  const isForbidden = isStop(destination) && destination.state === 'blocked';
  if (isStop(source)) return isForbidden && source.absence === 'unprepared' ? destination : source;
  return isStop(destination) ? destination : { ...there, source, destination };
}

/** What is missing at either end, whichever `endsAvailable` comes to first. */
export function endsMissing(draft: Draft): Stop[] {
  return (['source', 'destination'] as const).flatMap((role) => {
    const opens = new Set<string>();
    const host = volumeThere(draft, draft.sync[role], { opens, uses: new Set() });
    const moved = isStop(host) || role === 'source' ? null : destinationMoved(draft, opens);
    const end = isStop(host) ? host : (moved ?? endpointMarked(draft, role, opens));
    return isStop(end) ? [end] : [];
  });
}

/** @param sourceToo the source comes first: why it is not there is then why the sync is skipped */
function volumesThere(draft: Draft, sourceToo: boolean): Stop | There {
  const drives = { opens: new Set<string>(), uses: new Set<string>() };
  const source = sourceToo ? volumeThere(draft, draft.sync.source, drives) : null;
  if (source !== null && isStop(source)) return source;
  const host = volumeThere(draft, draft.sync.destination, drives);
  if (isStop(host)) return host;
  return destinationMoved(draft, drives.opens) ?? { host, ...drives };
}

function volumeThere(
  draft: Draft,
  endpoint: Endpoint,
  { opens, uses }: Record<'opens' | 'uses', Set<string>>,
): Stop | ReachableHost {
  const { spec, facts } = draft.input;
  const volume = volumeNamed(spec, endpoint.volume);
  const seen = seenVolume(volume, facts);
  if ('remark' in seen) return unavailable(draft, { ...seen.remark, volume: volume.name });
  const { host, observed } = seen;
  const absent = absence(volume, observed);
  const opening = absent === null ? null : openable(draft.input, volume, observed, host);
  if (absent !== null && volume.marksOnly === true)
    return skip(draft, { ...absent, volume: volume.name }, 'unprepared');
  if (absent !== null && opening !== true) return unavailable(draft, { ...(opening ?? absent), volume: volume.name });
  if (absent !== null) opens.add(volume.name);
  else if (volume.mount !== null) uses.add(volume.name);
  return toolsThere(draft, volume, host) ?? host;
}

/** A remark that is an error in itself, such as a drive that cannot be told from another, blocks. */
function unavailable(draft: Draft, remark: Remark): Stop {
  return remark.severity === 'error' ? block(draft, remark) : skip(draft, remark, 'absent');
}

/** rsync 3.1.0 brought `--info=progress2`, without which a run could not show its progress (rsync NEWS). */
function isSuitable({ kind, version }: RsyncFacts): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return kind === 'rsync' && (major > 3 || (major === 3 && minor >= 1));
}

function toolsThere(draft: Draft, volume: Volume, host: ReachableHost): Stop | null {
  const problem = toolProblems(host, volume.host === LOCAL_HOST ? '' : ` on the server of ${volume.name}`)[0];
  return problem === undefined ? null : block(draft, problem);
}

/**
 * What is wrong with the programs that every machine with a volume needs.
 *
 * @param there names the machine after a blank; empty for this one
 */
export function toolProblems({ rsync, flock }: ReachableHost, there: string): Finding[] {
  return [
    ...(rsync === null ? [presence.rsyncMissing(there)] : []),
    ...(rsync !== null && !isSuitable(rsync) ? [presence.rsyncUnsuitable(there, rsync)] : []),
    ...(flock ? [] : [presence.flockMissing(there)]),
  ];
}

/**
 * A destination that used to be on a drive of its own and is now on the file system below it: the drive is absent,
 * and what looks like the destination is its bare mountpoint, sentinels or not.
 */
function destinationMoved(draft: Draft, opens: ReadonlySet<string>): Stop | null {
  const { destination } = draft.sync;
  const moved = opens.has(destination.volume) ? null : movedOff(draft.input.facts, draft.sync);
  if (moved === null) return null;
  const remark = presence.wasMounted(endpointKey(destination), moved.before, moved.now);
  return skip(draft, { ...remark, volume: destination.volume }, 'absent');
}

/** What stands in facts for a byte that is not UTF-8. */
const NOT_UTF8 = '\uFFFD';

function endpointMarked(draft: Draft, role: Role, opens: ReadonlySet<string>): Stop | KnownEndpoint {
  const { facts } = draft.input;
  const endpoint = draft.sync[role];
  const { volume } = endpoint;
  if (opens.has(volume)) return unopened(draft, endpoint);
  const key = endpointKey(endpoint);
  const observed = facts.endpoints[key];
  if (observed === undefined && facts.basis === 'recorded' && facts.volumes[volume]?.directory != null) {
    return skip(draft, { ...presence.notInFacts(key), volume });
  }
  // Another place has the path that is made of such a text, also where a link leads there.
  const paths = [observed?.path, observed?.directory?.realPath];
  if (paths.some((path) => path?.includes(NOT_UTF8) === true))
    return block(draft, { ...presence.pathNotUtf8(key), volume });
  const missing = markOf(draft.input, endpoint, role, draft.sync.name);
  if (missing === null && observed?.directory != null) return known(draft, volume, observed, observed.directory);
  if (missing === null) return skip(draft, nothingKnown(volume));
  if (missing.remark.severity === 'error') return block(draft, missing.remark);
  const unable = role === 'source' || missing.absence !== 'unprepared' ? null : neverPrepared(draft, observed);
  return unable === null ? skip(draft, missing.remark, missing.absence) : block(draft, { ...unable, volume });
}

/** Why `prepare` would refuse a destination that is not there yet: its file system has no snapshots of this mode. */
function neverPrepared({ input, sync }: Draft, observed: EndpointFacts | undefined): Remark | null {
  const directory = observed?.directory ?? input.facts.volumes[sync.destination.volume]?.directory;
  if (observed === undefined || directory == null) return null;
  return historyOf(input.executors, sync)?.unsupported?.(observed.path, directory.mount) ?? null;
}

/**
 * By its real path, which is what commands are told: rsync 3.5 follows no symlink of another owner in a target path (its
 * NEWS). Where a drive will be mounted is known only as the mount's target, without links as it is.
 */
function known(draft: Draft, volume: string, observed: EndpointFacts, directory: DirectoryFacts): KnownEndpoint {
  const isPlain = draft.input.spec.volumes[volume]?.mount == null;
  return { ...observed, directory, ...(isPlain ? { path: directory.realPath } : {}) };
}
