import { lineCommand, noteCommand } from '../kinds/create/commands.ts';
import { flagsOf } from '../model/rsync-flags.ts';
import type { DirectoryFacts, EndpointFacts } from '../model/facts.ts';
import type { Remark } from '../model/finding.ts';
import { markNewer } from '../model/findings/destinations.ts';
import type { CopyOptions, Owner } from '../model/identity.ts';
import { endpointKey, hostAt, LOCAL_HOST, type Sync } from '../model/spec.ts';
import { snapshotPlaceholder, successPlaceholder } from '../model/step.ts';
import type { Known } from '../model/known.ts';

/** Whose a destination is. `unknown`: nobody could tell, or it may be several sources'. */
export type Ownership = { state: 'unknown' | 'free' | 'own' } | { state: 'owned'; owner: Owner };

/** A newer nbkp has marked the folder: what that says is not known here, and is left as it is. */
export function markedByNewer(seen: EndpointFacts | undefined): Remark | null {
  const newer = seen?.identity?.newer;
  return seen === undefined || newer === undefined ? null : markNewer(`${seen.path}/${newer.name}`, newer.format);
}

/** Several syncs may copy into one destination: nothing is deleted there. */
export function merges({ snapshots, rsync }: Pick<Sync, 'snapshots' | 'rsync'>): boolean {
  return snapshots.mode === 'none' && !flagsOf(rsync).deletes;
}

/** Whether the destination of a sync belongs to its source. */
export function ownership(about: Known, sync: Sync): Ownership {
  const owner = about.facts.endpoints[endpointKey(sync.destination)]?.identity?.owner;
  if (owner === undefined || merges(sync)) return { state: 'unknown' };
  if (owner === null) return { state: 'free' };
  const source = about.facts.endpoints[endpointKey(sync.source)];
  const id = source?.identity?.source;
  if (source?.directory == null || id === undefined) return { state: 'unknown' };
  const ids = [id, placeId(about, sync, source.directory)];
  return owner.source !== null && ids.includes(owner.source) ? { state: 'own' } : { state: 'owned', owner };
}

/** The id of a sync's source; null when it has none yet, or nobody knows. */
export function sourceId(about: Known, sync: Sync): string | null {
  const source = about.facts.endpoints[endpointKey(sync.source)];
  if (source?.directory == null || source.identity?.source === undefined) return null;
  const { directory, identity } = source;
  return identity.source ?? (directory.writable ? null : placeId(about, sync, directory));
}

/** The volumes that have to be prepared so that a destination belongs to its sync's source. */
export function toTakeOver(about: Known, sync: Sync): string[] {
  const { source, destination } = sync;
  return [...new Set([...(sourceId(about, sync) === null ? [source.volume] : []), destination.volume])];
}

/** A folder that can have an id and has none. */
export function lacksId({ directory, identity }: EndpointFacts): boolean {
  return directory?.writable === true && identity?.source === null;
}

/** What a source counts by that cannot hold an id: its host and its real path. */
function placeId({ spec, facts }: Known, { source }: Sync, { realPath }: DirectoryFacts): string {
  const host = hostAt(spec, source.volume);
  return `place:${host === LOCAL_HOST ? facts.machine.hostname : host}:${realPath}`;
}

const FORMAT = '1.0';
const LAST_SUCCESS = '.nbkp-last.json';
const WITH_SNAPSHOTS = ['hard-link', 'btrfs'];

/** The command that writes `.nbkp-src` of a folder. */
export function markSource({ path, identity }: EndpointFacts, id: string): string[] {
  return lineCommand(`${path}/.nbkp-src`, line({ id }), identity?.sourceDamaged === true);
}

/** The command that writes `.nbkp-dst` of a sync's destination: which source is backed up there, and for people from where. */
export function markDestination(
  { spec, facts }: Known,
  sync: Sync,
  { path, source, options, replace }: DestinationMark,
): string[] {
  const about = { machine: facts.machine.hostname, spec: spec.realPath ?? spec.path, sync: sync.name };
  const decided = options === null ? {} : { options };
  return lineCommand(`${path}/.nbkp-dst`, line({ source, ...about, ...decided }), replace);
}

interface DestinationMark {
  path: string;
  source: string;
  /** Null where nothing is decided. */
  options: CopyOptions | null;
  replace: boolean;
}

/** The command that notes at a sync's destination that it has succeeded, for those who do not have our records. */
export function markSuccess({ name, snapshots }: Sync, path: string, source: string): string[] {
  const snapshot = WITH_SNAPSHOTS.includes(snapshots.mode) ? { snapshot: snapshotPlaceholder(name) } : {};
  return noteCommand(path, LAST_SUCCESS, line({ source, sync: name, at: successPlaceholder(name), ...snapshot }));
}

function line(fields: Readonly<Record<string, string | CopyOptions>>): string {
  return JSON.stringify({ formatVersion: FORMAT, ...fields });
}
