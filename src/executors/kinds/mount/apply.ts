import type { VolumeFacts } from '../../../planner/model/facts.ts';
import { mountPlaceholder } from '../../../planner/model/step.ts';
import type { StepResult } from '../../contract.ts';
import { closeDrive } from '../drive/close.ts';
import { adopted, isOurs, newNote, NO_DRIVE, timeOf } from '../drive/note.ts';
import {
  withDriveAlone,
  driveFailure,
  lastOf,
  observeDrive,
  awaitOpened,
  runEach,
  notSeenOpen,
  type DriveStep,
} from '../drive/step.ts';

export const applyTakeOver = withDriveAlone(takeOver);

export const applyMount = withDriveAlone(mount);

export const applyUnmount = withDriveAlone(closeDrive);

/** Opens nothing: what a run has opened is from now on closed by the last that uses it, and that may be this one. */
async function takeOver(drive: DriveStep): Promise<StepResult> {
  const noted = adopted(drive, await observeDrive(drive));
  return { outcome: noted === null ? 'unneeded' : 'done', findings: [] };
}

async function mount(drive: DriveStep): Promise<StepResult> {
  const { params, context, key } = drive;
  const known = (path: string) => ({ findings: [], values: { [mountPlaceholder(params.volume)]: path } });
  const before = await observeDrive(drive);
  const there = mountedAt(before);
  if (there !== null) {
    return { outcome: adopted(drive, before)?.mounted == null ? 'unneeded' : 'done', ...known(there) };
  }
  const note = context.drives.note(key, before.drive ?? NO_DRIVE);
  const unlocked = note?.unlocked == null ? null : { ...note.unlocked, sequence: cleartextSequence(before) };
  const noted = { ...newNote(drive, before), unlocked };
  context.drives.write(key, { ...noted, mounted: { at: timeOf(drive) } });
  const result = lastOf(await runEach(drive));
  const path = await awaitOpened(drive, result, mountedAt);
  if (path !== null && isOurs(drive, result)) return { outcome: 'done', ...known(path) };
  if (path === null && result.code === 0) return notSeenOpen(drive, result);
  context.drives.write(key, unlocked === null ? null : noted);
  return path === null ? driveFailure(drive, result) : { outcome: 'unneeded', ...known(path) };
}

/** Where the drive is mounted; null when it is not. */
function mountedAt({ directory, drive }: VolumeFacts): string | null {
  const mount = directory?.mount;
  const uuid = drive?.cleartext?.uuid ?? drive?.devices[0]?.uuid;
  return mount != null && mount.uuid?.toLowerCase() === uuid?.toLowerCase() ? mount.target : null;
}

function cleartextSequence({ drive }: VolumeFacts): string | null {
  return drive?.cleartext?.sequence ?? null;
}
