import type { Facts } from '../planner/model/facts.ts';
import { hostAt, LOCAL_HOST } from '../planner/model/spec.ts';
import { readRun } from '../store/stored-runs.ts';
import type { Workspace } from './workspace.ts';

/** How long somebody waits for a plan that looks at files without being asked to. */
export const PATIENCE_MS = 10_000;

/**
 * Whether a look at the files of a sync is likely to be over before somebody loses patience: both ends are on this
 * machine, or the last transfer was, which looked at the same files.
 */
export function isQuick({ spec, state }: Workspace, { history }: Pick<Facts, 'history'>, name: string): boolean {
  const sync = spec.syncs[name];
  if (sync === undefined) return false;
  if ([sync.source, sync.destination].every(({ volume }) => hostAt(spec, volume) === LOCAL_HOST)) return true;
  const run = history[name]?.lastSuccess?.run ?? '';
  const stored = run === '' ? null : readRun(state, run);
  if (stored?.ok !== true) return false;
  const transfer = stored.value.record.steps.find(({ id }) => id === `transfer:${name}`);
  return transfer?.durationMs != null && transfer.durationMs <= PATIENCE_MS;
}
