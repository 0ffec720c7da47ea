import type { OpenedDrive, VolumeFacts } from '../../model/facts.ts';
import type { Volume } from '../../model/spec.ts';
import { plannedStep, type Precondition, type Step } from '../../model/step.ts';
import { absence } from '../../volumes/absence.ts';
import { driveState } from '../../volumes/drive.ts';
import { pointer } from '../../model/pointer.ts';
import {
  udisksCommands,
  udisksPlanning,
  UDISKS_VERSION,
  type UdisksIntent,
  type UdisksKind,
  type UdisksParams,
} from './planning.ts';

/** What opens a drive, in order, and what closes it again: each release names the step that it undoes. */
export interface Scope {
  acquire: Step[];
  release: Step[];
}

/** A drive that is plugged in, as the planner sees it. */
export interface KnownDrive {
  volume: Volume;
  /** UUID of the device: of the LUKS container where there is one. */
  uuid: string;
  /** UUID of the file system; null while it is locked. */
  fileSystem: string | null;
  encrypted: boolean;
  /** Its device is what an unlocked container shows, or stands on that, and the spec does not name the container. */
  inContainer: boolean;
  /** Where it is mounted; null when it is not. */
  target: string | null;
  opened: OpenedDrive | null;
}

/** Null for a drive that is not there, or cannot be used. */
export function knownDrive(volume: Volume, observed: VolumeFacts): KnownDrive | null {
  const drive = driveState(volume, observed);
  if (drive.state !== 'present') return null;
  const { device, cleartext, locked } = drive;
  return {
    volume,
    uuid: device.uuid,
    fileSystem: locked ? null : (cleartext ?? device).uuid,
    encrypted: volume.mount?.encryption != null,
    inContainer: device.type === 'crypt' || device.inContainer === true,
    target: absence(volume, observed) === null ? (observed.directory?.mount?.target ?? null) : null,
    opened: observed.drive?.opened ?? null,
  };
}

/** Is it open because a run has opened it, one that ended without closing it or that has not ended yet? */
function isTakenOver({ opened, target }: KnownDrive): boolean {
  if (opened === null || opened.kept) return false;
  return target === null ? opened.unlockedAt !== null : opened.mountedAt !== null;
}

/**
 * Opens what of the drive is not open, and closes just what nbkp has opened.
 *
 * @param reason why it is opened
 */
export function scopeOf(drive: KnownDrive, intent: 'scope' | 'keep', reason: string): Scope {
  const { name } = drive.volume;
  const takesOver = isTakenOver(drive);
  const step = (kind: UdisksKind, words: Words): Step => driveStep(drive, kind, intent, words);
  const acquire: Step[] = [];
  const next = (kind: UdisksKind, summary: string, why = reason): void => {
    const before = acquire.at(-1);
    acquire.push(step(kind, { summary, reason: why, dependsOn: before === undefined ? [] : [before.id] }));
  };
  if (takesOver) next('take-over', `use the drive ${name}, which is open`, takeOverReason(drive, reason));
  if (drive.fileSystem === null) next('unlock', `unlock the drive ${name}`);
  if (drive.target === null) next('mount', `mount the drive ${name}`);
  const by = (kind: UdisksKind): string | undefined =>
    acquire.find((other) => other.kind === kind)?.id ?? (takesOver ? `take-over:${name}` : undefined);
  const unmounts = by('mount');
  const locks = drive.fileSystem === null || drive.opened?.unlockedAt != null ? by('unlock') : undefined;
  if (intent === 'keep') return { acquire, release: [] };
  return { acquire, release: releases(drive, 'scope', { unmount: unmounts, lock: locks }, 'as it was before') };
}

/** Closes a drive that this plan did not open: steps of their own, not releases. */
export function closingOf(drive: KnownDrive, intent: 'scope' | 'close', reason: string): Step[] {
  const { target, fileSystem, encrypted, opened } = drive;
  const ours = intent === 'close';
  const unmount = target !== null && (ours || opened?.mountedAt != null) ? null : undefined;
  const lock = encrypted && fileSystem !== null && (ours || opened?.unlockedAt != null) ? null : undefined;
  return releases(drive, intent, { unmount, lock }, reason);
}

/** For each: the step that it undoes; null for none; undefined when it is not needed. */
interface Undone {
  unmount: string | null | undefined;
  lock: string | null | undefined;
}

function releases(drive: KnownDrive, intent: UdisksIntent, undone: Undone, reason: string): Step[] {
  const { name } = drive.volume;
  const words = (kind: 'unmount' | 'lock', dependsOn: string[]): Words => {
    const releasing = undone[kind] ?? null;
    return {
      ...{ summary: `${kind} the drive ${name}`, reason, dependsOn },
      ...(releasing === null ? {} : { releases: releasing }),
    };
  };
  const unmount = undone.unmount === undefined ? [] : [driveStep(drive, 'unmount', intent, words('unmount', []))];
  const before = unmount.map(({ id }) => id);
  return undone.lock === undefined ? unmount : [...unmount, driveStep(drive, 'lock', intent, words('lock', before))];
}

function takeOverReason({ opened }: KnownDrive, reason: string): string {
  const users = opened?.users ?? [];
  const who = users.length === 0 ? `run ${opened?.run ?? ''} had opened it` : `run ${users.join(', ')} uses it`;
  return `${reason}; ${who}, and the last that uses it closes it`;
}

type Words = Pick<Step, 'summary' | 'reason' | 'dependsOn'> & Partial<Pick<Step, 'releases'>>;

function driveStep(drive: KnownDrive, kind: UdisksKind, intent: UdisksIntent, words: Words): Step {
  const { volume, uuid, fileSystem, target } = drive;
  const passphraseId = volume.mount?.encryption?.passphraseId ?? null;
  const params: UdisksParams = { kind, volume: volume.name, uuid, fileSystem, passphraseId, target, intent };
  const acquires = kind !== 'unmount' && kind !== 'lock';
  return plannedStep({
    id: `${kind}:${volume.name}`,
    kind,
    executor: { name: udisksPlanning.name, version: UDISKS_VERSION },
    volume: volume.name,
    host: volume.host,
    action: acquires ? 'acquire' : 'release',
    ...words,
    preconditions: acquires ? preconditions(drive, kind) : [],
    commands: udisksCommands(params),
    ...(kind === 'unlock' && passphraseId !== null ? { secrets: [passphraseId] } : {}),
    params: { ...params },
  });
}

function preconditions({ volume, uuid, target }: KnownDrive, kind: UdisksKind): Precondition[] {
  const here: Precondition = {
    fact: pointer('volumes', volume.name, 'drive', 'devices', '0', 'uuid'),
    check: 'equals',
    value: uuid,
    description: `the UUID of the drive ${volume.name}`,
  };
  if (kind !== 'take-over' || target === null) return [here];
  const there: Precondition = {
    fact: pointer('volumes', volume.name, 'directory', 'mount', 'target'),
    check: 'equals',
    value: target,
    description: `where ${volume.name} is mounted`,
  };
  return [here, there];
}
