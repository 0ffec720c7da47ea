import type { DirectoryFacts, HostFacts, VolumeFacts } from '../model/facts.ts';
import { endpointKey, volumeNamed, type Endpoint, type Spec, type Volume } from '../model/spec.ts';
import { closedWithoutUdisks, fstabMismatch } from '../model/findings/drives.ts';
import { leftClosed } from '../model/findings/presence.ts';
import { hostNotVerified } from '../model/findings/servers.ts';
import type { PlanRequest } from '../model/plan.ts';
import { mountPlaceholder, type Step } from '../model/step.ts';
import { hostKeyProof } from '../ssh/host-key-proof.ts';
import type { Draft, KnownEndpoint, Reached } from './draft.ts';
import type { Remark } from '../model/finding.ts';
import { driveState } from '../volumes/drive.ts';

/**
 * Can the run open a drive that is not usable as it is?
 *
 * @returns a remark that says better than the absence why not; null when the absence says it all
 */
export function openable(
  { spec, request }: { spec: Spec; request: Pick<PlanRequest, 'drives'> },
  volume: Volume,
  observed: VolumeFacts,
  host: Extract<HostFacts, { reachable: true }>,
): true | Remark | null {
  const drive = driveState(volume, observed);
  if (drive.state !== 'present') return null;
  if (request.drives === 'leave') return leftClosed(volume.name, drive.locked);
  if (host.udisks !== true) {
    return closedWithoutUdisks(volume.name, drive.locked);
  }
  const unverified = drive.locked ? unverifiedEndpoint(spec, host) : null;
  if (unverified !== null) {
    return hostNotVerified(volume.name, unverified);
  }
  const { path } = volume;
  const target = observed.unmountedFstabTarget;
  if (path !== null && (target === null || target !== observed.path)) {
    return fstabMismatch(volume.name, path);
  }
  return true;
}

/** The endpoint of a server that may be another one: a passphrase goes only where the key is known. */
function unverifiedEndpoint({ ssh }: Spec, { route }: Extract<HostFacts, { reachable: true }>): string | null {
  const endpoint = ssh[route?.endpoint ?? ''];
  return endpoint === undefined || hostKeyProof(endpoint) === 'checked' ? null : endpoint.name;
}

/** The volume whose name the steps of a drive bear: the first in the spec of those that are on it. */
export function driveName({ volumes }: Spec, volume: Volume): string {
  const uuid = volume.mount?.deviceUuid.toLowerCase();
  const same = Object.values(volumes).find(
    (other) => other.mount?.deviceUuid.toLowerCase() === uuid && other.host === volume.host,
  );
  return same?.name ?? volume.name;
}

/**
 * An endpoint on a drive that is not open, as it will be when nothing is wrong: prepared, writable and roomy. What is
 * not so is found when the drive is open, by the same stages.
 */
export function unopened({ input: { spec }, sync }: Draft, { volume, subdir }: Endpoint): KnownEndpoint {
  const drive = driveName(spec, volumeNamed(spec, volume));
  const root = mountPlaceholder(drive);
  const path = subdir === '' ? root : `${root}/${subdir}`;
  const directory = unopenedDirectory(drive, root, path);
  return {
    path,
    directory,
    sentinels: { source: true, destination: true },
    latest: { kind: 'none-yet' },
    snapshots: sync.snapshots.mode === 'none' ? null : {},
    staging: { ...unopenedDirectory(drive, root, `${path}/staging`), subvolume: true },
    leftovers: [],
  };
}

function unopenedDirectory(drive: string, root: string, path: string): DirectoryFacts {
  return {
    realPath: path,
    device: `drive ${drive}`,
    // Each place is one of its own.
    inode: path,
    writable: true,
    empty: false,
    subvolume: false,
    mount: { target: root, source: `drive ${drive}`, fsType: 'btrfs', uuid: null, options: ['user_subvol_rm_allowed'] },
    freeBytes: Number.MAX_SAFE_INTEGER,
    totalBytes: Number.MAX_SAFE_INTEGER,
    freeInodes: null,
  };
}

/** Their reason is what they start from. */
const TELLS_WHENCE: ReadonlySet<string> = new Set(['transfer', 'snapshot']);

/** Marks what can be decided only when the drives of its sync are open. The user's commands are known as they are. */
export function awaiting(draft: Reached, step: Step): Step {
  const { opens } = draft;
  if (opens.size === 0 || step.kind === 'command') return step;
  const volumes = [...opens].sort();
  return {
    ...step,
    ...(TELLS_WHENCE.has(step.kind) && opens.has(draft.sync.destination.volume) ? { reason: lastSeen(draft) } : {}),
    awaits: volumes,
    deferred: `decided when ${volumes.join(' and ')} ${volumes.length === 1 ? 'is' : 'are'} open`,
    preconditions: [],
  };
}

function lastSeen({ input: { facts }, sync }: Draft): string {
  const key = endpointKey(sync.destination);
  const last = facts.history[sync.name]?.lastSuccess ?? null;
  if (last === null) return `what ${key} holds was never seen from here`;
  return `${key} was last seen at ${last.at}${last.snapshot === null ? '' : `, with the snapshot ${last.snapshot}`}`;
}
