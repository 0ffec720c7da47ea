import type { Changes, TransferProgress } from '../planner/model/event.ts';
import type { ExecutorPlanning, InputPart } from '../planner/model/executor.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Loss } from '../planner/model/max-delete.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { Result } from '../planner/model/result.ts';
import type { RunRecord } from '../planner/model/run.ts';
import type { Step } from '../planner/model/step.ts';
import type { Range } from '../planner/model/range.ts';
import type { CopiedFile } from '../planner/model/verification.ts';
import type { Holder } from '../hosts/observe/holders.ts';
import type { OrderResult, ProcessResult, RunOptions } from '../hosts/transport/transport.ts';
import type { DriveBook } from '../store/drive-notes.ts';

export type {
  ExecutorPlanning,
  InputPart,
  SnapshotPlanning,
  SourceSnapshot,
  SourceSnapshotInput,
  SourceSnapshotPlanning,
  StoredCheck,
  StoredHistory,
  StoredSnapshot,
  StoredWork,
  SyncPlanning,
  TransferTarget,
  PlannedSteps,
  VolumePlanning,
} from '../planner/model/executor.ts';

/** The versions of this contract that nbkp understands. */
export const API_VERSIONS = [1, 2] as const;

/**
 * What executors import that were made before there was a second version, and so it stays 1: it comes from the nbkp that runs
 * them. Later ones write the number that they were made for.
 */
export const API_VERSION = 1;

/** An executor: how steps of its kinds are planned (pure) and how they run. Built-ins and plugins are the same. */
export interface Executor {
  apiVersion: (typeof API_VERSIONS)[number];
  planning: ExecutorPlanning;
  /** Runs one step. A failure is a result; an exception is a bug. Ends soon after `context.signal` is aborted. */
  apply(step: Step, context: StepContext): Promise<StepResult>;
}

export interface StepContext {
  /**
   * Runs a command of the step on the step's host. The argv must be one of `step.commands` with the placeholders of
   * `values` filled in: anything else is a bug of the executor and throws, because the plan did not show it.
   */
  run(argv: readonly string[], output?: CommandOutput): Promise<ProcessResult>;
  /**
   * Runs commands of the step one after the other, up to the first that fails, in the time that one takes to start. Absent
   * where starting one takes no time.
   */
  runInOrder?(commands: readonly (readonly string[])[]): Promise<OrderResult>;
  /**
   * Asks, before anything is written, for the drives of a step that has them `devicesFor: 'writing'`. Null: it has them until it ends.
   * Else a promise of them, and what it has seen up to now may be old by then. Absent where it has them anyway.
   */
  toWrite?: () => Promise<void> | null;
  /** Read-only questions that need no mention in the plan. */
  query: {
    /** Entries below a directory, itself not counted; null when it cannot be read. */
    countEntries(path: string): Promise<number | null>;
    /** What would rsync do? Runs a command with `--dry-run` where the step runs, and throws for any other. */
    rehearse: (
      argv: readonly string[],
      options: Pick<RunOptions, 'stdin' | 'onStdout' | 'signal'>,
    ) => Promise<ProcessResult>;
    /** Regular files below a directory that have no other name anywhere; null when it cannot be read. */
    countUnshared(path: string): Promise<number | null>;
    /** What a copy lacks of an older one, by path and kind; null when not all of both could be seen. */
    lossSince(copies: { before: string; now: string }): Promise<Loss | null>;
    /** Observes the step's volumes and endpoints again, and asks the questions of executors if it relies on their answers. */
    observe(): Promise<Facts>;
    /** Processes that keep the file system mounted at `path` busy, as far as this user may see them. */
    holders(path: string): Promise<Holder[]>;
    /** The snapshots of the step's sync that the plan lets go, but for the latest, and what that frees; null: not known. */
    prunable(): Promise<{ snapshots: string[]; bytes: Range | null }>;
  };
  /** What runs have opened of drives: for executors that open and close them. */
  drives: DriveBook;
  /** Why a passphrase is not at hand; null when it is. */
  secretProblem(id: string): Finding | null;
  /** Values of placeholders that earlier steps of this run have set, by placeholder. */
  values: Readonly<Record<string, string>>;
  /** A step of this sync said in this run that not all of the source could be read. */
  incomplete: boolean;
  /** What has become of the run up to now: for steps at its end. */
  soFar(): RunSoFar;
  /**
   * One HTML file about all syncs and runs, this one counted as ended: what `nbkp report` writes. It looks at everything once more, which
   * takes a while. Null where nobody makes one: in a program that uses the library. A failure says why there is none.
   */
  report(): Promise<Result<string> | null>;
  /** What the plan was made from, for what does not change during a run (history, previews). */
  facts: Facts;
  progress(progress: TransferProgress): void;
  /** Notes what was written, for a later check of the copy. */
  copied(file: CopiedFile): void;
  /**
   * Whether a step with a `deleteLimit` may lose so much: asked before anything of it is lost. Null when it may; else why not, and
   * then the step ends as `refused` with that. `names`: some of what would be lost, for people.
   */
  mayLose(loss: Loss & { names?: readonly string[] }): Finding | null;
  signal: AbortSignal;
  /** Milliseconds since 1970, UTC. */
  now(): number;
  allowDestructive: boolean;
}

/** `exitCode`: the one with which the run would end now. Syncs and steps that have ended. */
export type RunSoFar = Pick<RunRecord, 'syncs' | 'steps' | 'findings'> & { exitCode: number };

export interface CommandOutput {
  /** What the process gets on its standard input. */
  stdin?: readonly InputPart[];
  onStdout?: (chunk: Buffer) => void;
  /**
   * Gets each line of standard error. True says that the executor expected it and will say itself what it means, so
   * that nobody is shown it.
   */
  onStderrLine?: (line: string) => boolean;
  /** Milliseconds. */
  timeoutMs?: number;
}

export type StepResult =
  | {
      outcome: 'done' | 'unneeded';
      changes?: Changes;
      findings: Finding[];
      /** Placeholders that are known now. */
      values?: Record<string, string>;
      /**
       * Of a transfer: not all of the source could be read, and so the copy lacks something of it. Its snapshot is marked, and
       * none of the sync is pruned.
       */
      incomplete?: true;
    }
  | {
      outcome: 'failed' | 'refused' | 'interrupted';
      changes?: Changes;
      findings: Finding[];
      /** It may have left something: what releases the step runs all the same. */
      left?: true;
    };
