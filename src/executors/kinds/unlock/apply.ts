import type { BlockDevice, VolumeFacts } from '../../../planner/model/facts.ts';
import { devicePlaceholder } from '../../../planner/model/step.ts';
import type { StepResult } from '../../contract.ts';
import { closeDrive } from '../drive/close.ts';
import { adopted, isOurs, newNote, timeOf } from '../drive/note.ts';
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

export const applyUnlock = withDriveAlone(unlock);

export const applyLock = withDriveAlone(closeDrive);

async function unlock(drive: DriveStep): Promise<StepResult> {
  const { params, context, key } = drive;
  const { volume, passphraseId } = params;
  if (passphraseId === null) throw new Error(`${drive.step.id} has no passphrase`);
  const before = await observeDrive(drive);
  const open = cleartextOf(before);
  if (open !== null) {
    const outcome = adopted(drive, before)?.unlocked == null ? 'unneeded' : 'done';
    return { outcome, findings: [], values: { [devicePlaceholder(volume)]: open.path } };
  }
  const missing = context.secretProblem(passphraseId);
  if (missing !== null) return { outcome: 'failed', findings: [{ ...missing, volume }] };
  context.drives.write(key, {
    ...newNote(drive, before),
    unlocked: { at: timeOf(drive), sequence: null },
  });
  const result = lastOf(await runEach(drive, passphraseId));
  const cleartext = await awaitOpened(drive, result, cleartextOf);
  if (cleartext !== null && isOurs(drive, result)) {
    return { outcome: 'done', findings: [], values: { [devicePlaceholder(volume)]: cleartext.path } };
  }
  if (cleartext === null && result.code === 0) return notSeenOpen(drive, result);
  context.drives.write(key, null);
  if (cleartext === null) return driveFailure(drive, result);
  return { outcome: 'unneeded', findings: [], values: { [devicePlaceholder(volume)]: cleartext.path } };
}

function cleartextOf({ drive }: VolumeFacts): BlockDevice | null {
  return drive?.cleartext ?? null;
}
