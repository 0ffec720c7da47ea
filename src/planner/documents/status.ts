import { fileSystemOf } from '../file-systems/of.ts';
import { absence } from '../volumes/absence.ts';
import { whyAbsent } from '../volumes/reachable.ts';
import { driveState, type DriveState } from '../volumes/drive.ts';
import { knownDrive, type KnownDrive } from '../kinds/drive/scope.ts';
import type { DriveStatus, StatusDocument, VolumesDocument, VolumeStatus } from '../model/documents.ts';
import type { Facts, VolumeFacts } from '../model/facts.ts';
import type { Plan } from '../model/plan.ts';
import type { Spec, Volume } from '../model/spec.ts';
import type { RunAtWorkStatus, RunRecord } from '../model/run.ts';
import { writtenPerDay } from './pace.ts';
import { withProvided } from './provided-status.ts';
import { syncStatus } from './sync-status.ts';
import { goneSnapshots } from './gone-snapshots.ts';
import { volumeMark } from '../volumes/marks.ts';
import { oneDiskRemarks } from '../volumes/one-disk.ts';
import type { Code, Remark } from '../model/finding.ts';

/**
 * What is there now and how old the last success of each sync is: the plan says which syncs could run.
 *
 * @param records of the last runs, newest first
 * @param runs at work now
 */
export function statusDocument(
  spec: Spec,
  facts: Facts,
  plan: Plan,
  records: readonly RunRecord[] = [],
  runs: RunAtWorkStatus[] = [],
): StatusDocument {
  const pace = writtenPerDay(spec, records, Date.parse(facts.observedAt));
  const gone = plan.syncs.flatMap((planned) => goneSnapshots({ spec, facts }, planned) ?? []);
  const planned = plan.syncs.flatMap(({ name }) => spec.syncs[name] ?? []);
  return {
    formatVersion: '1.0',
    ...observedHeader(spec, facts, {
      findings: [...plan.findings, ...gone, ...oneDiskRemarks({ spec, facts }, planned, 'marked')],
    }),
    volumes: withProvided(
      { spec, facts },
      Object.values(spec.volumes).map((volume) => ({
        ...volumeStatus(volume, facts, pace.get(volume.name) ?? null),
        ...unmarked(spec, facts, volume),
      })),
      pace,
    ),
    syncs: plan.syncs.map((planned) => syncStatus(planned, { spec, facts, records })),
    ...(runs.length === 0 ? {} : { runs }),
  };
}

/** What documents say that were made from facts of one moment. */
export function observedHeader(spec: Spec, facts: Facts, { findings }: Pick<Plan, 'findings'>) {
  return {
    observedAt: facts.observedAt,
    spec: { path: spec.path, digest: spec.digest },
    machine: facts.machine,
    findings: [...findings],
  };
}

function volumeStatus(volume: Volume, facts: Facts, pace: number | null): VolumeStatus {
  const observed = facts.volumes[volume.name];
  const why = whyAbsent(volume, facts);
  const directory = why === null ? observed?.directory : null;
  const holds = fileSystemOf(directory?.mount ?? null);
  return {
    name: volume.name,
    path: observed?.path ?? volume.path,
    available: why === null && directory != null,
    ...(why === null ? {} : { reason: why.message, code: why.code, ...absentOf(why, volume) }),
    fsType: directory?.mount?.fsType ?? null,
    ...(holds === null ? {} : { fileSystem: holds.title }),
    freeBytes: directory?.freeBytes ?? null,
    totalBytes: directory?.totalBytes ?? null,
    writtenPerDay: pace,
    daysLeft: pace === null || pace === 0 || directory == null ? null : Math.floor(directory.freeBytes / pace),
    ...driveOf(volume, observed),
  };
}

function absentOf({ severity }: Remark, { marksOnly }: Volume): Pick<VolumeStatus, 'absence'> {
  if (marksOnly === true) return { absence: 'unprepared' };
  return severity === 'error' ? {} : { absence: 'absent' };
}

/** A volume that is there without its mark cannot be used. One that no sync uses needs none. */
function unmarked(spec: Spec, facts: Facts, volume: Volume): Partial<VolumeStatus> {
  const isUsed = Object.values(spec.syncs).some(
    ({ enabled, source, destination }) => enabled && [source.volume, destination.volume].includes(volume.name),
  );
  const missing = isUsed && whyAbsent(volume, facts) === null ? volumeMark({ spec, facts }, volume.name) : null;
  if (missing === null) return {};
  const { remark, absence } = missing;
  const isRefused = remark.severity === 'error';
  return { available: false, reason: remark.message, code: remark.code, ...(isRefused ? {} : { absence }) };
}

/**
 * The volumes that are drives, as `status` shows them, and those that executors provide.
 *
 * @param volumes those that it is about, and those that they lie on
 * @param names of those that are wanted; undefined for all
 */
export function volumesDocument(
  spec: Spec,
  facts: Facts,
  volumes: readonly Volume[],
  names?: readonly string[],
): VolumesDocument {
  const all = withProvided(
    { spec, facts },
    volumes.map((volume) => volumeStatus(volume, facts, null)),
  );
  const isWanted = ({ name, drive, provided }: VolumeStatus): boolean =>
    (drive !== undefined || provided !== undefined) && names?.includes(name) !== false;
  return {
    formatVersion: '1.0',
    ...observedHeader(spec, facts, { findings: [] }),
    volumes: all.filter(isWanted),
  };
}

function driveOf(volume: Volume, observed: VolumeFacts | undefined): { drive?: DriveStatus } {
  if (volume.mount === null) return {};
  const { deviceUuid: uuid, encryption } = volume.mount;
  const drive = observed === undefined ? null : driveState(volume, observed);
  const known = observed === undefined ? null : knownDrive(volume, observed);
  const device = observed?.drive?.devices[0];
  const label = (known?.encrypted === true ? observed?.drive?.cleartext : device)?.label ?? '';
  // Where lsblk knows no UUIDs, as without udev, what is mounted does.
  const isMounted = drive?.state === 'unusable' && observed !== undefined && absence(volume, observed) === null;
  const mount = isMounted ? observed.directory?.mount : null;
  return {
    drive: {
      ...{ uuid, encrypted: encryption !== null, state: mount ? 'mounted' : stateOf(drive, known) },
      device: device?.path ?? mount?.source ?? null,
      label: label === '' ? null : label,
      mountedAt: known?.target ?? mount?.target ?? null,
      opened: known?.opened ?? null,
    },
  };
}

/** What a drive is of which no device is seen. */
const WITHOUT: Readonly<Partial<Record<Code, DriveStatus['state']>>> = {
  'drive-absent': 'absent',
  'drives-unlisted': 'unknown',
};

function stateOf(drive: DriveState | null, known: KnownDrive | null): DriveStatus['state'] {
  if (drive?.state === 'unusable') return WITHOUT[drive.remark.code] ?? 'unusable';
  if (known === null) return 'unknown';
  if (known.target !== null) return 'mounted';
  if (known.fileSystem === null) return 'locked';
  return known.encrypted ? 'unlocked' : 'closed';
}
