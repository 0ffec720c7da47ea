import { btrfsPlanning } from '../planner/kinds/btrfs/planning.ts';
import { hardLinkPlanning } from '../planner/kinds/hard-link/planning.ts';
import { commandPlanning } from '../planner/kinds/command/planning.ts';
import { preparePlanning } from '../planner/purposes/prepare.ts';
import { recoverPlanning } from '../planner/purposes/recover.ts';
import { udisksPlanning } from '../planner/kinds/drive/planning.ts';
import { API_VERSION, type Executor } from './contract.ts';
import { sequence } from './kinds/command/run-commands.ts';
import { applyHistory } from './kinds/snapshot/apply.ts';
import { rsyncExecutor } from './kinds/rsync/index.ts';
import { restoreExecutor } from './kinds/restore/apply.ts';
import { applyUdisks } from './kinds/drive/apply.ts';

/** The executors that come with nbkp. */
export const BUILT_IN: readonly Executor[] = [
  rsyncExecutor,
  restoreExecutor,
  { apiVersion: API_VERSION, planning: hardLinkPlanning, apply: applyHistory },
  { apiVersion: API_VERSION, planning: btrfsPlanning, apply: applyHistory },
  { apiVersion: API_VERSION, planning: udisksPlanning, apply: applyUdisks },
  { apiVersion: API_VERSION, planning: commandPlanning, apply: sequence('hook-failed') },
  { apiVersion: API_VERSION, planning: preparePlanning, apply: sequence('prepare-failed') },
  { apiVersion: API_VERSION, planning: recoverPlanning, apply: sequence('recover-failed') },
];
