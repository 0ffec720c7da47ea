import type { RunEvent } from '../../planner/model/event.ts';
import type { Finding } from '../../planner/model/finding.ts';
import type { PlannedSync } from '../../planner/model/plan.ts';
import type { RunRecord, StepRecord, SyncRecord } from '../../planner/model/run.ts';
import type { Step } from '../../planner/model/step.ts';
import { combine, EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { RunSoFar } from '../contract.ts';
import {
  isIncomplete,
  notRun,
  openRecord,
  syncRecord,
  syncVerdict,
  type SettledStep,
  type SyncVerdict,
} from '../../store/record.ts';
import type { RunInput } from './run-input.ts';

type Occurrence<E = RunEvent> = E extends RunEvent ? Omit<E, 'at' | 'run'> : never;

/** What has happened in a run so far: tells it as events, and keeps it for the record. */
export class RunLog {
  readonly #input: RunInput;
  readonly #planned: ReadonlyMap<string, PlannedSync>;
  readonly #steps = new Map<string, StepRecord>();
  readonly #syncs = new Map<string, SyncRecord>();
  readonly #findings: Finding[] = [];
  readonly #codes: ExitCode[] = [];

  constructor(input: RunInput) {
    this.#input = input;
    this.#planned = new Map(input.plan.syncs.map((sync) => [sync.name, sync]));
  }

  /** Syncs without steps end with it. */
  begin(): void {
    const { plan, header } = this.#input;
    const { machine, process, command } = header;
    const about = { plan: plan.id, steps: plan.steps.length, host: machine.hostname, pid: process.pid, command };
    this.emit({ type: 'run-started', ...about });
    const busy = new Set(plan.steps.map((step) => step.sync));
    for (const { name } of plan.syncs) if (!busy.has(name)) this.syncEnded(name, [], { outcome: 'succeeded' });
  }

  emit(occurrence: Occurrence): void {
    const { now, header, emit } = this.#input;
    emit({ at: new Date(now()).toISOString(), run: header.run, ...occurrence });
  }

  /** Something about the run or a sync as a whole, and what it means for the exit code. */
  remark(finding: Finding, code: ExitCode): void {
    this.#findings.push(finding);
    this.#codes.push(code);
    this.emit({ type: 'finding', finding });
  }

  stepEnded(record: StepRecord): void {
    this.#steps.set(record.id, record);
    if (record.outcome === 'failed' || isIncomplete(record)) this.#codes.push(EXIT.failed);
    if (record.outcome === 'refused') this.#codes.push(EXIT.refused);
    this.emit({
      type: 'step-finished',
      step: record.id,
      outcome: record.outcome,
      ...(record.reason === undefined ? {} : { reason: record.reason }),
      durationMs: record.durationMs ?? 0,
      ...(record.changes === undefined ? {} : { changes: record.changes }),
      findings: record.findings,
    });
  }

  stepNotRun(step: Step, reason: string): void {
    this.stepEnded(notRun(step.id, reason));
  }

  /** `unfinished`: why some of its steps did not run, when none went wrong. */
  syncEnded(name: string, steps: readonly Step[], unfinished: SyncVerdict): void {
    const planned = this.#planned.get(name);
    if (planned === undefined) return;
    const settled = steps.flatMap((step): SettledStep[] => {
      const record = this.#steps.get(step.id);
      return record === undefined ? [] : [{ step, record }];
    });
    const verdict = syncVerdict(planned, settled, unfinished);
    this.#syncs.set(name, syncRecord(planned, settled, verdict));
    this.emit({ type: 'sync-finished', sync: name, ...verdict });
  }

  /** How the run would end if it ended now. */
  soFar(): RunSoFar {
    const { plan, planCode, interruption } = this.#input;
    const stopped = interruption.exitCode === null ? [] : [interruption.exitCode];
    return {
      exitCode: combine([planCode, ...this.#codes, ...stopped]),
      syncs: plan.syncs.flatMap((sync) => this.#syncs.get(sync.name) ?? []),
      steps: plan.steps.flatMap((step) => this.#steps.get(step.id) ?? []),
      findings: [...plan.findings, ...this.#findings],
    };
  }

  /** The record of the whole run, which has ended now. */
  finish(): RunRecord {
    const record = this.recordNow();
    const { exitCode, durationMs } = record;
    this.emit({ type: 'run-finished', exitCode, durationMs });
    return record;
  }

  /** The record of the run if it ended now. */
  recordNow(): RunRecord & { exitCode: number; durationMs: number } {
    const { header, now } = this.#input;
    const finishedAt = now();
    const durationMs = finishedAt - Date.parse(header.startedAt);
    return { ...openRecord(header), finishedAt: new Date(finishedAt).toISOString(), durationMs, ...this.soFar() };
  }
}
