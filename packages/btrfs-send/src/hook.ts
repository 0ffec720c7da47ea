import { API_VERSION, type Executor } from 'nbkp/executor';
import { applyReplica } from './apply.ts';
import { planning } from './planning.ts';

/** The executor `btrfs-send`. */
export const btrfsSend: Executor = { apiVersion: API_VERSION, planning, apply: applyReplica };

/** The oclif hook `nbkp:executors`. */
export default function executors(): Executor[] {
  return [btrfsSend];
}
