import type { ConditionFacts } from './conditions.ts';
import type { DriveFacts } from './drive-facts.ts';
import type { IdentityFacts } from './identity.ts';
import type { Instant } from './instant.ts';
import type { MountFacts } from './mount-facts.ts';
import type { Range } from './range.ts';
import type { HostRoute } from './route.ts';
import type { TransferPreview } from './preview.ts';

export type { BlockDevice, DriveFacts, OpenedDrive } from './drive-facts.ts';
export type { MountFacts } from './mount-facts.ts';
export type { LeftOut, PreviewItem, TransferPreview } from './preview.ts';

/**
 * What was observed of the world. Plain data: it can be written to a file and planned from elsewhere. Paths and names
 * are strings in which a byte that is not UTF-8 has become U+FFFD; such a path is never used for a write.
 */
export interface Facts {
  /** `1.0`. Ignore unknown properties, refuse an unknown major. */
  formatVersion: string;
  /** `observed` just now, `recorded` in a file, or `none`: the spec alone. */
  basis: 'observed' | 'recorded' | 'none';
  /** ISO 8601, UTC. The planner's only idea of now. */
  observedAt: string;
  machine: { hostname: string; user: string };
  /** By host id (`Volume.host`). */
  hosts: Record<string, HostFacts>;
  /** By volume name. A volume that is missing here was not asked about. */
  volumes: Record<string, VolumeFacts>;
  /** By endpoint key (`usb:photos`). Only endpoints of volumes whose directory is there. */
  endpoints: Record<string, EndpointFacts>;
  /**
   * Lines of filter files by path as written in the spec, empty in place of comments; null for a file that was not or could
   * not be read.
   */
  filterFiles: Record<string, string[] | null>;
  /** What stands against using some of them, besides that they could not be read. */
  filterProblems?: Record<string, FilterProblem>;
  /** What earlier runs of this spec recorded, by sync. */
  history: Record<string, SyncHistory>;
  /** Runs of this spec on this machine that are at work on a sync now, by sync. */
  running?: Record<string, RunAtWork>;
  /** What `restore` was asked for, by path: what of it is in the snapshot, escaped as rsync escapes it. */
  found?: Record<string, string[]>;
  /** What a dry run of a transfer reported, by sync. */
  previews: Record<string, TransferPreview>;
  /** What removing snapshots would give back, by sync; counted with the dry runs. */
  prunable?: Record<string, Prunable>;
  /** Answers to what executors have asked, by executor, sync and question. */
  answers?: Record<string, Record<string, Record<string, ExecutorAnswer>>>;
}

/** What a command that an executor asked for has said. */
export interface ExecutorAnswer {
  /** Null when it did not end by itself. */
  code: number | null;
  stdout: string;
  /** Why there is no answer, for people; null when there is one. */
  problem: string | null;
}

/** What removing just these snapshots gives back. */
export interface Prunable {
  snapshots: string[];
  /** `low` to `high`, since extents may be shared (btrfs). */
  bytes: Range;
}

export type HostFacts =
  | {
      reachable: false;
      reason: string;
      route?: HostRoute;
      /** It was reached and nothing was asked there: a system of which nbkp does not know how. Its name, as `uname -s` says it. */
      system?: string;
    }
  | {
      reachable: true;
      route?: HostRoute;
      os: 'linux' | 'darwin' | 'other';
      /** The host of the spec that is this same machine under another name. Absent when there is none. */
      sameAs?: string;
      /** Home of the user there, absolute. */
      home: string;
      user: string;
      uid: number;
      rsync: RsyncFacts | null;
      btrfs: boolean;
      /** Locks can be held there: by flock(1); on this machine by perl too, and on a server by /proc. */
      flock: boolean;
      /** Seconds that its clock is ahead of this machine's, behind if negative. Absent for this machine. */
      clockSkew?: number;
      /** `udisksctl` is there. Absent where nobody asked. */
      udisks?: boolean;
      /** `perl` is there. Absent where nobody asked. */
      perl?: boolean;
      /** Absent where nobody asked. */
      conditions?: ConditionFacts;
    };

export interface RsyncFacts {
  kind: 'rsync' | 'openrsync' | 'unknown';
  /** `3.2.7`; empty when it was not understood. */
  version: string;
  /** What it was built without. Absent when that is nothing, or nobody has looked. */
  lacks?: ('acls' | 'xattrs')[];
}

export interface VolumeFacts {
  /** Absolute, `~` expanded; null when the drive is not mounted and so the path is not known. */
  path: string | null;
  /** Null when there is no directory at `path`. */
  directory: DirectoryFacts | null;
  /** `.nbkp-vol` is there. */
  sentinel: boolean;
  /** What has that name and is no mark. Absent where nothing has. */
  notMark?: NoFile;
  /** Something is at `path` that is no directory. Absent where nothing is. */
  notFolder?: true;
  /** The mount point in fstab that holds `path` although nothing is mounted there. */
  unmountedFstabTarget: string | null;
  /** The drive of a volume with `mount`, as far as the host can say. */
  drive?: DriveFacts;
}

/** What a mark never is. */
export type NoFile = 'link' | 'folder' | 'other';

