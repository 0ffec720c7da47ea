import type { DriveFacts } from '../planner/model/facts.ts';
import type { DriveNote } from '../planner/model/stored.ts';

/** A drive of a host, by the UUID of its device. */
export interface DriveKey {
  host: string;
  uuid: string;
}

/** Kept from run to run and shared by all runs of a user. Its functions throw what the system reports. */
export interface DriveBook {
  /** Runs an action while no other run opens or closes the drive; `ok: false` when that could not be had. */
  alone<T>(
    key: DriveKey,
    signal: AbortSignal,
    action: () => Promise<T>,
  ): Promise<{ ok: true; value: T } | { ok: false; message: string }>;
  /** What is true of the drive as it is now; null when nbkp has opened nothing of it. */
  note(key: DriveKey, facts: DriveFacts): DriveNote | null;
  /** `run` becomes this one. */
  write(key: DriveKey, note: Omit<DriveNote, 'run'> | null): void;
  /** Other runs that use the drive now. */
  others(key: DriveKey): string[];
  /** This run uses the drive no more. */
  leave(key: DriveKey): void;
}
