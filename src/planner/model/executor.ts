import type { DirectoryFacts, EndpointFacts, HostFacts, MountFacts } from './facts.ts';
import type { Finding, Remark } from './finding.ts';
import type { Cargo, CopyOptions } from './identity.ts';
import type { Json, JsonSchema } from './json.ts';
import type { PlannedSync, RetentionLine } from './plan.ts';
import type { Spec, Sync } from './spec.ts';
import type { Precondition, Step } from './step.ts';
import type { Known, KnownSync } from './known.ts';

/**
 * The planning half of an executor: pure, and the same for built-ins and plugins. It gets values and returns values;
 * no clock, no file system, no environment.
 */
export interface ExecutorPlanning<Kind extends string = string> {
  name: string;
  version: string;
  /** Kinds of the steps that it plans. */
  kinds: Kind[];
  /**
   * JSON Schemas (draft-07) of its own parts of the spec: of the tables `[syncs.X.NAME]`, which get to it as
   * `Sync.settings`, of the table `[NAME]`, which is `Spec.settings`, and of the tables `[volumes.X.NAME]` of volumes that it provides. Without a schema there is no such table. What
   * nbkp says of mistakes gets better with `description`, `x-expected` (what a value should be, in words), `x-help` (where
   * to find it) and `x-rule` (what keys of a table have to do with each other).
   */
  settings?: { sync?: JsonSchema; spec?: JsonSchema; volume?: JsonSchema };
  /** For an executor that can be named as `transfer`. */
  planTransfer?(input: SyncPlanning, target: TransferTarget): PlannedSteps;
  /**
   * For an executor that can be named as `transfer` and makes the whole snapshot itself: the steps `transfer:SYNC` and
   * `snapshot:SYNC`, or none when there is nothing new. `snapshots.mode` says then only how snapshots are pruned.
   */
  planReplica?(input: SyncPlanning): PlannedSteps;
  /** Steps around the whole run. Asked when the spec has settings for the executor, after all syncs are planned. */
  planRun?(input: RunPlanning): PlannedSteps;
  /** Ids of the credentials that its settings in the spec name: `nbkp credentials check` fetches them, as a run would. */
  credentials?(spec: Spec): string[];
  /** What has to be known to plan a sync, besides the facts. Each command changes nothing. */
  questions?(input: KnownSync): ExecutorQuestion[];
  /**
   * Files that its steps for a sync read. The plan shows them with what they hold, as a digest; a step of which one has changed since
   * is stale. Without one of them the sync is blocked. Since version 2.
   */
  inputFiles?(input: KnownSync): InputFile[];
  /**
   * For an executor that provides volumes, `[volumes.X.NAME]`: each sync to `X:NAME` is a history of its own there, which its
   * `planTransfer` adds to. Since version 2.
   */
  volumes?: VolumePlanning;
  /** For an executor that can be named as `snapshots.mode`. */
  snapshots?: SnapshotPlanning;
  /** For an executor that can be named as `source-snapshot`. */
  sourceSnapshots?: SourceSnapshotPlanning;
  /**
   * Makes the argv of a step from its params. Called with placeholders for the plan and with values at apply:
   * a step whose `commands` differ from what this returns is not run.
   */
  commands(params: Json): string[][];
}

export interface SnapshotPlanning {
  /** Where the transfer has to write so that a snapshot can be made of it; findings of severity error block the sync. */
  target(input: SyncPlanning): { target: TransferTarget; findings: Finding[] };
  /** The steps that turn what was transferred into a snapshot and move `latest`. */
  snapshot(input: SyncPlanning): PlannedSteps;
  /**
   * What retention keeps and prunes, with the step that prunes if anything has to go. `upcoming` is true when this run
   * makes a snapshot first.
   */
  prune(input: HistoryPlanning, upcoming: boolean): PlannedSteps & { retention: RetentionLine[] };
  /** Why its snapshots cannot be made at a path, from the file system that holds it; null where nothing is against it. */
  unsupported?(path: string, mount: MountFacts | null): Remark | null;
  /** The argv that make an empty destination ready for its first transfer. */
  prepare(destination: EndpointFacts, mount: MountFacts | null): string[][];
}

