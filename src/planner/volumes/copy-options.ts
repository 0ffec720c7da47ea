import { archiveOptions, fullOptions, type Ends } from '../file-systems/kept.ts';
import { fileSystemOf } from '../file-systems/of.ts';
import type { EndpointFacts, HostFacts, MountFacts } from '../model/facts.ts';
import type { Cargo, CopyOptions } from '../model/identity.ts';
import { endpointKey, hostAt, type Sync } from '../model/spec.ts';
import type { Known } from '../model/known.ts';
import { merges } from './identity.ts';

/**
 * Whether what a copy keeps is decided once, and recorded. Not where a user wrote it, where another program copies, and at
 * destinations of several syncs.
 */
function isDecided(sync: Sync): boolean {
  return sync.rsync.options === null && sync.transfer === 'rsync' && !merges(sync);
}

/** What was decided that the copy of a sync keeps; null where that never was. */
export function recordedOptions({ facts }: Pick<Known, 'facts'>, sync: Sync): CopyOptions | null {
  if (!isDecided(sync)) return null;
  return facts.endpoints[endpointKey(sync.destination)]?.identity?.owner?.options ?? null;
}

/**
 * What is decided for a destination that nothing is recorded of: all that both ends can hold where no copy is there yet. A
 * copy that is there was made with `-a`, and with more all of its files might be copied again. Null where nobody knows.
 *
 * @param mount of the destination, or of the folder in which it is made
 */
export function decideOptions(about: Known, sync: Sync, mount: MountFacts | null): CopyOptions | null {
  if (!isDecided(sync)) return null;
  return isFresh(about.facts.endpoints[endpointKey(sync.destination)], sync.snapshots)
    ? bestOptions(about, sync, mount)
    : archiveOptions(mount);
}

/**
 * The same where what the file system can hold was tried by the plan that prepared it, and is not what was known before: all of
 * that if nothing was, else less. Null where nothing is to be decided any more.
 */
export function lateOptions(about: Known, sync: Sync, mount: MountFacts | null): CopyOptions | null {
  const fresh = isFresh(about.facts.endpoints[endpointKey(sync.destination)], sync.snapshots);
  const best = mount?.tried === undefined || !fresh ? null : bestOptions(about, sync, mount);
  const known = recordedOptions(about, sync);
  if (best === null || known === null) return best;
  const keeps = known.keeps.filter((id) => best.keeps.includes(id));
  return keeps.length === known.keeps.length ? null : { ...known, keeps };
}

/** All that both ends can hold, and both rsyncs can copy; null where that is not decided. */
export function bestOptions(about: Known, sync: Sync, mount: MountFacts | null): CopyOptions | null {
  if (!isDecided(sync)) return null;
  const full = fullOptions(endsOf(about, sync, mount));
  const lacking = lackingOf(about, sync);
  return full === null ? null : { ...full, keeps: full.keeps.filter((id) => !lacking.includes(id)) };
}

/** What decides on what a copy keeps, besides the options of the spec. */
export interface Keeping {
  ends: Ends;
  /** Null where it was never decided. */
  decided: CopyOptions | null;
  /** All that the ends can hold; null where nobody knows, or it cannot be decided. */
  best: CopyOptions | null;
  /** What rsync was built without at one of the ends. */
  lacking: readonly Cargo[];
  /** Both ends may read and set extended attributes that are no user's. */
  allXattrs: boolean;
}

export function keepingOf(about: Known, sync: Sync, mount: MountFacts | null, decided: CopyOptions | null): Keeping {
  const isOwned = about.facts.endpoints[endpointKey(sync.destination)]?.identity?.owner !== undefined;
  return {
    ends: endsOf(about, sync, mount),
    decided,
    best: isOwned ? withoutVain(about, sync, bestOptions(about, sync, mount)) : null,
    lacking: lackingOf(about, sync),
    allXattrs:
      hostsOf(about, sync).every((host) => host?.reachable === true && host.uid === 0) &&
      fileSystemOf(mount)?.onlyUserXattrs !== true,
  };
}

/** On one machine a name is a number. */
function withoutVain({ spec }: Known, { source, destination }: Sync, best: CopyOptions | null): CopyOptions | null {
  if (best === null || hostAt(spec, source.volume) !== hostAt(spec, destination.volume)) return best;
  return { ...best, keeps: best.keeps.filter((id) => id !== 'numeric-ids') };
}

function endsOf({ facts }: Known, sync: Sync, destination: MountFacts | null): Ends {
  return { source: facts.endpoints[endpointKey(sync.source)]?.directory?.mount, destination };
}

function lackingOf(about: Known, sync: Sync): Cargo[] {
  return hostsOf(about, sync).flatMap((host) => (host?.reachable === true ? (host.rsync?.lacks ?? []) : []));
}

function hostsOf({ spec, facts }: Known, { source, destination }: Sync): (HostFacts | undefined)[] {
  return [source, destination].map(({ volume }) => facts.hosts[hostAt(spec, volume)]);
}

/** Nothing was copied there yet. */
function isFresh(destination: EndpointFacts | undefined, { mode }: Sync['snapshots']): boolean {
  if (destination?.directory == null) return true;
  const { directory, snapshots, staging, latest } = destination;
  if (mode === 'none') return directory.empty || directory.newFileSystem === true;
  return Object.keys(snapshots ?? {}).length === 0 && latest.kind !== 'snapshot' && staging?.empty !== false;
}
