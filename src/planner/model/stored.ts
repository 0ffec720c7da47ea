import type { SyncHistory } from './facts.ts';
import type { NotedSuccess } from './identity.ts';
import type { Instant } from './instant.ts';
import type { JsonSchema } from './json.ts';
import type { PlanPurpose } from './plan.ts';
import type { PluginExecutor } from './plugin-documents.ts';
import type { RunRecord, StepRecord } from './run.ts';
import type { FileProblem, VerifyCounts } from './verification.ts';

/** What nbkp keeps in its state directory and beside backups, and reads again after a crash, a full disk or another version's run. */
export type Stored =
  | { kind: 'journal'; value: JournalEntry }
  | { kind: 'record'; value: RunRecord }
  | { kind: 'history'; value: SyncHistory }
  | { kind: 'verification'; value: VerificationState }
  | { kind: 'drive'; value: DriveNote }
  | { kind: 'drive-user'; value: DriveUser }
  | { kind: 'plugin'; value: TrustedPlugin }
  | { kind: 'noted'; value: NotedSuccess };

/** A line of a journal. */
export type JournalEntry =
  RunHeader | { type: 'begin'; step: string; at: Instant } | { type: 'end'; record: StepRecord };

/** The first line of a journal: who began what. */
export interface RunHeader {
  type: 'run';
  run: string;
  plan: string;
  purpose: PlanPurpose;
  spec: { path: string; digest: string };
  /** Names the spec's directory in the store. */
  specKey: string;
  machine: { hostname: string; user: string };
  process: ProcessIdentity;
  command: string[];
  startedAt: Instant;
  /** Where the file system of each sync's destination was mounted. */
  mountTargets: Record<string, string | null>;
  /** The same of its source. Older journals do not have it. */
  sourceMountTargets?: Record<string, string | null>;
  /** Where each sync leads (`endsOf`). Older journals do not have it. */
  ends?: Record<string, string>;
}

/** Tells one process from every other that ever had the same pid. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks from boot to its start: field 22 of `/proc/PID/stat` (proc(5)). Null when it could not be read. */
  startTicks: string | null;
  /** `/proc/sys/kernel/random/boot_id`. Null when it could not be read. */
  bootId: string | null;
}

/** How far the verification of a sync has come. */
export interface VerificationState {
  /** Of the copy. */
  path: string;
  /** Every so many files are verified, beginning with the one that has this number. */
  step: number;
  first: number;
  counts: VerifyCounts;
  problems: FileProblem[];
  /** ISO 8601, UTC; null while files are left. */
  finishedAt: string | null;
}

/** What a run has opened of a drive. It is written before the drive is touched. */
export interface DriveNote {
  run: string;
  /** `BlockDevice.sequence` of the device. */
  sequence: string | null;
  /** `at`: ISO 8601, UTC. `sequence`: of what the container shows; null as long as it was not seen. */
  unlocked: { at: string; sequence: string | null } | null;
  mounted: { at: string } | null;
  /** It stays open until somebody closes it by hand. */
  kept: boolean;
}

/** A run that uses a drive. */
export interface DriveUser {
  run: string;
  hostname: string;
  process: ProcessIdentity;
}

/** A package beside a spec whose code this user trusts, as it was then. */
export interface TrustedPlugin {
  /** The real path of its directory. */
  folder: string;
  package: string;
  version: string;
  executors: TrustedExecutor[];
  trustedAt: Instant;
}

/** What a spec can be read by without running the executor. */
export interface TrustedExecutor extends Pick<PluginExecutor, 'name' | 'version' | 'kinds' | 'uses'> {
  /** JSON Schemas of the tables `[syncs.X.NAME]` and `[NAME]`; null where there is no such table. */
  settings: { sync: JsonSchema | null; spec: JsonSchema | null; volume?: JsonSchema };
}
