import { treeDifference } from '../hosts/compare/tree-difference.ts';
import { chooseCopy, type Copy } from '../planner/documents/chosen-copy.ts';
import { observedHeader } from '../planner/documents/status.ts';
import type { SnapshotsDiffDocument } from '../planner/model/comparison.ts';
import { success, type Result } from '../planner/model/result.ts';
import type { Spec, Sync } from '../planner/model/spec.ts';
import { namedSync } from './named.ts';
import { UsageError } from './usage-error.ts';
import { observeWorld, folderOf, type Workspace } from './workspace.ts';

/** A snapshot as somebody names it: which sync, and what follows the `@`; null for the latest. */
interface Wanted {
  sync: string;
  snapshot: string | null;
}

/**
 * What changed between two snapshots. Findings that are no errors: a snapshot is not here.
 *
 * @param older of which `null` is the one before the latest
 * @param limit of the entries that are named
 * @throws UsageError for syncs without snapshots, and for two that are on different machines
 */
export async function compared(
  workspace: Workspace,
  older: Wanted,
  newer: Wanted,
  limit: number,
): Promise<Result<SnapshotsDiffDocument>> {
  const { spec } = workspace;
  const [oneSync, otherSync] = [syncNamed(spec, older.sync), syncNamed(spec, newer.sync)];
  const { facts } = await observeWorld(workspace, [oneSync.name, otherSync.name]);
  const from = chooseCopy({ spec, facts }, oneSync, older.snapshot ?? '-2');
  if (!from.ok) return from;
  const to = chooseCopy({ spec, facts }, otherSync, newer.snapshot);
  if (!to.ok) return to;
  if (from.value.host !== to.value.host) throw new UsageError('The two snapshots are on different machines.');
  const { transport, path } = folderOf(workspace, from.value);
  const seen = await treeDifference(transport, path, to.value.path, limit);
  if (!seen.ok) return seen;
  return success({
    formatVersion: '1.0',
    ...observedHeader(spec, facts, { findings: [] }),
    ...{ from: nameOf(from.value), to: nameOf(to.value), ...seen.value },
  });
}

function syncNamed(spec: Spec, name: string): Sync {
  const sync = namedSync(spec, name);
  if (sync.snapshots.mode === 'none') throw new UsageError(`${name} makes no snapshots.`);
  return sync;
}

function nameOf({ sync, snapshot }: Copy): { sync: string; snapshot: string } {
  return { sync, snapshot: snapshot ?? '' };
}
