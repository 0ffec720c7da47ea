import type { OpenedDrive, SyncOutcome } from './facts.ts';
import type { Code, Finding } from './finding.ts';
import type { PlanPurpose, RetentionLine } from './plan.ts';
import type { RunAtWorkStatus } from './run.ts';

/** What the commands answer besides plans and run records: each is printed for people, or by `--json` as it is. */
export interface Document {
  /** Ignore unknown properties, refuse an unknown major. */
  formatVersion: '1.0';
}

/** A document that was made from facts of this moment. */
export interface ObservedDocument extends Document {
  /** ISO 8601, UTC. Ages in the text are counted from here. */
  observedAt: string;
  spec: { path: string; digest: string };
  machine: { hostname: string; user: string };
  findings: Finding[];
}

/** `nbkp status`: what is there now, and how old the last success of each sync is. */
export interface StatusDocument extends ObservedDocument {
  volumes: VolumeStatus[];
  syncs: SyncStatus[];
  /** Runs of this spec that are at work now; older readers do without. */
  runs?: RunAtWorkStatus[];
}

export interface VolumeStatus {
  name: string;
  /** Absolute; null when it is not known. */
  path: string | null;
  available: boolean;
  /** Why it is not available. */
  reason?: string;
  /** Code of the finding that is behind `reason`. */
  code?: Code;
  /** `absent`: not here now. `unprepared`: here without its mark, so that a person has to look. Absent where it is available. */
  absence?: 'absent' | 'unprepared';
  /** Of its file system, such as `btrfs`; null when it is not known. */
  fsType: string | null;
  /** As people call it, such as `exFAT`. Absent where it is of no kind that nbkp knows. */
  fileSystem?: string;
  /** Bytes that this user can still write; null when they are not known. */
  freeBytes: number | null;
  totalBytes: number | null;
  /**
   * Bytes that syncs have copied there a day, by the last 100 runs and without the first copy of each; null before
   * there are three days of them. What was replaced or pruned took less room than that.
   */
  writtenPerDay?: number | null;
  /** Days until it is full at that pace; null when that is not known. */
  daysLeft?: number | null;
  /** Of a volume with `mount`. */
  drive?: DriveStatus;
  /** Of one that an executor provides: who that is, and the folder that it lies in, as `VOLUME:DIR`, null for none. Its room is what the executor says. */
  provided?: { executor: string; on: string | null };
}

/** `nbkp volumes list`: the volumes that are drives, and those that executors provide. */
export interface VolumesDocument extends ObservedDocument {
  volumes: VolumeStatus[];
}

export interface DriveStatus {
  /** `mount.device-uuid`. */
  uuid: string;
  encrypted: boolean;
  /**
   * `closed`: plugged in and not mounted. `unlocked`: so is what is in its LUKS container. `unusable`: `reason` of the
   * volume says why. `unknown`: its host cannot tell.
   */
  state: 'absent' | 'locked' | 'unlocked' | 'closed' | 'mounted' | 'unusable' | 'unknown';
  /** `/dev/sda1`; null when it is not plugged in. */
  device: string | null;
  /** Of its file system; null when there is none or it cannot be seen. */
  label: string | null;
  /** Where it is mounted. */
  mountedAt: string | null;
  /** Which run has opened it, and which ones use it; null when it is closed, or was opened by other means. */
  opened: OpenedDrive | null;
}

export interface SyncStatus {
  name: string;
  /** `available`: a run would try it now. */
  state: 'available' | 'skipped' | 'disabled' | 'blocked';
  /** For every state but `available`. */
  reason?: string;
  /** Code of the finding that is behind `reason`. */
  code?: Code;
  /** Of a sync that is skipped for one of its ends: not here now, or here and not prepared. */
  absence?: 'absent' | 'unprepared';
  /** False when a person has to look: it is overdue, unprepared or blocked, lost its snapshots, or its last run failed or was refused. */
  well: boolean;
  /** As `VOLUME` or `VOLUME:SUBDIR`. */
  source: string;
  destination: string;
  /** `snapshots.mode`. */
  mode: string;
  /** ISO 8601, UTC; null when it never succeeded. */
  lastSuccess: string | null;
  /** What the last run that tried it made of it. */
  lastRun: { run: string; outcome: SyncOutcome; at: string } | null;
  /** Why that run was no success, in one sentence; absent when it was one. */
  lastFailure?: string;
  /** The run that is at work on it now. */
  running?: string;
  /** Milliseconds; null for `"never"`. */
  maxAge: number | null;
  /** The spec does not say it: `status` alone takes it, and counts from the first run where there is no success. */
  maxAgeIsDefault?: true;
  /** The last success is older than `maxAge`, or there is none. */
  overdue: boolean;
  /** Null without snapshots, and when the destination cannot be seen. */
  snapshots: {
    count: number;
    latest: string | null;
    unverified: number;
    /** How many of `count` lack what could not be read; absent when none does. */
    incomplete?: number;
  } | null;
}

/** `nbkp check`: every precondition of every sync, checked for real. */
export interface CheckDocument extends ObservedDocument {
  /** False when a check found an error. */
  ok: boolean;
  checks: CheckResult[];
}

