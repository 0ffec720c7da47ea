import type { SyncPlanning, TransferTarget } from '../../model/executor.ts';
import type { DirectoryFacts, EndpointFacts } from '../../model/facts.ts';
import type { Json } from '../../model/json.ts';
import { endpointKey, type Endpoint, type Sync } from '../../model/spec.ts';
import type { Precondition } from '../../model/step.ts';
import { keepsInodes } from '../../file-systems/of.ts';
import { pointer } from '../../model/pointer.ts';

/** The facts that a transfer of rsync relies on: its places, the program, and that there is room. */
export function transferPreconditions(input: SyncPlanning, target: TransferTarget): Precondition[] {
  return [
    ...placePreconditions(input, target),
    equals(['hosts', input.hostId, 'rsync', 'kind'], 'rsync', "Samba's rsync"),
    ...room(input),
  ];
}

/** Of a target, what decides on which facts a transfer relies. A replica has none. */
type Relied = Pick<TransferTarget, 'compareWith' | 'preconditions'>;

const NOTHING_MORE: Relied = { compareWith: null };

/**
 * The facts that every transfer relies on: that the places where it reads and writes are still those that were planned,
 * and hold the snapshots that they held. They keep a run from writing below the empty mountpoint of a drive that is gone.
 */
export function placePreconditions(input: SyncPlanning, target: Relied = NOTHING_MORE): Precondition[] {
  const { sync, source, destination } = input;
  return [
    ...endpointThere(input, sync.source, source, 'source'),
    ...endpointThere(input, sync.destination, destination, 'destination'),
    ...sourceSnapshot(input),
    ...history(sync.destination, destination, target, sync.snapshots.mode),
    ...(target.preconditions ?? []),
  ];
}

/**
 * The facts that every step relies on that writes, renames or deletes in a destination: it is still the directory that
 * was planned, on its file system, and no link has taken the place of a folder in it.
 */
export function insidePreconditions(
  { destination: endpoint, snapshots: { mode } }: Pick<Sync, 'destination' | 'snapshots'>,
  observed: EndpointFacts,
): Precondition[] {
  const { directory, staging } = observed;
  if (directory === null) return [];
  const key = endpointKey(endpoint);
  return [
    ...mounted(['endpoints', key], directory, key),
    equals(['endpoints', key, 'directory', 'realPath'], directory.realPath, `the real path of ${key}`),
    ...sameFolder(key, directory, mode),
    ...(mode === 'none' ? [] : [sameSnapshots(key, observed)]),
    ...(mode === 'btrfs' && staging !== null
      ? [equals(['endpoints', key, 'staging', 'realPath'], staging.realPath, `the real path of staging of ${key}`)]
      : []),
  ];
}

/** No other folder has taken its name. A copy without snapshots gives it the owner that the source has. */
function sameFolder(key: string, { inode, owner, device, mount }: DirectoryFacts, mode: string): Precondition[] {
  const at = (field: string, value: string, description: string): Precondition =>
    equals(['endpoints', key, 'directory', field], value, description);
  return [
    // A file system that has a UUID is known by that: it gets another number with each mount.
    ...(mount !== null && mount.uuid === null ? [at('device', device, `the file system of ${key}`)] : []),
    ...(keepsInodes(mount) ? [at('inode', inode, `the inode of ${key}`)] : []),
    ...(owner === undefined || mode === 'none' ? [] : [at('owner', owner, `the owner of ${key}`)]),
  ];
}

function sameSnapshots(key: string, { directory, snapshotsFolder }: EndpointFacts): Precondition {
  return snapshotsFolder !== undefined && keepsInodes(directory?.mount ?? null)
    ? equals(['endpoints', key, 'snapshotsFolder'], { ...snapshotsFolder }, `the folder snapshots of ${key}`)
    : equals(['endpoints', key, 'snapshotsLink'], null, `whether snapshots of ${key} is a symlink`);
}

/** The facts that whoever reads a source relies on: that it is marked, and still on its file system. */
export function sourcePreconditions({
  sync,
  facts,
  source,
}: Pick<SyncPlanning, 'sync' | 'facts' | 'source'>): Precondition[] {
  return endpointThere({ facts }, sync.source, source, 'source');
}

function endpointThere(
  { facts }: Pick<SyncPlanning, 'facts'>,
  endpoint: Endpoint,
  observed: EndpointFacts,
  role: 'source' | 'destination',
): Precondition[] {
  const key = endpointKey(endpoint);
  const { volume } = endpoint;
  const realPath = observed.directory?.realPath;
  return [
    equals(['volumes', volume, 'sentinel'], true, `.nbkp-vol of ${volume}`),
    ...mounted(['volumes', volume], facts.volumes[volume]?.directory ?? null, volume),
    equals(['endpoints', key, 'sentinels', role], true, `the ${role} sentinel of ${key}`),
    ...(endpoint.subdir === '' ? [] : mounted(['endpoints', key], observed.directory, key)),
    ...(role === 'destination' && realPath !== undefined
      ? [equals(['endpoints', key, 'directory', 'realPath'], realPath, `the real path of ${key}`)]
      : []),
  ];
}

/** The empty mountpoint of an absent drive is a directory like any other: what counts is what is mounted. */
function mounted(where: string[], directory: DirectoryFacts | null, name: string): Precondition[] {
  const mount = directory?.mount;
  if (mount === undefined || mount === null) return [];
  const path = [...where, 'directory', 'mount'];
  return [
    equals([...path, 'target'], mount.target, `where the file system of ${name} is mounted`),
    ...(mount.uuid === null ? [] : [equals([...path, 'uuid'], mount.uuid, `the UUID of the file system of ${name}`)]),
  ];
}

/** A chain without an upstream in this plan reads the snapshot that `latest` named when it was planned. */
function sourceSnapshot({ sync, source, sourcePath }: SyncPlanning): Precondition[] {
  if (source.latest.kind !== 'snapshot' || !sourcePath.endsWith(`/snapshots/${source.latest.name}`)) return [];
  return [latest(sync.source, source)];
}

/** Which snapshot the new one is compared with and linked to, or that it is the first. */
function history(endpoint: Endpoint, observed: EndpointFacts, target: Relied, mode: string): Precondition[] {
  return mode === 'none' && target.compareWith === null ? [] : [latest(endpoint, observed)];
}

function latest(endpoint: Endpoint, observed: EndpointFacts): Precondition {
  const key = endpointKey(endpoint);
  return equals(['endpoints', key, 'latest'], { ...observed.latest }, `latest of ${key}`);
}

function room({ sync }: SyncPlanning): Precondition[] {
  if (sync.policy.minFree === null) return [];
  const key = endpointKey(sync.destination);
  return [
    {
      fact: pointer('endpoints', key, 'directory', 'freeBytes'),
      check: 'at-least',
      value: sync.policy.minFree,
      onlyBefore: true,
      description: `free space of ${key}`,
    },
  ];
}

function equals(path: string[], value: Json, description: string): Precondition {
  return { fact: pointer(...path), check: 'equals', value, description };
}
