import { listAt } from '../hosts/browse/list-at.ts';
import { escapeName, unescapeName } from '../hosts/rsync/names.ts';
import { chooseCopy, type Copy } from '../planner/documents/chosen-copy.ts';
import { copyName } from '../planner/model/copy-name.ts';
import { observedHeader } from '../planner/documents/status.ts';
import type { ListDocument } from '../planner/model/browsing.ts';
import type { Facts } from '../planner/model/facts.ts';
import { restorePathInvalid } from '../planner/model/findings/destinations.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { endpointKey, type Sync } from '../planner/model/spec.ts';
import { isInside, pathsInSnapshot } from '../planner/purposes/restore.ts';
import { observeWorld, folderOf, type Workspace } from './workspace.ts';

export interface Wanted {
  /** What follows the `@` of `SYNC@SNAPSHOT`; null for the latest. */
  snapshot: string | null;
  /** In the snapshot, or the full path in the source; undefined for all. */
  path: string | undefined;
}

/** Lists a folder of a snapshot. Findings that are no errors: the snapshot is not here. */
export async function listed(workspace: Workspace, sync: Sync, wanted: Wanted): Promise<Result<ListDocument>> {
  const located = await locatedIn(workspace, sync, wanted);
  if (!located.ok) return located;
  const { facts, copy, bytes } = located.value;
  const listing = await listAt(folderOf(workspace, copy), copyName(copy), bytes);
  if (!listing.ok) return listing;
  return success({
    formatVersion: '1.0',
    ...observedHeader(workspace.spec, facts, { findings: [] }),
    ...{ sync: sync.name, snapshot: copy.snapshot, path: escapeName(bytes) },
    entries: listing.value,
  });
}

interface Located {
  facts: Facts;
  copy: Copy;
  /** Relative to the copy, one character for each byte (latin1). */
  bytes: string;
}

/** Which copy is meant, and where in it. Looks at nothing in the copy. */
export async function locatedIn(workspace: Workspace, sync: Sync, wanted: Wanted): Promise<Result<Located>> {
  const { spec } = workspace;
  const { facts } = await observeWorld(workspace, [sync.name]);
  const copy = chooseCopy({ spec, facts }, sync, wanted.snapshot);
  if (!copy.ok) return copy;
  const source = facts.endpoints[endpointKey(sync.source)];
  const [path = ''] = wanted.path === undefined ? [] : pathsInSnapshot([wanted.path], source);
  if (!isInside(path)) return failure(restorePathInvalid(path));
  const bytes = unescapeName(path).replace(/^(\.?\/+)+|\/+$/g, '');
  return success({ facts, copy: copy.value, bytes });
}
