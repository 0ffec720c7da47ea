import type { Instant } from './instant.ts';
import type { Finding } from './finding.ts';
import type { SyncOutcome } from './facts.ts';
import type { Changes, MovedFiles, StepOutcome, WrittenAnew } from './event.ts';
import type { PlanPurpose } from './plan.ts';

/** What one run did: the history's entry and the answer of `run --json`. */
export interface RunRecord {
  formatVersion: '1.0';
  run: string;
  /** The plan's id and purpose. */
  plan: string;
  purpose: PlanPurpose;
  spec: { path: string; digest: string };
  machine: { hostname: string; user: string };
  pid: number;
  command: string[];
  startedAt: Instant;
  /** Null while it runs, and for a run that died. */
  finishedAt: Instant | null;
  durationMs: number | null;
  exitCode: number | null;
  syncs: SyncRecord[];
  steps: StepRecord[];
  findings: Finding[];
}

export interface SyncRecord {
  name: string;
  outcome: SyncOutcome;
  reason?: string;
  /** The snapshot that was made. */
  snapshot?: string;
  pruned: string[];
  files: number;
  bytes: number;
  /** What the plan foresaw of these two. */
  predicted?: { files: number; bytes: number; basis: 'dry-run' | 'last-run' };
  deleted: number;
  /** Absent when there are none. */
  moved?: MovedFiles;
  /** Absent when there are none. */
  writtenAnew?: WrittenAnew;
  /** Entries in the snapshot or the source. */
  entries: number | null;
}

export interface StepRecord {
  id: string;
  outcome: StepOutcome;
  /** Why it did not run. */
  reason?: string;
  startedAt: Instant | null;
  durationMs: number | null;
  changes?: Changes;
  findings: Finding[];
  /** The last lines of its processes' standard error. */
  log: string[];
}

/** A run that is at work now, for `status`. */
export interface RunAtWorkStatus {
  run: string;
  pid: number;
  /** As typed. */
  command: string[];
  /** ISO 8601, UTC. */
  startedAt: string;
  /** How far the transfers are that are under way. */
  transfers: { sync: string; percent: number }[];
}