export interface DirectoryFacts {
  /** Absolute, without symlinks. */
  realPath: string;
  /** `st_dev` in decimal. Changes when a drive is plugged in again. */
  device: string;
  /** `st_ino` in decimal. */
  inode: string;
  /** `st_uid` in decimal. Absent in older records. */
  owner?: string;
  writable: boolean;
  /** No entries besides those whose names begin with `.nbkp-`. */
  empty: boolean;
  /** All that is in it is the `lost+found` that a new file system has. Absent when it is not. */
  newFileSystem?: true;
  /** The root of a btrfs subvolume. */
  subvolume: boolean;
  /** Null when the directory's file system is not in the mount table. */
  mount: MountFacts | null;
  /** Bytes that this user can still write. */
  freeBytes: number;
  totalBytes: number;
  /** Null when the file system does not count them (btrfs). */
  freeInodes: number | null;
}

export interface EndpointFacts {
  /** Absolute, `~` expanded, symlinks not resolved. */
  path: string;
  /** Null when there is no directory at `path`. */
  directory: DirectoryFacts | null;
  sentinels: { source: boolean; destination: boolean };
  /** What has the name of one of them and is none. Absent where nothing has. */
  notMarks?: { source?: NoFile; destination?: NoFile };
  /** Something is at `path` that is no directory. Absent where nothing is. */
  notFolder?: true;
  /** What they say. Absent where nobody has looked. */
  identity?: IdentityFacts;
  /** Whether the time of each sentinel has a fraction of a second, which only some file systems keep. */
  nanoseconds?: { source: boolean; destination: boolean };
  latest: LatestFacts;
  /** Entries of `snapshots/` by name, whatever they are; null when there is no such directory. */
  snapshots: Record<string, SnapshotEntry> | null;
  /** Which folder `snapshots/` is. Absent when there is none, or a link to one. */
  snapshotsFolder?: FolderIdentity;
  /** `snapshots` is a symlink: nbkp makes it as a directory. Absent when it is not. */
  snapshotsLink?: true;
  /** `.nbkp-source` is a symlink: nbkp makes it as a directory. Absent when it is not. */
  sourceFolderLink?: true;
  /** This user may not write in `snapshots/`. Absent when it may, or there is none. */
  snapshotsReadOnly?: true;
  /** What an executor says of the history that it keeps here. Absent for what is a folder, and where nobody has asked. */
  stored?:
    | { state: 'ready'; room?: { freeBytes: number; totalBytes?: number } }
    | { state: 'absent' | 'unusable'; reason: string };
  /** `staging/` of the btrfs mode. */
  staging: DirectoryFacts | null;
  /** Entries named `.nbkp-…` other than sentinels and locks, those of `.nbkp-source/` too: what a dead run may have left. */
  leftovers: string[];
  /** What is mounted below the directory and can be seen there. Absent when there is nothing. */
  mounts?: InnerMount[];
  /** The mount point in fstab that holds `path` although nothing is mounted there. Absent when there is none. */
  unmountedFstabTarget?: string;
}

/** What tells a folder from another one of its name. */
export interface FolderIdentity {
  /** `st_ino` in decimal. */
  inode: string;
  /** `st_uid` in decimal. */
  owner: string;
  /** It is on another device than the folder around it. Absent when it is not. */
  apart?: true;
}

/** A mount below a directory. */
export interface InnerMount {
  /** `st_dev` in decimal. */
  device: string;
  mount: MountFacts;
}

/** What `latest` is. `name` is the last part of a link `snapshots/NAME`. */
export type LatestFacts =
  | { kind: 'absent' }
  /** A link to `/dev/null`: prepared, no snapshot so far. */
  | { kind: 'none-yet' }
  | { kind: 'snapshot'; name: string }
  /** Anything else: a directory, a file, a link to somewhere else. */
  | { kind: 'foreign'; target: string | null };

export interface SnapshotEntry {
  /** `stored`: an executor keeps it in its own way. */
  kind: 'directory' | 'subvolume' | 'symlink' | 'file' | 'other' | 'stored';
  /** What the executor calls it. Absent for all others. */
  id?: string;
}

export interface RunAtWork {
  run: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  pid: number;
}

export interface SyncHistory {
  /** ISO 8601, UTC: the first run, or `prepare`, that knew this sync. Older records do not have it. */
  since?: Instant;
  /** The last run that tried this sync. */
  lastRun: { run: string; outcome: SyncOutcome; at: Instant } | null;
  /** Where the sync read and wrote then (`endsOf`). Older records do not have it. */
  ends?: string;
  /**
   * `mountTarget` is where the destination's file system was mounted then, `sourceMountTarget` the source's; older records
   * do not have that. `entries` counts the snapshot's. `run` is empty where only the destination tells of it.
   */
  lastSuccess: {
    run: string;
    at: Instant;
    snapshot: string | null;
    entries: number | null;
    mountTarget: string | null;
    sourceMountTarget?: string | null;
    /** Regular files that were transferred, and their bytes. Older records do not have them. */
    files?: number;
    bytes?: number;
    /** Times were compared to the nanosecond, so that the copy has them so. Absent when they were not. */
    exactTimes?: true;
  } | null;
}

/** What became of a sync in a run. */
export type SyncOutcome =
  | 'succeeded'
  /** All but what the destination cannot hold: no success for `max-age`. */
  | 'incomplete'
  | 'failed'
  /** A guard or a changed precondition. */
  | 'refused'
  /** Another run holds the destination. */
  | 'locked'
  | 'interrupted'
  | 'skipped'
  | 'disabled'
  | 'blocked';

/**
 * `outside`: not in the folder of the spec, and so not read. `writable`: others can write to it; `because` and `help` are words
 * for people.
 */
export type FilterProblem = { kind: 'outside' } | { kind: 'writable'; because: string; help: string };
