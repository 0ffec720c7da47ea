import type { IdentityFacts } from '../../src/planner/model/identity.ts';
import type {
  DirectoryFacts,
  EndpointFacts,
  Facts,
  LatestFacts,
  SnapshotEntry,
  SyncHistory,
  TransferPreview,
} from '../../src/planner/model/facts.ts';

/** A world in a few words, for tests of the planner: what is not said is there, prepared, writable and roomy. */
export interface World {
  at?: string;
  volumes: Record<string, VolumeWorld | null>;
  /** By endpoint key. */
  endpoints: Record<string, EndpointWorld>;
  history?: Record<string, SyncHistory>;
  previews?: Record<string, TransferPreview>;
  filterFiles?: Record<string, string[] | null>;
}

export interface VolumeWorld {
  path: string;
  /** Mount point that holds it; default the volume's own path. */
  target?: string;
  fsType?: string;
  uuid?: string | null;
  sentinel?: boolean;
  empty?: boolean;
  device?: string;
  options?: string[];
  /** The whole disks below it; none are known by default. */
  disks?: string[];
  freeBytes?: number;
}

export interface EndpointWorld {
  source?: boolean;
  destination?: boolean;
  missing?: boolean;
  empty?: boolean;
  writable?: boolean;
  snapshots?: string[];
  /** Further entries of snapshots/. */
  entries?: Record<string, SnapshotEntry['kind']>;
  /** Name of the snapshot, `none` for /dev/null; default the newest of `snapshots`. */
  latest?: string;
  staging?: 'subvolume' | 'directory';
  leftovers?: string[];
  identity?: IdentityFacts;
}

const NOW = '2026-03-10T12:00:00.000Z';

export function world(input: World): Facts {
  const facts: Facts = {
    formatVersion: '1.0',
    basis: 'observed',
    observedAt: input.at ?? NOW,
    machine: { hostname: 'laptop', user: 'ada' },
    hosts: {
      local: {
        reachable: true,
        os: 'linux',
        home: '/home/ada',
        user: 'ada',
        uid: 1000,
        rsync: { kind: 'rsync', version: '3.2.7' },
        btrfs: true,
        flock: true,
      },
    },
    volumes: {},
    endpoints: {},
    filterFiles: input.filterFiles ?? {},
    history: input.history ?? {},
    previews: input.previews ?? {},
  };
  let inode = 100;
  for (const [name, volume] of Object.entries(input.volumes)) {
    inode += 1;
    facts.volumes[name] =
      volume === null
        ? { path: null, directory: null, sentinel: false, unmountedFstabTarget: null }
        : {
            path: volume.path,
            directory: directory(volume, volume.path, inode),
            sentinel: volume.sentinel ?? true,
            unmountedFstabTarget: null,
          };
  }
  for (const [key, endpoint] of Object.entries(input.endpoints)) {
    inode += 1;
    const [name = '', subdir] = key.split(':');
    const volume = input.volumes[name];
    if (volume == null) continue;
    facts.endpoints[key] = endpointFacts(
      endpoint,
      volume,
      subdir === undefined ? volume.path : `${volume.path}/${subdir}`,
      inode,
    );
  }
  return facts;
}

function endpointFacts(endpoint: EndpointWorld, volume: VolumeWorld, path: string, inode: number): EndpointFacts {
  const names = endpoint.snapshots;
  const kind = volume.fsType === 'btrfs' ? 'subvolume' : 'directory';
  const snapshots =
    names === undefined
      ? null
      : Object.fromEntries([
          ...names.map((name) => [name, { kind }] as const),
          ...Object.entries(endpoint.entries ?? {}).map(([name, other]) => [name, { kind: other }] as const),
        ]);
  const here = directory(volume, path, inode);
  return {
    path,
    directory:
      endpoint.missing === true
        ? null
        : { ...here, empty: endpoint.empty ?? false, writable: endpoint.writable ?? true },
    sentinels: { source: endpoint.source ?? false, destination: endpoint.destination ?? false },
    ...(endpoint.identity === undefined ? {} : { identity: endpoint.identity }),
    latest: latestFacts(endpoint),
    snapshots,
    staging:
      endpoint.staging === undefined
        ? null
        : { ...directory(volume, `${path}/staging`, inode + 1000), subvolume: endpoint.staging === 'subvolume' },
    leftovers: endpoint.leftovers ?? [],
  };
}

function latestFacts(endpoint: EndpointWorld): LatestFacts {
  if (endpoint.latest === 'none') return { kind: 'none-yet' };
  const name = endpoint.latest ?? [...(endpoint.snapshots ?? [])].sort().at(-1);
  if (name !== undefined) return { kind: 'snapshot', name };
  return endpoint.snapshots === undefined ? { kind: 'absent' } : { kind: 'none-yet' };
}

function directory(volume: VolumeWorld, path: string, inode: number): DirectoryFacts {
  return {
    realPath: path,
    device: volume.device ?? deviceNumber(volume.target ?? volume.path),
    inode: String(inode),
    writable: true,
    empty: volume.empty ?? false,
    subvolume: false,
    mount: {
      target: volume.target ?? volume.path,
      source: `/dev/disk-of${volume.target ?? volume.path}`,
      fsType: volume.fsType ?? 'ext4',
      uuid: volume.uuid === undefined ? null : volume.uuid,
      options: volume.options ?? ['rw', 'relatime'],
      ...(volume.disks === undefined ? {} : { disks: volume.disks }),
    },
    freeBytes: volume.freeBytes ?? 500_000_000_000,
    totalBytes: 1_000_000_000_000,
    freeInodes: 10_000_000,
  };
}

/** Each mount point has a device of its own, always the same one. */
function deviceNumber(target: string): string {
  return String(Array.from(target).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 2048));
}
