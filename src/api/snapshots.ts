import { snapshotsDocument } from '../planner/documents/snapshots.ts';
import type { SnapshotsDocument } from '../planner/model/documents.ts';
import type { Planned } from './plan-backup.ts';
import type { Workspace } from './workspace.ts';

/** @param pruning a plan of what pruning does now */
export function snapshotsOf({ spec }: Workspace, { plan, facts }: Planned): SnapshotsDocument {
  return snapshotsDocument(spec, facts, plan);
}
