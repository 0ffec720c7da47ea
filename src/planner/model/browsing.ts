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

/** `nbkp find`: where a name is, in all copies that are here. */
export interface FindDocument extends ObservedDocument {
  pattern: string;
  /** How many snapshots, and copies of syncs without any, were looked through. */
  searched: number;
  /** By sync, path, and the newest first. */
  versions: FoundVersion[];
}

/** One state of an entry. In hard-link snapshots one inode of one size and time is a version, elsewhere one size and time. */
export interface FoundVersion {
  sync: string;
  /** Relative to the snapshot, escaped as rsync does. */
  path: string;
  type: EntryState['type'];
  /** Bytes; 0 for what is no file. */
  size: number;
  /** ISO 8601, UTC. */
  time: string;
  /** Of a symbolic link. */
  target?: string;
  /** Which hold it, oldest first; empty for the copy of a sync that makes none. */
  snapshots: string[];
}
