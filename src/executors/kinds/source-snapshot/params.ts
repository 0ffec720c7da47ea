import { isSourceSnapshot, type SourceSnapshotParams } from '../../../planner/kinds/source-snapshot/commands.ts';
import { isLvmSnapshot, type LvmSnapshotParams } from '../../../planner/kinds/source-snapshot/lvm-commands.ts';
import type { Step } from '../../../planner/model/step.ts';

export function subvolumeParams({ id, params }: Step): SourceSnapshotParams {
  if (!isSourceSnapshot(params)) throw new Error(`the params of ${id} are not those of a snapshot of a source`);
  return params;
}

export function volumeParams({ id, params }: Step): LvmSnapshotParams {
  if (!isLvmSnapshot(params)) throw new Error(`the params of ${id} are not those of a snapshot of a logical volume`);
  return params;
}

export function isVolume({ params }: Step): boolean {
  return isLvmSnapshot(params);
}
