import { listAt } from '../hosts/browse/list-at.ts';
import { escapeName, unescapeName } from '../hosts/rsync/names.ts';
import { chooseCopy, copyName } from '../planner/documents/chosen-copy.ts';
import { observedHeader } from '../planner/documents/status.ts';
import type { ListDocument } from '../planner/model/browsing.ts';
import { restorePathInvalid } from '../planner/model/findings/destinations.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { endpointKey, type Sync } from '../planner/model/spec.ts';
import { isInside, pathsInSnapshot } from '../planner/purposes/restore.ts';
import { observeWorld, placeOf, type Workspace } from './workspace.ts';

interface Wanted {
  /** What follows the `@` of `SYNC@SNAPSHOT`; null for the latest. */
  snapshot: string | null;
  /** In the snapshot, or the full path in the source; undefined for all. */
  path: string | undefined;
}

/** Lists a folder of a snapshot. Findings that are no errors: the snapshot is not here. */
export async function listed(workspace: Workspace, sync: Sync, wanted: Wanted): Promise<Result<ListDocument>> {
  const { spec } = workspace;
  const { facts } = await observeWorld(workspace, [sync.name]);
  const copy = chooseCopy({ spec, facts }, sync, wanted.snapshot);
  if (!copy.ok) return copy;
  const source = facts.endpoints[endpointKey(sync.source)];
  const [path = ''] = wanted.path === undefined ? [] : pathsInSnapshot([wanted.path], source);
  if (!isInside(path)) return failure(restorePathInvalid(path));
  const bytes = unescapeName(path).replace(/^(\.?\/+)+|\/+$/g, '');
  const listing = await listAt(placeOf(workspace, copy.value), copyName(copy.value), bytes);
  if (!listing.ok) return listing;
  return success({
    formatVersion: '1.0',
    ...observedHeader(spec, facts, { findings: [] }),
    ...{ sync: sync.name, snapshot: copy.value.snapshot, path: escapeName(bytes) },
    entries: listing.value,
  });
}
