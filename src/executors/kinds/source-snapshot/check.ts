import {
  lookCommand,
  mountedCommand,
  type LvmSnapshotParams,
} from '../../../planner/kinds/source-snapshot/lvm-commands.ts';
import { brokenVolume } from '../../../planner/kinds/source-snapshot/lvm-volumes.ts';
import { sourceSnapshotBroken, sourceSnapshotFull } from '../../../planner/model/findings/source-snapshots.ts';
import type { Step } from '../../../planner/model/step.ts';
import type { StepContext, StepResult } from '../../contract.ts';
import { volumeParams } from './params.ts';

/** Looks whether what the transfer has read was whole to the end: a snapshot that is full reads as errors, or as nothing. */
export async function applySourceCheck(step: Step, context: StepContext): Promise<StepResult> {
  const params = volumeParams(step);
  const volume = nameOf(params);
  const { code } = await context.run(mountedCommand(params));
  const state = await stateOf(params, context);
  if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
  if (state === 'full') return { outcome: 'failed', findings: [sourceSnapshotFull({ volume })] };
  if (state === null && code === 0) return { outcome: 'done', findings: [] };
  const why = state === null ? 'it is not mounted any more' : 'LVM cannot use it';
  return { outcome: 'failed', findings: [sourceSnapshotBroken({ volume, why })] };
}

/** Null when it is whole. */
export async function stateOf(
  params: LvmSnapshotParams,
  context: StepContext,
): Promise<ReturnType<typeof brokenVolume>> {
  const chunks: Buffer[] = [];
  const { code } = await context.run(lookCommand(params), { onStdout: (chunk) => chunks.push(chunk) });
  return code === 0 ? brokenVolume(Buffer.concat(chunks).toString('utf8')) : 'unusable';
}

/** The id of the step that looks, for that of another step of its sync. */
export function checkOf({ sync = '' }: Step): string {
  return `source-check:${sync}`;
}

export function nameOf({ group, origin }: LvmSnapshotParams): string {
  return `${group}/${origin}`;
}
