import { API_VERSION, type Executor } from 'nbkp/executor';
import { applyNotify } from './apply.ts';
import { planning } from './planning.ts';

/** The executor `notify`. */
export const notify: Executor = { apiVersion: API_VERSION, planning, apply: applyNotify };

/** The oclif hook `nbkp:executors`. */
export default function executors(): Executor[] {
  return [notify];
}
