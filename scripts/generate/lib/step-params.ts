import type { UdisksParams } from '../../../src/planner/kinds/drive/planning.ts';
import type { PruneParams } from '../../../src/planner/kinds/prune/planning.ts';
import type { RestoreParams } from '../../../src/planner/kinds/restore/command.ts';
import type { TransferParams } from '../../../src/planner/kinds/rsync/params.ts';
import type { SnapshotParams } from '../../../src/planner/kinds/snapshot/common.ts';
import type { LvmSnapshotParams } from '../../../src/planner/kinds/source-snapshot/lvm-commands.ts';
import type { SourceSnapshotParams } from '../../../src/planner/kinds/source-snapshot/commands.ts';

/** What steps of the executors that come with nbkp were asked to do: one of these. */
export interface StepParams {
  transfer?: TransferParams;
  snapshot?: SnapshotParams;
  prune?: PruneParams;
  restore?: RestoreParams;
  drive?: UdisksParams;
  sourceSnapshot?: SourceSnapshotParams;
  lvmSnapshot?: LvmSnapshotParams;
}
