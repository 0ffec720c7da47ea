import { udisksParams } from '../../../planner/kinds/drive/planning.ts';
import { driveNotTouched } from '../../../planner/model/findings/drives.ts';
import type { Step } from '../../../planner/model/step.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { closeDrive } from './close.ts';
import type { DriveStep } from './drive-step.ts';
import { mount, takeOver, unlock } from './open.ts';

/**
 * Opens or closes a drive, while no other run does. What was open before is left as it is, so that a later release leaves
 * it too; what another run has opened is noted as used by this one as well, and the last of them closes it.
 */
export async function applyUdisks(step: Step, context: StepContext): Promise<StepResult> {
  const params = udisksParams(step.params);
  const drive = { step, params, key: { host: step.host, uuid: params.uuid }, context };
  const done = await context.drives.alone(drive.key, context.signal, () => applyAlone(drive));
  if (done.ok) return done.value;
  if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
  const { volume } = params;
  return { outcome: 'failed', findings: [{ ...driveNotTouched(volume, done.message), volume }] };
}

function applyAlone(drive: DriveStep): Promise<StepResult> {
  switch (drive.params.kind) {
    case 'take-over':
      return takeOver(drive);
    case 'unlock':
      return unlock(drive);
    case 'mount':
      return mount(drive);
    case 'unmount':
    case 'lock':
      return closeDrive(drive);
  }
}
