import type { Changes, LockHolder, RunEvent, StepOutcome, TransferProgress } from '../../planner/model/event.ts';
import type { SyncOutcome } from '../../planner/model/facts.ts';
import type { Plan } from '../../planner/model/plan.ts';
import type { Step } from '../../planner/model/step.ts';
import { sanitised } from '../text/sanitise.ts';

/** What belongs together while it runs: the steps of one sync, or one step of no sync. */
export interface Lane {
  name: string;
  /** Steps that are not settled. */
  open: number;
  /** The step that began last, while it runs. */
  current: Step | null;
  progress: TransferProgress | null;
  /** Bytes that were copied so far, and in all; null where no dry run has counted them. */
  bytes: number;
  total: number | null;
  /** Who holds the lock that it waits for; `unknown` when that cannot be read, `drive` where another sync writes to its drive. */
  waitingFor: LockHolder | 'unknown' | 'drive' | null;
  /** Milliseconds since 1970. */
  startedAt: number | null;
  finishedAt: number | null;
  outcome: SyncOutcome | StepOutcome | null;
  reason: string | null;
  changes: Required<Pick<Changes, 'files' | 'bytes' | 'deleted' | 'pruned'>> &
    Pick<Changes, 'moved'> & { snapshot: string | null };
}

/** A run as its events tell it. Names and messages in it are sanitised. */
export class Lanes {
  readonly all: readonly Lane[];
  /** Those that have ended, in that order. */
  readonly finished: Lane[] = [];
  readonly steps: ReadonlyMap<string, Step>;
  interrupted = false;
  startedAt: number | null = null;
  readonly #ofStep = new Map<string, Lane>();
  readonly #ofSync = new Map<string, Lane>();

  constructor(plan: Plan) {
    const { steps } = sanitised(plan);
    this.steps = new Map(steps.map((step) => [step.id, step]));
    for (const step of steps) this.#ofStep.set(step.id, this.#laneFor(step));
    this.all = [...new Set(this.#ofStep.values())];
  }

  get running(): Lane[] {
    return this.all.filter((lane) => lane.outcome === null && (lane.startedAt !== null || lane.waitingFor !== null));
  }

  /** The lane that a step belongs to; undefined for a step that the plan does not have. */
  laneOf(step: string): Lane | undefined {
    return this.#ofStep.get(step);
  }

  /** Bytes of all syncs together, as far as they are known: not `all` where something is to come that nobody has counted. */
  get together(): { bytes: number; total: number; all: boolean } {
    const sum = { bytes: 0, total: 0, all: true };
    for (const lane of this.all) {
      const [bytes, total] =
        lane.outcome === null ? [lane.bytes, lane.total] : [lane.changes.bytes, lane.changes.bytes];
      sum.bytes += bytes;
      sum.total += Math.max(total ?? found(lane), bytes);
      sum.all &&= total !== null;
    }
    return sum;
  }

  /** Takes how many bytes a step will copy. */
  counted(step: string, bytes: number): void {
    this.#update(step, (lane) => (lane.total ??= bytes));
  }

  /** Takes what an event says. The event has to be sanitised. */
  apply(event: RunEvent): void {
    const at = Date.parse(event.at);
    switch (event.type) {
      case 'run-started':
        this.startedAt = at;
        break;
      case 'step-started':
        this.#stepStarted(event.step, at);
        break;
      case 'step-progress':
        this.#update(event.step, (lane) => {
          lane.progress = event.progress;
          lane.total = event.progress.total ?? lane.total;
          // Of a second pass, which only deletes, there is nothing to add.
          lane.bytes = Math.max(lane.bytes, event.progress.bytes);
        });
        break;
      case 'step-finished':
        this.#stepFinished(event, at);
        break;
      case 'lock-waiting':
        this.#waiting(event.sync, event.holder);
        break;
      case 'drive-waiting':
        this.#update(event.step, (lane) => (lane.waitingFor = event.waits ? 'drive' : null));
        break;
      case 'sync-finished':
        this.#finish(this.#ofSync.get(event.sync), event.outcome, event.reason ?? null, at);
        break;
      case 'interrupted':
        this.interrupted = true;
        break;
      case 'step-output':
      case 'finding':
      case 'run-finished':
        break;
    }
  }

  #laneFor(step: Step): Lane {
    const known = step.sync === undefined ? undefined : this.#ofSync.get(step.sync);
    const lane = known ?? newLane(step.sync ?? step.id);
    lane.open += 1;
    if (step.kind === 'transfer') lane.total = step.estimate?.basis === 'dry-run' ? step.estimate.bytes : null;
    if (step.sync !== undefined) this.#ofSync.set(step.sync, lane);
    return lane;
  }

  #update(step: string, change: (lane: Lane) => void): void {
    const lane = this.#ofStep.get(step);
    if (lane !== undefined) change(lane);
  }

  #stepStarted(step: string, at: number): void {
    this.#update(step, (lane) => {
      lane.startedAt ??= at;
      lane.waitingFor = null;
      lane.current = this.steps.get(step) ?? null;
      lane.progress = null;
    });
  }

  #stepFinished(event: Extract<RunEvent, { type: 'step-finished' }>, at: number): void {
    const lane = this.#ofStep.get(event.step);
    if (lane === undefined) return;
    lane.open -= 1;
    if (lane.current?.id === event.step) {
      lane.current = null;
      lane.progress = null;
    }
    addChanges(lane, event.changes ?? {});
    if (this.steps.get(event.step)?.sync === undefined) this.#finish(lane, event.outcome, event.reason ?? null, at);
  }

  #waiting(sync: string, holder: LockHolder | null): void {
    const lane = this.#ofSync.get(sync);
    if (lane !== undefined) lane.waitingFor = holder ?? 'unknown';
  }

  #finish(lane: Lane | undefined, outcome: SyncOutcome | StepOutcome, reason: string | null, at: number): void {
    if (lane === undefined || lane.outcome !== null) return;
    Object.assign(lane, { outcome, reason, finishedAt: at, current: null, progress: null, waitingFor: null });
    this.finished.push(lane);
  }
}

/** Bytes of what rsync has found up to now, of which it tells the percent. */
function found({ bytes, progress }: Lane): number {
  return progress === null || progress.percent === 0 ? bytes : Math.round((bytes * 100) / progress.percent);
}

function newLane(name: string): Lane {
  return {
    name,
    open: 0,
    current: null,
    progress: null,
    bytes: 0,
    total: 0,
    waitingFor: null,
    startedAt: null,
    finishedAt: null,
    outcome: null,
    reason: null,
    changes: { files: 0, bytes: 0, deleted: 0, snapshot: null, pruned: [] },
  };
}

function addChanges(
  { changes }: Lane,
  { files = 0, bytes = 0, deleted = 0, moved, snapshot, pruned = [] }: Changes,
): void {
  changes.files += files;
  changes.bytes += bytes;
  changes.deleted += deleted;
  if (moved !== undefined) changes.moved = moved;
  changes.snapshot = snapshot ?? changes.snapshot;
  changes.pruned.push(...pruned);
}
