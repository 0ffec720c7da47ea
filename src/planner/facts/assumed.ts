import type { DirectoryFacts, DriveFacts, EndpointFacts, Facts, HostFacts, VolumeFacts } from '../model/facts.ts';
import { endpointKey, type Endpoint, type Spec, type Volume } from '../model/spec.ts';
import { mountPlaceholder } from '../model/step.ts';

/** What does not come from the spec: when and where it is planned, and the filter files beside the spec. */
export type Given = Pick<Facts, 'observedAt' | 'machine' | 'filterFiles'>;

/**
 * Facts for planning from the spec alone: every drive and server is there and prepared as the spec wants it, and what
 * they hold is not known. Basis `none` says that nobody observed any of it.
 */
export function assumedFacts(spec: Spec, given: Given): Facts {
  const volumes = Object.values(spec.volumes);
  return {
    formatVersion: '1.0',
    basis: 'none',
    ...given,
    hosts: Object.fromEntries(volumes.map((volume) => [volume.host, HOST])),
    volumes: Object.fromEntries(volumes.map((volume) => [volume.name, volumeFacts(spec, volume)])),
    endpoints: endpointsOf(spec),
    history: {},
    previews: {},
  };
}

const HOST: HostFacts = {
  ...{ reachable: true, os: 'linux', home: '~', user: '', uid: 0 },
  ...{ rsync: { kind: 'rsync', version: '3.2.0' }, btrfs: true, flock: true },
};

/** Where a drive is mounted is known only when it is. */
function pathOf(volume: Volume): string {
  return volume.path ?? mountPlaceholder(volume.name);
}

function volumeFacts(spec: Spec, volume: Volume): VolumeFacts {
  return {
    ...{ path: pathOf(volume), directory: directory(spec, volume, ''), sentinel: true, unmountedFstabTarget: null },
    ...(volume.mount?.encryption ? { drive: unlocked(volume.mount.deviceUuid) } : {}),
  };
}

/** What is in a container has a UUID of its own, which no spec knows: any will do. */
function unlocked(uuid: string): DriveFacts {
  const device = { path: '', type: 'part', label: '', readOnly: false, uuid };
  return {
    devices: [{ ...device, fsType: 'crypto_LUKS' }],
    cleartext: { ...device, fsType: 'btrfs', type: 'crypt' },
    namesake: null,
  };
}

function endpointsOf(spec: Spec): Record<string, EndpointFacts> {
  const facts: Record<string, EndpointFacts> = {};
  for (const sync of Object.values(spec.syncs)) {
    facts[endpointKey(sync.source)] ??= endpoint(spec, sync.source, 'none');
  }
  // After the sources: what a chain reads is what the sync before it makes.
  for (const sync of Object.values(spec.syncs)) {
    facts[endpointKey(sync.destination)] = endpoint(spec, sync.destination, sync.snapshots.mode);
  }
  return facts;
}

function endpoint(spec: Spec, { volume: name, subdir }: Endpoint, mode: string): EndpointFacts {
  const volume = spec.volumes[name];
  if (volume === undefined) throw new Error(`volume ${name} is not in the spec`);
  const here = directory(spec, volume, subdir);
  return {
    path: here.realPath,
    directory: here,
    sentinels: { source: true, destination: true },
    latest: { kind: mode === 'none' ? 'absent' : 'none-yet' },
    snapshots: mode === 'none' ? null : {},
    staging: mode === 'btrfs' ? { ...here, realPath: `${here.realPath}/staging`, subvolume: true } : null,
    leftovers: [],
  };
}

/** Each volume counts as a drive of its own; where two of them are one is a matter of what is there. */
function directory(spec: Spec, volume: Volume, subdir: string): DirectoryFacts {
  const root = pathOf(volume);
  const onBtrfs = Object.values(spec.syncs).some(
    ({ destination, snapshots }) => destination.volume === volume.name && snapshots.mode === 'btrfs',
  );
  const device = `(${volume.name})`;
  return {
    realPath: subdir === '' ? root : `${root}/${subdir}`,
    ...{ device, inode: subdir === '' ? '/' : subdir, writable: true, empty: false, subvolume: false },
    mount: {
      ...{ target: root, source: device, fsType: onBtrfs ? 'btrfs' : 'ext4' },
      ...{ uuid: volume.mount?.deviceUuid ?? null, options: ['user_subvol_rm_allowed'] },
    },
    ...{ freeBytes: Number.MAX_SAFE_INTEGER, totalBytes: Number.MAX_SAFE_INTEGER, freeInodes: null },
  };
}
