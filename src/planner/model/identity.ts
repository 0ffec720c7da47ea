import type { Instant } from './instant.ts';

/** What the sentinels of a folder say of whose place it is. A property is absent where nobody could look. */
export interface IdentityFacts {
  /** The id in `.nbkp-src`; null when it has none. */
  source?: string | null;
  /** What is in `.nbkp-src` is no id. */
  sourceDamaged?: true;
  /** What `.nbkp-dst` says; null when it is empty or not there. */
  owner?: Owner | null;
  /** What `.nbkp-last.json` says; null when it is empty, damaged or not there. */
  last?: NotedSuccess | null;
  /** The first of these files that a newer nbkp has written, in a format that this one does not know. */
  newer?: NewerMark;
}

/** A file that a newer nbkp has written. */
export interface NewerMark {
  /** Such as `.nbkp-dst`. */
  name: string;
  /** Such as `2.0`. */
  format: string;
}

/**
 * The last success of a sync, as it is noted at its destination: `.nbkp-last.json`. Whoever can write there may have
 * written it.
 */
export interface NotedSuccess {
  /** @pattern ^1\.\d+$ */
  formatVersion: string;
  /**
   * The id of the source.
   *
   * @minLength 1
   * @maxLength 5000
   */
  source: string;
  at: Instant;
  /**
   * Its name; absent without snapshots.
   *
   * @pattern ^\d{4}-\d\d-\d\dT\d\d[:-]\d\d[:-]\d\d\.\d{3}Z$
   */
  snapshot?: string;
}

/** Whose copy a destination is. */
export interface Owner {
  /** The id of the source that is backed up there; null when what the file says cannot be read. */
  source: string | null;
  /** For people: where the backup came from. Empty when it is not said. */
  machine: string;
  spec: string;
  sync: string;
  /** What the copy keeps. Absent where that was never decided, as at destinations of older versions. */
  options?: CopyOptions;
}

/** What a copy keeps of its source, as it was decided when its destination was prepared: no run keeps more. */
export interface CopyOptions {
  keeps: Cargo[];
  /** Seconds by which two times may differ and still be one; 0 for none. */
  modifyWindow: number;
}

/** Something that a copy may keep besides names, contents and times. */
export type Cargo =
  | 'owners'
  | 'permissions'
  | 'links'
  /** Devices, sockets and named pipes. */
  | 'specials'
  | 'hard-links'
  | 'acls'
  | 'xattrs'
  | 'holes'
  /** Owners by number, whatever name that number has there. */
  | 'numeric-ids';
