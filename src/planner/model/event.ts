import type { Finding } from './finding.ts';
import type { SyncOutcome } from './facts.ts';

/** Everything that happens during a run, in order. `at` is ISO 8601, UTC. */
export type RunEvent = { at: string; run: string } & (
  | { type: 'run-started'; plan: string; steps: number; host: string; pid: number; command: string[] }
  | { type: 'step-started'; step: string }
  | { type: 'step-progress'; step: string; progress: TransferProgress }
  /** A line that a process of the step wrote to its standard error. */
  | { type: 'step-output'; step: string; line: string }
  | {
      type: 'step-finished';
      step: string;
      outcome: StepOutcome;
      /** Why it did not run. */
      reason?: string;
      durationMs: number;
      changes?: Changes;
      findings: Finding[];
    }
  | { type: 'lock-waiting'; sync: string; holder: LockHolder | null }
  /** A step that has something to write waits while another one writes to its drive, or waits no more. */
  | { type: 'drive-waiting'; step: string; waits: boolean }
  | { type: 'sync-finished'; sync: string; outcome: SyncOutcome; reason?: string }
  | { type: 'finding'; finding: Finding }
  | { type: 'interrupted'; signal: string }
  | { type: 'run-finished'; exitCode: number; durationMs: number }
);

export type StepOutcome =
  | 'done'
  /** Nothing had to be done, for example nothing had changed. */
  | 'unneeded'
  | 'failed'
  | 'refused'
  /** A step that it depends on did not succeed, or its condition did not arise. */
  | 'not-run'
  | 'interrupted';

export interface TransferProgress {
  /** Bytes of the files handled so far. */
  bytes: number;
  /** 0 to 100; rises towards it only once rsync has seen all of the source. */
  percent: number;
  /** Bytes per second. */
  rate: number;
  /** Milliseconds; null when not known. */
  remainingMs: number | null;
  files: number;
  /** Entries not yet checked; null when not known. */
  toCheck: number | null;
  /** Bytes in all, where a dry run has counted them; `percent` and `remainingMs` are of these then. */
  total?: number;
}

/** What a step changed, as far as it can tell. */
export interface Changes {
  files?: number;
  bytes?: number;
  created?: number;
  deleted?: number;
  /** Absent when there are none. */
  moved?: MovedFiles;
  /** Absent when there are none. */
  writtenAnew?: WrittenAnew;
  /** Entries of the source or snapshot. */
  entries?: number;
  snapshot?: string;
  pruned?: string[];
}

/** Files that only have another name or place, so that no byte of them is copied. */
export interface MovedFiles {
  files: number;
  bytes: number;
}

/**
 * Files of which only mode, owner or the like differ from the last snapshot: a link to it cannot have that, and each is copied whole
 * where it is. They are not among those that are transferred.
 */
export interface WrittenAnew {
  files: number;
  bytes: number;
}

/** Who holds a lock. Written into the lock file for people; the lock itself is the operating system's. */
export interface LockHolder {
  pid: number;
  host: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  command: string;
  run: string;
}