export interface CheckResult {
  /** What it is about: a sync, a volume, or the machine when both are absent. */
  sync?: string;
  volume?: string;
  /** What was checked, as a noun: "the sentinel of usb". */
  subject: string;
  /** `absent`: not possible now, which is normal for a drive that is elsewhere. */
  outcome: 'passed' | 'absent' | 'failed';
  /** What was found, for every outcome but `passed`. */
  finding?: Finding;
  /** Commands that fix it, as argv, in order; empty where a person has to decide. */
  fix: string[][];
}

/** `nbkp snapshots list`. */
export interface SnapshotsDocument extends ObservedDocument {
  syncs: SyncSnapshots[];
}

export interface SyncSnapshots {
  name: string;
  destination: string;
  mode: string;
  /** Why its snapshots cannot be listed, or none of them is pruned; absent when neither is so. */
  reason?: string;
  /** Code of the finding that is behind `reason`. */
  code?: Code;
  /** The snapshot that `latest` names. */
  latest: string | null;
  /** Oldest first. */
  snapshots: SnapshotLine[];
}

/** One snapshot, and what a prune would do with it now. */
export interface SnapshotLine extends RetentionLine {
  /** The time in its name: ISO 8601, UTC. */
  at: string;
  /** About when it goes at the pace of the last ones; null: not among the next 370. Absent where no rule keeps it now. */
  goesAt?: string | null;
  /** Not all of the source could be read when it was made. */
  incomplete?: true;
}

/** `nbkp history`: the runs of the past, newest first. One run is a `RunRecord`. */
export interface HistoryDocument extends Document {
  /** ISO 8601, UTC. */
  observedAt: string;
  runs: RunSummary[];
}

export interface RunSummary {
  run: string;
  /** `died`: it ended without a record, by a kill or a power cut. */
  state: 'finished' | 'running' | 'died';
  purpose: PlanPurpose;
  /** Path of its spec. */
  spec: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  finishedAt: string | null;
  durationMs: number | null;
  exitCode: number | null;
  /** How many syncs had each outcome. Outcomes that did not occur are absent. */
  outcomes: Partial<Record<SyncOutcome, number>>;
  /**
   * What was not done and why, at most 20 syncs: skipped, failed, refused and so on. Older readers do without.
   * `more` is at the last one of each reason: so many more syncs have that outcome and reason and are not named.
   */
  notDone?: { sync: string; outcome: SyncOutcome; reason: string; more?: number }[];
  /** Transferred. */
  files: number;
  bytes: number;
  /** Snapshots that were made and that were pruned. */
  snapshots: number;
  pruned: number;
}

/** `nbkp recover`: what dead runs left, and what becomes of each of these things. */
export interface RecoverDocument extends ObservedDocument {
  /** Runs that ended without a record, newest first. */
  deadRuns: DeadRun[];
  leftovers: Leftover[];
}

export interface DeadRun {
  run: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  hostname: string;
  pid: number;
  command: string[];
  /** Ids of the steps that had begun and not ended. */
  unfinished: string[];
}

export interface Leftover {
  kind: 'partial-snapshot' | 'unfinished-prune' | 'temporary-link' | 'source-snapshot' | 'open-drive' | 'owed-command';
  /** Absent for a drive. */
  sync?: string;
  /** Of a drive. */
  volume?: string;
  /** Absolute; of a drive where it is mounted, or its device; of a command its program. */
  path: string;
  /** `resumed`: the next run goes on with it, so it stays. `removed`: `recover` deletes it. `closed`: it closes it. `run`: it runs it. */
  fate: 'resumed' | 'removed' | 'closed' | 'run';
  /** For people: why that is safe. */
  reason: string;
}

/** `nbkp spec validate`, and every command that has findings instead of its own answer. */
export interface FindingsDocument extends Document {
  findings: Finding[];
}

/** `nbkp schedule`: the files of a schedule and what makes them count. */
export interface ScheduleDocument extends Document {
  name: string;
  scope: 'user' | 'system';
  files: PlannedFile[];
  /** As argv, in order. */
  commands: string[][];
  findings: Finding[];
}

/** `nbkp completions install`. */
export interface CompletionDocument extends Document {
  shell: 'bash' | 'zsh' | 'fish';
  /** Absolute. */
  path: string;
  change: 'create' | 'update' | 'keep';
  /** For the shell's own file of settings; null where none is needed. */
  line: string | null;
}

/** A file of a schedule. */
export interface PlannedFile {
  /** Absolute. */
  path: string;
  text: string;
  /** What installing does with it: `remove` is for a drive that the spec does not have any more. */
  change: 'create' | 'update' | 'keep' | 'remove';
}

/** `nbkp volumes authorize`: what lets a user unlock and mount drives without a password. */
export interface AuthorizeDocument extends Document {
  /** One for each machine and user; none when no volume is a drive. */
  rules: PolkitRule[];
}

export interface PolkitRule {
  /** The first SSH endpoint of the server that it is for; null for this machine. */
  host: string | null;
  /** Whom it is for: the name of the user there. */
  user: string;
  volumes: string[];
  /** The actions of udisks that it allows, for the drives of these volumes only. */
  actions: string[];
  /** The file that it belongs in. */
  path: string;
  /** The content of that file. */
  text: string;
}