/** Histories that an executor keeps in its own way. nbkp decides which snapshots stay, and plans and shows the steps. */
export interface VolumePlanning {
  /**
   * True for one that knows by its settings where it keeps things, such as a server: then `on` may be left out. nbkp keeps its marks and its
   * lock for such a volume in its own state directory, so that only runs of this user on this machine are kept apart.
   */
  withoutOn?: true;
  /** What the answers to its `questions` say of the history of a sync: `facts.answers[NAME][SYNC]`. Not asked when there are none. */
  history(input: KnownSync): StoredHistory;
  /** How it lets snapshots go. Absent for an executor that keeps none. */
  forget?(input: HistoryPlanning, snapshots: readonly StoredSnapshot[]): StoredWork;
  /**
   * How it brings a snapshot back into a folder that was just made and is empty.
   *
   * @param paths within the snapshot; none for all of it
   */
  restore?(
    input: HistoryPlanning,
    snapshot: StoredSnapshot,
    to: { path: string; paths: readonly string[] },
  ): StoredWork;
  /** What it keeps besides names, contents and times; the plan says what of the source it does not. Absent where it does not say. */
  keeps?(input: { spec: Spec; sync: Sync }): readonly Cargo[];
  /** How it looks whether a snapshot is still what was kept. Absent for one that cannot. */
  verify?(input: KnownSync, snapshot: StoredSnapshot): StoredCheck;
}

/**
 * A command that changes nothing: exit code 0 says that the snapshot is whole, and any other that it is not, or could not be read. It may
 * take as long as it needs; the last line of its standard error is shown.
 */
export type StoredCheck = Pick<ExecutorQuestion, 'host' | 'argv' | 'stdin'>;

export type StoredHistory =
  /** What it has. None before the first. `room`: what is left for it where it keeps them, if it can tell. */
  | { state: 'ready'; snapshots: StoredSnapshot[]; room?: StoreRoom }
  /** `absent`: it is not there now, which is normal. `unusable`: it is, and cannot be read. `reason`: for people. */
  | { state: 'absent' | 'unusable'; reason: string };

export interface StoreRoom {
  /** Bytes that can still be written. */
  freeBytes: number;
  /** Absent where that is not known. */
  totalBytes?: number;
}

export interface StoredSnapshot {
  /** What the executor calls it. */
  id: string;
  /** When it was made: ISO 8601. */
  at: string;
  /** Not all of the source could be read for it. */
  incomplete?: true;
}

/** What an executor does in a step that nbkp plans and words. The kind has to be among its `kinds`. */
export type StoredWork = Pick<Step, 'commands' | 'params' | 'secrets'>;

/** Temporary snapshots of sources, which a transfer reads in place of what changes meanwhile. */
export interface SourceSnapshotPlanning {
  /** The steps around the transfer; findings of severity error block the sync. */
  plan(input: SourceSnapshotInput): SourceSnapshot;
  /** The argv that make a source ready for that; none where it is. */
  prepare(source: EndpointFacts): string[][];
  /** The argv that remove what dead runs have left, by what `leftovers` of the source says; none for nothing. */
  cleanUp(source: EndpointFacts, sync: Sync): string[][];
}

export interface SourceSnapshotInput extends KnownSync {
  /** Of the source. */
  host: Extract<HostFacts, { reachable: true }>;
  hostId: string;
  source: EndpointFacts & { directory: DirectoryFacts };
  /** False where nobody has seen the source yet: it is planned again when its drive is open. */
  isKnown: boolean;
}

