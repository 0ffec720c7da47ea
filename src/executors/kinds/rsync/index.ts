import { rsyncPlanning } from '../../../planner/kinds/rsync/planning.ts';
import { API_VERSION, type Executor } from '../../contract.ts';
import { applyTransfer } from './apply.ts';

/** Copies a directory with rsync. */
export const rsyncExecutor: Executor = {
  apiVersion: API_VERSION,
  planning: rsyncPlanning,
  apply: applyTransfer,
};
