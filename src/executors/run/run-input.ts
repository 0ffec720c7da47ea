import type { LockHolder, RunEvent } from '../../planner/model/event.ts';
import type { Facts } from '../../planner/model/facts.ts';
import type { Step } from '../../planner/model/step.ts';
import type { Plan } from '../../planner/model/plan.ts';
import type { Result } from '../../planner/model/result.ts';
import type { ExitCode } from '../../planner/model/exit-code.ts';
import type { Executor } from '../contract.ts';
import type { CopiedFile } from '../../planner/model/verification.ts';
import type { DriveBook } from '../../store/drive-notes.ts';
import type { RunHeader } from '../../planner/model/stored.ts';
import type { StepJournal } from '../../store/journal.ts';
import type { World } from '../../hosts/world.ts';
import type { RunRecord } from '../../planner/model/run.ts';
import type { Interruption } from './interruption.ts';
import type { Replanning } from './replanning.ts';

export interface RunInput {
  plan: Plan;
  /** What the plan means for the exit code, whatever the run does: blocked syncs, absent volumes. */
  planCode: ExitCode;
  /** What the plan was made from. */
  facts: Facts;
  /** Who runs, since when: of `openRun`, as is the journal. */
  header: RunHeader;
  journal: StepJournal;
  executor: (name: string) => Executor | undefined;
  world: Pick<World, 'run' | 'transport' | 'killAll'>;
  replanning: Replanning;
  /** Values of placeholders that are known already. */
  values?: Readonly<Record<string, string>>;
  /** By id: what was fetched before the run, or why it could not be. Never written anywhere. */
  secrets?: ReadonlyMap<string, Result<string>>;
  /** Needed by a plan that opens or closes drives. */
  drives?: DriveBook;
  /** Whether a sync whose destination another run has changed is planned anew; else it is refused as stale. */
  renews: boolean;
  allowDestructive: boolean;
  /** Steps at once; `defaultParallel` without it. */
  parallel?: number;
  /** Milliseconds to wait for locks of other runs; 0 without it. */
  waitMs?: number;
  interruption: Interruption;
  /** A report of all syncs, this run counted as ended, for steps at its end that pass it on. Without it there is none. */
  report?: (record: RunRecord) => Promise<string>;
  /** Gets each step that the plan had left open, as it is once its drives are open. */
  decided?: (step: Step) => void;
  /** Gets each file that a sync has copied. */
  copied?: (sync: string, file: CopiedFile) => void;
  emit: (event: RunEvent) => void;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** What a run writes into the locks that it holds. */
export function holderOf(header: RunHeader): LockHolder {
  const { run, process, machine, startedAt, command } = header;
  return { run, pid: process.pid, host: machine.hostname, startedAt, command: command.join(' ') };
}
