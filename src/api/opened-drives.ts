import { hostname } from 'node:os';
import type { DriveKey } from '../store/drive-notes.ts';
import { driveBook, openedDrive, type RunsDrives } from '../store/drive-book.ts';
import { asWarning, type Finding } from '../planner/model/finding.ts';
import type { Facts, VolumeFacts } from '../planner/model/facts.ts';
import type { Plan } from '../planner/model/plan.ts';
import type { Spec, Volume } from '../planner/model/spec.ts';
import { newRunId } from '../store/run-id.ts';
import { unwritable } from '../store/state-directory.ts';
import type { Workspace } from './workspace.ts';

/** Facts with what runs have opened and not closed again. */
export function withOpened({ spec, state }: { spec: Spec; state: string }, facts: Facts): Facts {
  const volumes = Object.entries(facts.volumes).map(([name, seen]): [string, VolumeFacts] => {
    const key = keyOf(spec.volumes[name]);
    const opened = key === null || seen.drive === undefined ? undefined : openedDrive(state, key, seen.drive);
    return [
      name,
      opened === undefined || seen.drive === undefined ? seen : { ...seen, drive: { ...seen.drive, opened } },
    ];
  });
  return { ...facts, volumes: Object.fromEntries(volumes) };
}

/** The drives that the steps of a plan are about or work on. */
export function driveKeys(spec: Spec, { steps, syncs }: Plan): DriveKey[] {
  const planned = syncs.filter(({ state }) => state === 'planned').flatMap(({ name }) => spec.syncs[name] ?? []);
  const names = [
    ...steps.flatMap(({ volume }) => volume ?? []),
    ...planned.flatMap(({ source, destination }) => [source.volume, destination.volume]),
  ];
  return [...new Set(names)].flatMap((name) => keyOf(spec.volumes[name]) ?? []);
}

/** Null for a volume that is no drive. */
export function keyOf(volume: Volume | undefined): DriveKey | null {
  return volume?.mount == null ? null : { host: volume.host, uuid: volume.mount.deviceUuid };
}

/** The command counts as one that uses the drives: no run closes them meanwhile. */
export function bookOf({ state, local, now: clock }: Workspace, command: readonly string[]): RunsDrives {
  const now = clock();
  const about = { pid: process.pid, host: hostname(), startedAt: new Date(now).toISOString() };
  return driveBook(state, local, { ...about, run: newRunId(now), command: command.join(' ') });
}

/** Before anything is touched: no other run closes the drives of this one. */
export function useDrives({ state }: { state: string }, drives: RunsDrives, keys: readonly DriveKey[]): Finding | null {
  try {
    drives.use(keys);
    return null;
  } catch (error) {
    return unwritable(state, error);
  }
}

/** A note that stays behind names a process that is gone: it keeps nobody from closing the drive. */
export function endDrives({ state }: { state: string }, drives: RunsDrives): Finding[] {
  try {
    drives.end();
    return [];
  } catch (error) {
    return [asWarning(unwritable(state, error))];
  }
}
