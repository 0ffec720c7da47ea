import type { ObservedDocument } from './documents.ts';

/** `nbkp snapshots diff`: what changed between two snapshots. */
export interface SnapshotsDiffDocument extends ObservedDocument {
  from: SnapshotName;
  to: SnapshotName;
  added: Tally;
  removed: Tally;
  changed: Tally;
  /** The largest first, at most as many as `--limit` asks for. */
  entries: EntryChange[];
  /** There are more than `entries` holds. */
  truncated: boolean;
}

export interface SnapshotName {
  sync: string;
  snapshot: string;
}

export interface Tally {
  /** Of all kinds. */
  entries: number;
  /** Of what was added or changed as it is in `to`, of what was removed as it was in `from`. */
  bytes: number;
}

export interface EntryChange {
  change: 'added' | 'removed' | 'changed';
  /** Relative to the snapshot. Bytes that are no visible UTF-8 are escaped as rsync does: `\#012` for a newline. */
  path: string;
  /** In what the two differ; empty unless `changed`. */
  differs: EntryAspect[];
  /** Null for what was added. */
  before: EntryState | null;
  /** Null for what was removed. */
  after: EntryState | null;
}

export type EntryAspect = 'type' | 'size' | 'mode' | 'owner' | 'time' | 'target';

export interface EntryState {
  type: 'file' | 'directory' | 'symlink' | 'other';
  /** Bytes; 0 for what is no file. */
  size: number;
  /** Octal: `644`. */
  mode: string;
  /** Numbers: `1000:1000`. */
  owner: string;
  /** ISO 8601, UTC; null for a directory: it changes with every entry that comes or goes. */
  time: string | null;
  /** Of a symbolic link. */
  target?: string;
}
