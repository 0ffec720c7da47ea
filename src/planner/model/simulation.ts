import type { ObservedDocument } from './documents.ts';
import type { Code } from './finding.ts';
import type { Keep } from './spec.ts';

/** `nbkp snapshots simulate`: what retention keeps on the days to come. */
export interface SimulationDocument extends ObservedDocument {
  /** How many days after today. */
  days: number;
  syncs: SyncSimulation[];
  /** Where the snapshots are. */
  volumes: VolumeSimulation[];
}

export interface SyncSimulation {
  name: string;
  destination: string;
  mode: string;
  /** Why nothing can be said; `days` is empty then. */
  reason?: string;
  /** Code of the finding that is behind `reason`. */
  code?: Code;
  /** The rules that it is reckoned with; null keeps everything. */
  keep: Keep | null;
  /** Milliseconds between snapshots: the median of the last ten gaps; a day where all were made within an hour. */
  every: number;
  /** Bytes that a run copies: the median of its last ten that made a snapshot. Null where there are fewer than three. */
  growth: number | null;
  /** How many runs that is of. */
  runs: number;
  /** Today and the days to come, in the time zone of `keep`. Fewer where more than 20,000 snapshots would be made. */
  days: SimulatedDay[];
}

/** The end of a day. */
export interface SimulatedDay {
  /** ISO 8601: `2026-12-01`. */
  day: string;
  /** How many are there. */
  snapshots: number;
  /** The day of the oldest one. */
  oldest: string | null;
  /** About what those take that are older than the latest: `growth` each. Null where that is not known. */
  bytes: number | null;
}

export interface VolumeSimulation {
  name: string;
  /** Now; null when it is not known. */
  freeBytes: number | null;
  /** How many days after today all of its syncs could be reckoned. */
  days: number;
  /** What is left of it on the last of these days. Null where the growth of one of its syncs is not known. Below 0: it does not fit. */
  freeAtEnd: number | null;
  /** The first day on which it does not fit. */
  fullOn: string | null;
}
