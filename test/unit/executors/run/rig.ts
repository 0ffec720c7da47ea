import { setImmediate } from 'node:timers/promises';
import type { RunEvent } from '../../../../src/planner/model/event.ts';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import type { Code, Finding } from '../../../../src/planner/model/finding.ts';
import type { Plan, PlannedSync } from '../../../../src/planner/model/plan.ts';
import type { RunRecord, StepRecord } from '../../../../src/planner/model/run.ts';
import { plannedStep, type Step } from '../../../../src/planner/model/step.ts';
import { API_VERSION, type Executor, type StepContext, type StepResult } from '../../../../src/executors/contract.ts';
import { Interruption, runPlan, type RunInput } from '../../../../src/executors/run/run-plan.ts';
import type { RunHeader } from '../../../../src/planner/model/stored.ts';
import type { StepJournal } from '../../../../src/store/journal.ts';
import type { Replanning } from '../../../../src/executors/run/replanning.ts';
import { localTransport, type LocalTransport } from '../../../../src/hosts/transport/local.ts';
import { worldOf, type World } from '../../../../src/hosts/world.ts';
import { world } from '../../../support/facts.ts';
import { specOf, syncOf } from '../../../support/transfer.ts';

export function step(id: string, more: Partial<Step> = {}): Step {
  return plannedStep({
    id,
    kind: 'command',
    executor: { name: 'test', version: '1.0.0' },
    host: 'local',
    action: 'run',
    summary: id,
    reason: 'the test wants it',
    commands: [],
    params: { commands: more.commands ?? [] },
    ...more,
  });
}

export function plannedSync(name: string, more: Partial<PlannedSync> = {}): PlannedSync {
  return {
    name,
    state: 'planned',
    source: `laptop:${name}`,
    destination: `usb:${name}`,
    mode: 'none',
    lastSuccess: null,
    overdue: false,
    steps: [],
    retention: [],
    ...more,
  };
}

export function plan(steps: Step[], syncs: PlannedSync[] = [], more: Partial<Plan> = {}): Plan {
  return {
    formatVersion: '1.0',
    tool: { name: 'nbkp', version: '0.1.0' },
    createdAt: '2026-03-10T12:00:00.000Z',
    id: 'sha256:test',
    purpose: 'backup',
    spec: { path: '/nowhere/nbkp.toml', digest: 'sha256:spec' },
    machine: { hostname: 'laptop', user: 'ada' },
    request: {
      only: [],
      exclude: [],
      prune: true,
      allowDestructive: false,
      volumes: [],
      restore: null,
    },
    basis: 'observed',
    applyable: true,
    syncs,
    steps,
    findings: [],
    summary: {
      steps: steps.length,
      byKind: {},
      syncs: { planned: syncs.length, skipped: 0, disabled: 0, blocked: 0 },
      creates: 0,
      updates: 0,
      deletes: 0,
    },
    ...more,
  };
}

/** An executor whose commands are those in the step's params. */
export function executor(apply: (step: Step, context: StepContext) => Promise<StepResult>): Executor {
  const commands = (params: unknown): string[][] => (params as { commands: string[][] }).commands;
  return { apiVersion: API_VERSION, planning: { name: 'test', version: '1.0.0', kinds: ['command'], commands }, apply };
}

export const done: StepResult = { outcome: 'done', findings: [] };

export function failed(code = 'test-failed'): StepResult {
  return { outcome: 'failed', findings: [finding(code)] };
}

/** With the code of an executor that brings its own. */
export function finding(code: string): Finding {
  return { severity: 'error', code: code as Code, message: `${code} happened.` };
}

/** A journal that keeps its notes in memory, in order: `begin x`, `end x done`. */
export class MemoryJournal implements StepJournal {
  readonly notes: string[] = [];

  begin(id: string): Promise<Finding | null> {
    this.notes.push(`begin ${id}`);
    return Promise.resolve(null);
  }

  end(record: StepRecord): Promise<Finding | null> {
    this.notes.push(`end ${record.id} ${record.outcome}`);
    return Promise.resolve(null);
  }
}

export const header: RunHeader = {
  type: 'run',
  run: '20260310T120000Z-0001',
  plan: 'sha256:test',
  purpose: 'backup',
  spec: { path: '/nowhere/nbkp.toml', digest: 'sha256:spec' },
  specKey: '0123456789abcdef',
  machine: { hostname: 'laptop', user: 'ada' },
  process: { pid: process.pid, startTicks: null, bootId: null },
  command: ['nbkp', 'run'],
  startedAt: '2026-03-10T12:00:00.000Z',
  mountTargets: {},
};

export const facts: Facts = world({ volumes: {}, endpoints: {} });

/** This machine, and no server. */
export function worldOn(local: LocalTransport = localTransport()): World {
  return worldOf({ spec: specOf(syncOf('none'), {}), executors: [], local });
}

/** What a run finds when it looks again: nothing new, but for what the test wants. */
export function replans(more: Partial<Replanning> = {}): Replanning {
  const unwanted = () => Promise.reject(new Error('nothing of this plan is planned again'));
  return {
    observeStep: () => Promise.resolve(facts),
    looksAlike: () => false,
    decide: unwanted,
    renew: unwanted,
    ...more,
  };
}

/** What a run needs, with real processes of this machine. */
export function runInput(subject: Plan, apply: Executor['apply'], more: Partial<RunInput> = {}): RunInput {
  const only = executor(apply);
  return {
    plan: subject,
    planCode: 0,
    facts,
    header,
    journal: new MemoryJournal(),
    executor: (name) => (name === 'test' ? only : undefined),
    world: worldOn(),
    replanning: replans(),
    renews: false,
    allowDestructive: false,
    interruption: new Interruption(),
    emit: () => undefined,
    now: () => Date.parse('2026-03-10T12:00:05.000Z'),
    ...more,
  };
}

/**
 * A run whose steps begin when the run wants and end when the test wants: only so can a test force every order in which
 * steps may end.
 */
export class HeldRun {
  readonly interruption = new Interruption();
  readonly journal = new MemoryJournal();
  readonly events: RunEvent[] = [];
  /** Ids in the order in which steps began. */
  readonly started: string[] = [];
  readonly contexts = new Map<string, StepContext>();
  readonly record: Promise<RunRecord>;
  ended = false;
  readonly #open = new Map<string, (result: StepResult) => void>();

  constructor(subject: Plan, more: Partial<RunInput> = {}) {
    const apply = (running: Step, context: StepContext): Promise<StepResult> => {
      this.started.push(running.id);
      this.contexts.set(running.id, context);
      return new Promise((resolve) => this.#open.set(running.id, resolve));
    };
    const { interruption, journal } = this;
    const emit = (event: RunEvent): void => void this.events.push(event);
    this.record = runPlan(runInput(subject, apply, { interruption, journal, emit, ...more }));
    this.record.then(
      () => (this.ended = true),
      () => (this.ended = true),
    );
  }

  /** Ids of the steps that have begun and not ended. */
  get running(): string[] {
    return [...this.#open.keys()];
  }

  async end(id: string, result: StepResult = done): Promise<void> {
    const resolve = this.#open.get(id);
    if (resolve === undefined) throw new Error(`${id} is not running`);
    this.#open.delete(id);
    resolve(result);
    await this.settle();
  }

  /** Lets the run do all that it can do without another step ending. Locks of real files need more than this. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) await setImmediate();
  }
}

export function outcomes(record: RunRecord): Record<string, string> {
  return Object.fromEntries(record.steps.map((each) => [each.id, each.outcome]));
}
