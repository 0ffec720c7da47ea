import { btrfsPlanning } from '../planner/kinds/btrfs/planning.ts';
import { commandPlanning } from '../planner/kinds/command/planning.ts';
import { udisksPlanning } from '../planner/kinds/drive/planning.ts';
import { lvmPlanning } from '../planner/kinds/lvm/planning.ts';
import { hardLinkPlanning } from '../planner/kinds/hard-link/planning.ts';
import { restorePlanning } from '../planner/kinds/restore/command.ts';
import { rsyncPlanning } from '../planner/kinds/rsync/planning.ts';
import type { ExecutorPlanning } from '../planner/model/executor.ts';
import { preparePlanning } from '../planner/kinds/create/planning.ts';
import { recoverPlanning } from '../planner/kinds/clean-up/planning.ts';
import type { Executor } from './contract.ts';
import { applyBtrfs } from './kinds/btrfs/apply.ts';
import { applyCleanUp } from './kinds/clean-up/apply.ts';
import { applyCommand } from './kinds/command/apply.ts';
import { applyCreate, applyRecord } from './kinds/create/apply.ts';
import { applyHardLink } from './kinds/hard-link/apply.ts';
import { applyMount, applyTakeOver, applyUnmount } from './kinds/mount/apply.ts';
import { applyPrune } from './kinds/prune/apply.ts';
import { applyRestore } from './kinds/restore/apply.ts';
import { applyJudge, applyTransfer } from './kinds/rsync/apply.ts';
import { applySourceCheck } from './kinds/source-snapshot/check.ts';
import { applySourceRelease, applySourceSnapshot, applyVolumeRelease } from './kinds/source-snapshot/apply.ts';
import { applyLock, applyUnlock } from './kinds/unlock/apply.ts';

type Apply = Executor['apply'];

/** The executors that come with nbkp: for each kind of step the half that plans it and what runs it. */
export const BUILT_IN: readonly Executor[] = [
  executor(rsyncPlanning, { transfer: applyTransfer, judge: applyJudge }),
  executor(restorePlanning, { restore: applyRestore }),
  executor(hardLinkPlanning, { snapshot: applyHardLink, prune: applyPrune }),
  executor(btrfsPlanning, {
    snapshot: applyBtrfs,
    prune: applyPrune,
    'source-snapshot': applySourceSnapshot,
    'source-release': applySourceRelease,
  }),
  executor(lvmPlanning, {
    'source-snapshot': applySourceSnapshot,
    'source-check': applySourceCheck,
    'source-release': applyVolumeRelease,
  }),
  executor(udisksPlanning, {
    'take-over': applyTakeOver,
    unlock: applyUnlock,
    mount: applyMount,
    unmount: applyUnmount,
    lock: applyLock,
  }),
  executor(commandPlanning, { command: applyCommand }),
  executor(preparePlanning, { create: applyCreate, record: applyRecord }),
  executor(recoverPlanning, { 'clean-up': applyCleanUp }),
];

function executor<K extends string>(planning: ExecutorPlanning<K>, kinds: Readonly<Record<K, Apply>>): Executor {
  const applies = new Map<string, Apply>(Object.entries(kinds));
  return {
    apiVersion: 2,
    planning,
    apply(step, context) {
      const apply = applies.get(step.kind);
      if (apply === undefined) throw new Error(`${planning.name} runs no steps of the kind ${step.kind}`);
      return apply(step, context);
    },
  };
}
