import type { DriveFacts, VolumeFacts } from '../../../planner/model/facts.ts';
import type { ProcessResult } from '../../../hosts/transport/transport.ts';
import type { DriveNote } from '../../../planner/model/stored.ts';
import type { DriveStep } from './step.ts';

export const NO_DRIVE: DriveFacts = { devices: [], cleartext: null, namesake: null };

/**
 * The drive was closed before and is open now: by our command, unless that says that somebody else was faster. One that
 * was ended by a signal may have done its work.
 */
export function isOurs({ context }: DriveStep, { code, timedOut }: ProcessResult): boolean {
  return code === 0 || timedOut || context.signal.aborted;
}

/** What nbkp has opened of a drive that is open, which this run may close as well; null when others have opened it. */
export function adopted({ params, context, key }: DriveStep, { drive }: VolumeFacts): DriveNote | null {
  const note = context.drives.note(key, drive ?? NO_DRIVE);
  if (note !== null && params.intent === 'keep' && !note.kept) context.drives.write(key, { ...note, kept: true });
  return note;
}

export function newNote({ params }: DriveStep, { drive }: VolumeFacts): Omit<DriveNote, 'run'> {
  return {
    sequence: drive?.devices[0]?.sequence ?? null,
    unlocked: null,
    mounted: null,
    kept: params.intent === 'keep',
  };
}

export function timeOf({ context }: DriveStep): string {
  return new Date(context.now()).toISOString();
}
