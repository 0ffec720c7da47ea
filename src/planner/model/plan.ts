import type { ExecutorPlanning } from './executor.ts';
import type { Facts, PreviewItem } from './facts.ts';
import type { Code, Finding } from './finding.ts';
import type { Range } from './range.ts';
import type { Spec } from './spec.ts';
import type { Step } from './step.ts';

export const PLAN_FORMAT = '1.1';

/** What will run, in which order, why, what it will delete, and what must still be true then. */
export interface Plan {
  formatVersion: string;
  tool: { name: 'nbkp'; version: string };
  /** ISO 8601, UTC: when the facts were observed. */
  createdAt: string;
  /** `sha256:` and the digest of the canonical plan without `id`, `createdAt`, `forecast`, `routes` and the places of findings. */
  id: string;
  /** What the plan is for: `backup`, `prepare`, `prune`, `restore`, `recover`, `mount`, `unmount`. */
  purpose: PlanPurpose;
  /** `digest` is of what the spec means, whatever the order of its tables. */
  spec: { path: string; digest: string };
  machine: { hostname: string; user: string };
  /** What was asked for. The same request, spec and facts make the same plan. */
  request: PlanRequest;
  basis: 'observed' | 'recorded' | 'none';
  applyable: boolean;
  syncs: PlannedSync[];
  steps: Step[];
  findings: Finding[];
  summary: Summary;
  /** Room on each volume along the plan. No part of the digest: free space changes all the time, the plan does not. */
  forecast?: VolumeForecast[];
  /** How each server was reached. No part of the digest either: from elsewhere the same plan goes another way. */
  routes?: PlannedRoute[];
}

/** Which way leads to a server. */
export interface PlannedRoute {
  /** Those of the plan that are on it. */
  volumes: string[];
  /** The SSH endpoint that is used; null when none answered. */
  endpoint: string | null;
  /** Those that were wanted more, with why they are not used. */
  passedOver: { endpoint: string; reason: string }[];
}

/** Bytes and files that a plan writes to one file system, and what is left there, along its steps in their order. */
export interface VolumeForecast {
  volume: string;
  /** Other volumes of the plan on the same file system: what is written to them counts here. */
  sharedWith: string[];
  /** When it was observed. */
  freeBytes: number;
  bytes: Range;
  files: Range;
  /** Snapshots that are pruned, and the bytes that this gives back; null where nobody has counted them. */
  pruned: { snapshots: number; bytes: Range | null };
  /** Free space when it is least, and in the end. Below zero: it does not fit. What is not known to be freed is not. */
  peakFreeBytes: Range;
  finalFreeBytes: Range;
  /** What the numbers come from. A dry run has counted; a last run is a guess. */
  basis: ('dry-run' | 'last-run')[];
  /** Syncs of which nothing is known: with them it may be more. */
  unknown: string[];
}

export type PlanPurpose = 'backup' | 'prepare' | 'prune' | 'restore' | 'recover' | 'mount' | 'unmount';

export interface PlanRequest {
  /** Sync names, or `VOLUME:` for every sync that touches it. Empty means all. */
  only: string[];
  exclude: string[];
  prune: boolean;
  allowDestructive: boolean;
  /** `keep`: what is mounted stays so. `leave`: nothing is mounted. Absent: drives are opened and closed again. */
  drives?: 'keep' | 'leave';
  /** `ignore`: nothing waits for power or for another network, whatever `[policy]` says. */
  conditions?: 'ignore';
  /** `prepare` marks a folder also where it looks like the bare mountpoint of a drive. */
  here?: true;
  /** `prepare` makes destinations of other sources those of the spec's. */
  takeOver?: true;
  /** Syncs whose copies are to keep all that both ends can hold: for `prepare`. */
  upgradeOptions?: string[];
  /** Volumes that `prepare`, `volumes mount` or `volumes unmount` was asked for; empty means all. */
  volumes: string[];
  /** What `restore` was asked for. */
  restore: RestoreRequest | null;
}

export interface RestoreRequest {
  sync: string;
  /** What follows the `@` of `SYNC@SNAPSHOT`; null for the latest. */
  snapshot: string | null;
  /** Relative to the snapshot, or full paths of what is in the source; empty for all of it. */
  paths: string[];
  /** Absolute. */
  to: string;
  /** What becomes of entries that are there and differ; absent for `never`. */
  overwrite?: Overwrite;
}

/** Which entries that are there give way to the snapshot's: none, those that are older, or all that differ. */
export type Overwrite = 'never' | 'if-older' | 'always';

export interface PlannedSync {
  name: string;
  state: 'planned' | 'skipped' | 'disabled' | 'blocked';
  /** For every state but `planned`. */
  reason?: string;
  /** Code of the finding that is behind `reason`. */
  code?: Code;
  /**
   * Of a sync that is skipped for one of its ends: `absent` is not here now, which is normal; `unprepared` is here without
   * its marks, and needs `nbkp prepare`.
   */
  absence?: 'absent' | 'unprepared';
  source: string;
  destination: string;
  /** Of a history in a volume that an executor provides: the key in the facts, which is that of the folder of its marks. */
  marks?: string;
  mode: string;
  lastSuccess: string | null;
  /** The last success is older than the `max-age` that the spec asks for, or there is none. */
  overdue: boolean;
  /** Ids, in order. */
  steps: string[];
  /** Why each snapshot that is there now will stay or go. Empty without snapshots. */
  retention: RetentionLine[];
  /** What a dry run found: the largest and the deleted. */
  items?: PreviewItem[];
  itemsTruncated?: boolean;
}

export interface RetentionLine {
  name: string;
  verdict: 'keep' | 'prune' | 'unverified';
  /** For people: "newest of day 2026-03-06", "in none of last 3, daily 7". */
  reasons: string[];
}

export interface Summary {
  steps: number;
  byKind: Record<string, number>;
  syncs: { planned: number; skipped: number; disabled: number; blocked: number };
  /** Steps by action. */
  creates: number;
  updates: number;
  deletes: number;
}

/** Everything that a plan is made from. */
export interface PlanInput {
  spec: Spec;
  facts: Facts;
  request: PlanRequest;
  /** The planning halves of all executors, built-in and plugin. */
  executors: readonly ExecutorPlanning[];
  /** Why an executor that is installed cannot be used, by its name. */
  unusable?: Readonly<Record<string, Finding>>;
  /** Names of executors that are installed and that nobody has named: what a name may have been meant to be. */
  unnamed?: readonly string[];
  /** Version of nbkp. */
  version: string;
}
