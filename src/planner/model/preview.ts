import type { AtTarget, CountedPaths } from './at-target.ts';
import type { Change } from './max-change.ts';
import type { MovedFiles } from './event.ts';
import type { LossDetails } from './max-delete.ts';

/** A dry run of one transfer, compared with the last snapshot where there is one. */
export interface TransferPreview extends AtTarget {
  /** Regular files that would be transferred. */
  files: number;
  /** Their bytes ("Total transferred file size"). */
  bytes: number;
  /** Entries that would be created, of all kinds. */
  creates: number;
  /** Entries whose content or attributes would change. */
  updates: number;
  deletes: number;
  /** Regular files of which only mode, owner or the like differ, or all that are unchanged where no link leads to them, and their bytes. Absent when there are none. */
  attributes?: { files: number; bytes: number };
  /** Entries of what it was compared with that the new state would lack, by path and kind. Absent in older facts. */
  lost?: number;
  /** Of those, where they are too many. */
  lostInDetail?: LossDetails;
  /**
   * Files that seem to have another name or place only, which a run compares and copies where that is not so: they are not among
   * `files`. So many of `lost` are such files and their folders. Absent when there are none.
   */
  moved?: MovedFiles & { entries: number };
  /** Files that would get other content under their names. Absent without `policy.max-change`. */
  change?: Change;
  /** Entries of the source, and of what it was compared with. */
  sourceEntries: number;
  destinationEntries: number;
  /** The largest and the deleted entries, at most some hundreds; `truncated` when there were more. */
  items: PreviewItem[];
  truncated: boolean;
  /** The filter rules that it was made with. */
  filters?: string[];
  /** What the destination cannot hold, and so is no part of it. Absent when there is nothing. */
  leftOut?: LeftOut;
  /** Files whose times it cannot hold. Absent when there are none. */
  undated?: CountedPaths;
}

/** Entries of a source that a file system cannot hold, by why: a name that is another's there, its name, its size. */
export interface LeftOut {
  collides: CountedPaths;
  name: CountedPaths;
  size: CountedPaths;
}

export interface PreviewItem {
  change: 'create' | 'update' | 'delete';
  /** Relative to the source. Escaped as rsync escapes it: `\#012` for a newline. */
  path: string;
  /** Bytes. */
  size: number;
  /** rsync's `%i`, such as `>f.st......`. */
  code: string;
}
