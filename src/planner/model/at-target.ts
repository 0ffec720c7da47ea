/** What a restore has found where it copies to. Absent for a backup. */
export interface AtTarget {
  /** What would have to give way at its target to an entry of another kind. */
  inTheWay?: CountedPaths;
  /** What differs there and stays as it is. */
  kept?: CountedPaths;
  /** Links there where the snapshot has folders, through which nothing is written. */
  linksLeft?: CountedPaths;
  /** Destinations of syncs that it would write into. */
  backups?: CountedPaths;
  /** Folders that it reaches through links, and what is copied to each. */
  linked?: RestorePart[];
}

/** How many, and the first few: relative, escaped as rsync escapes them. */
export interface CountedPaths {
  count: number;
  paths: string[];
}

/** A folder of a snapshot, and where it goes to. */
export interface RestorePart {
  /** Relative to the snapshot; empty for the snapshot itself. */
  below: string;
  /** Absolute. */
  to: string;
  /** What is restored of it: relative to `below`, bytes that are no text escaped as rsync escapes them; empty for all of it. */
  paths: string[];
}
