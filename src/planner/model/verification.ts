import type { Code } from './finding.ts';
import type { ObservedDocument } from './documents.ts';

/** `nbkp verify`: whether copies still are what was copied. */
export interface VerifyDocument extends ObservedDocument {
  /** False when a file is rotten, differs or cannot be read. */
  ok: boolean;
  syncs: SyncVerification[];
}

export interface SyncVerification {
  name: string;
  destination: string;
  /** Null for a sync without snapshots. */
  snapshot: string | null;
  /** Of the copy; absolute. Null when it is not known. */
  path: string | null;
  /** Name of the executor that keeps the copy and has looked at all of it: then the counts say nothing, and are 0. */
  by?: string;
  /** `partly`: it was interrupted, and the next verification goes on from there; of an executor it begins anew. */
  state: 'verified' | 'partly' | 'absent' | 'failed';
  /** For `absent` and `failed`. */
  reason?: string;
  /** Code of the finding that is behind `reason`. */
  code?: Code;
  /** What a person can do about it. */
  help?: string;
  counts: VerifyCounts;
  /** Which of the samples this was, from 1, and how many there are; null when all files were read. */
  sample: { part: number; of: number } | null;
  /** At most 1,000. */
  problems: FileProblem[];
}

export interface VerifyCounts {
  /** Regular files to verify: all, or those of the sample. */
  total: number;
  /** Of these, those that were read so far. */
  files: number;
  /** Their bytes. */
  bytes: number;
  /** As recorded when they were copied. */
  recorded: number;
  /** Without record, but the same as in the source. */
  sameAsSource: number;
  /** Neither recorded nor to be compared: the source has changed since, or is not there; or it was removed meanwhile. */
  unknown: number;
  /** Rotten, different, unreadable, missing, extra or changed. */
  bad: number;
}

export interface FileProblem {
  /** Relative to the copy, escaped as rsync does under `LC_ALL=C`. */
  path: string;
  /**
   * `rotten`: it is not what was copied. `differs`: its content is not that of the source, although size and time
   * are the same, and nothing says which of the two changed. `unreadable`: the system could not read it.
   * `missing`, `extra`, `changed`: not there, only there, or of another kind, size, time or target than in the source,
   * where nothing has changed since the copy was made.
   */
  problem: 'rotten' | 'differs' | 'unreadable' | 'missing' | 'extra' | 'changed';
  /** Of a rotten file: whether the source still has what was copied. */
  source?: 'intact' | 'changed' | 'absent';
}

export interface CopiedFile {
  /** Relative to the copy, as rsync escapes it under `LC_ALL=C`: ASCII, `\#012` for a newline. */
  path: string;
  /** Bytes. */
  size: number;
  /** When it was last modified, in seconds since 1970 UTC. */
  time: number;
  /** Hexadecimal: xxh128 of its content, or MD5 where a rsync before 3.2 is at one end. */
  checksum: string;
}
