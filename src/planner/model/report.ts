import type { SnapshotsDocument, StatusDocument } from './documents.ts';
import type { RunRecord } from './run.ts';
import type { SimulationDocument } from './simulation.ts';

/** What `nbkp report` is written from. */
export interface Report {
  status: StatusDocument;
  snapshots: SnapshotsDocument;
  simulation: SimulationDocument;
  /** Of the last runs, newest first. */
  records: readonly RunRecord[];
}