export interface SourceSnapshot {
  /** The steps that make it; what is planned around them makes the transfer wait for the last. */
  make: Step[];
  /**
   * Steps of the kind `source-check`, which look when the transfer has succeeded whether what it read was whole. They come before the
   * steps that remove it, and what follows of the sync waits for them. Absent for a snapshot that cannot break.
   */
  check?: Step[];
  /** The steps that remove it when the transfer has ended, each with `releases`. */
  remove: Step[];
  /** Where the transfer reads in it: absolute, may hold a placeholder. */
  path: string;
  findings: Finding[];
}

/**
 * A text, bytes, or the id of a passphrase among `step.secrets`, in a question among
 * `credentials`, whose value the executor never sees. `escaped`: quotes and backslashes in it get a backslash, for a place between quotes.
 */
export type InputPart = string | Uint8Array | { secret: string; escaped?: boolean };

/** A command whose output planning needs. */
export interface ExecutorQuestion {
  /** Of its answer: `answers[EXECUTOR][SYNC][ID]` in the facts. */
  id: string;
  /** Id of the host that it runs on. */
  host: string;
  argv: string[];
  /** What it may take; 10 s without it, and since version 2 at most a minute. */
  timeoutMs?: number;
  /** What it may say; 1 MiB without it, at most 16 MiB. Since version 2. */
  mostBytes?: number;
  /** What it gets on its standard input. Since version 2. */
  stdin?: readonly InputPart[];
}

/** A file that commands of an executor read besides the source of a sync: a list of patterns, the configuration of a program. */
export interface InputFile {
  /** Id of the host that it is on. */
  host: string;
  /** Absolute. */
  path: string;
}

/** What is known when all syncs are planned. */
export interface RunPlanning extends Known {
  /** The executor's own table of the spec. */
  settings: Json;
  syncs: readonly PlannedSync[];
  steps: readonly Step[];
}

/** What is known of a destination whose history is planned. */
export interface HistoryPlanning extends KnownSync {
  host: Extract<HostFacts, { reachable: true }>;
  /** Of the destination. */
  hostId: string;
  destination: EndpointFacts;
  prune: boolean;
  allowDestructive: boolean;
}

/** All that is known of one sync when its steps are planned. */
export interface SyncPlanning extends HistoryPlanning {
  /** Absolute path to read from: the directory, or the snapshot that a chain reads. May hold a placeholder. */
  sourcePath: string;
  /** The directory itself where `sourcePath` is a snapshot that only the run makes: absent otherwise. */
  livePath?: string;
  source: EndpointFacts;
  /** What was decided that the copy keeps; absent where that never was. */
  copyOptions?: CopyOptions;
}

/** Where a transfer writes, and what it may compare and link with. */
export interface TransferTarget {
  /** Absolute directory. May hold a placeholder. */
  path: string;
  /** Absolute directory of the snapshot that unchanged files are linked to. */
  linkDest: string | null;
  /** No hard link leads there, so that rsync copies what is unchanged: it is in another subvolume. */
  copiesAll?: true;
  /** Absolute directory whose entries a dry run and the guard compare the source with; null when there is no history. */
  compareWith: string | null;
  /** Name of the snapshot at `compareWith`. */
  compareSnapshot: string | null;
  /**
   * Absolute directory of the last snapshot for which all of the source could be read, where that at `compareWith` is none: the
   * guard compares a copy of all with it as well. Absent where nothing of a newer one is missing.
   */
  lastWhole?: string;
  /** Makes `path` ready: creates it, or takes over what an interrupted run left. */
  prepare: string[][];
  /** Clears from `path` what only a resumed transfer leaves. */
  cleanUp: string[][];
  /** True when `path` starts empty or is this run's alone, so that deleting in it loses nothing. */
  scratch: boolean;
  resumes: boolean;
  /** What has to be so for `prepare` to do what it should. */
  preconditions?: Precondition[];
}

export interface PlannedSteps {
  steps: Step[];
  findings: Finding[];
}
