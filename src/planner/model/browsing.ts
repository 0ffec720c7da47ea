import type { EntryState } from './comparison.ts';
import type { ObservedDocument } from './documents.ts';

/** `nbkp ls`: what a folder of a copy holds. */
export interface ListDocument extends ObservedDocument {
  sync: string;
  /** Null for the copy of a sync that makes no snapshots. */
  snapshot: string | null;
  /** Relative to the copy, escaped as rsync does; empty for the top of it. */
  path: string;
  /** In the order of their names. The one that `path` names where that is no folder. */
  entries: ListedEntry[];
}

export interface ListedEntry extends EntryState {
  /** Bytes that are no visible UTF-8 are escaped as rsync does: `\#012` for a newline. */
  name: string;
  /** ISO 8601, UTC. */
  time: string;
}
