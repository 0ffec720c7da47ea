import { btrfsPlanning } from '../planner/build/snapshot/btrfs.ts';
import { hardLinkPlanning } from '../planner/build/snapshot/hard-link.ts';
import { commandPlanning } from '../planner/build/hooks.ts';
import { preparePlanning } from '../planner/build/prepare.ts';
import { recoverPlanning } from '../planner/build/recover.ts';
import { udisksPlanning } from '../planner/build/udisks.ts';
import { API_VERSION, type Executor } from './contract.ts';
import { sequence } from './run-commands.ts';
import { applyHistory } from './snapshot/apply.ts';
import { rsyncExecutor } from './transfer/index.ts';
import { restoreExecutor } from './transfer/restore.ts';
import { applyUdisks } from './udisks/apply.ts';

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
