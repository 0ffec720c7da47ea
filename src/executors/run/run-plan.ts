import type { RunRecord } from '../../planner/model/run.ts';
import { defaultParallel } from '../../planner/model/parallel.ts';
import { holderOf, type RunInput } from './run-input.ts';
import { RunLog } from './run-log.ts';
import { isExpected } from '../../planner/model/step.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { transportTo } from '../../hosts/world.ts';
import { StepGraph, type NotRun } from './graph.ts';
import { integrityOf } from './integrity.ts';
import { RunKilled, whenAborted } from './interruption.ts';
import { lockRefusal } from './lock-findings.ts';
import type { LockGroup } from './lock-groups.ts';
import { LockTable } from './locks.ts';
import { ReadyQueue } from './ready-queue.ts';
import { RunSteps, type Refusal } from './run-steps.ts';
import { StepRunner } from './step-runner.ts';

export { Interruption, RunKilled } from './interruption.ts';
export type { RunInput } from './run-input.ts';

/**
 * Runs a plan: each step when what it depends on has succeeded, in the order of the plan, several at once where they
 * share no device. A failed step blocks what depends on it and nothing else; what was acquired is released, whatever
 * happened. Says what happens through `emit` and `journal`, and returns the record of it.
 *
 * Rejects with `RunKilled` after a second signal. Any other rejection is a bug; no process is left running then either.
 */
export async function runPlan(input: RunInput): Promise<RunRecord> {
  const log = new RunLog(input);
  log.begin();
  await new Scheduler(input, log).run();
  return log.finish();
}

/** Runs the steps of a plan: who is ready comes from the graph, who is next from the queue, who may from the locks. */
class Scheduler {
  readonly #input: RunInput;
  readonly #log: RunLog;
  readonly #steps: RunSteps;
  readonly #locks: LockTable;
  readonly #graph: StepGraph;
  readonly #queue: ReadyQueue;
  readonly #runner: StepRunner;
  /** Lets go on, by index, the steps that wait for a drive. */
  readonly #waiting = new Map<number, () => void>();
  /** Places that are free for steps. */
  #free: number;
  /** Everything that is under way, waiting for a lock included. */
  #underWay = 0;
  #over = false;
  #end: { resolve: () => void; reject: (error: unknown) => void } | null = null;

  constructor(input: RunInput, log: RunLog) {
    this.#input = input;
    this.#log = log;
    const { steps } = input.plan;
    this.#graph = new StepGraph(steps, {
      ready: (index) => this.#queue.add(index),
      notRun: (index, why) => this.#notRun(index, why),
    });
    this.#steps = new RunSteps(input, log, this.#graph);
    this.#locks = new LockTable(steps, (host) => transportTo(input.world, host), holderOf(input.header));
    this.#queue = new ReadyQueue((index) => this.#steps.at(index));
    this.#runner = new StepRunner(input, log, this.#steps);
    this.#free = input.parallel ?? defaultParallel(input.facts);
  }

  /** Ends when all that was started has ended. Rejects for a bug, and with `RunKilled` after a second signal. */
  run(): Promise<void> {
    const { interruption } = this.#input;
    return new Promise<void>((resolve, reject) => {
      this.#end = { resolve, reject };
      this.#advance(() => {
        this.#refuseAltered();
        this.#graph.start();
        whenAborted(interruption.gentle, () => this.#advance(() => this.#stop()));
      });
      whenAborted(interruption.forced, () => this.#abandon(new RunKilled(interruption.exitCode ?? EXIT.terminated)));
    });
  }

  /** Does something that may let steps run, then starts what can be started. */
  #advance(action: () => void): void {
    if (this.#over) return;
    try {
      action();
      this.#fill();
    } catch (error) {
      return this.#abandon(error);
    }
    this.#endIfIdle();
  }

  #endIfIdle(): void {
    if (this.#underWay > 0) return;
    if (!this.#graph.done) return this.#abandon(new Error('the steps of the plan wait for each other in a circle'));
    this.#over = true;
    this.#end?.resolve();
  }

  /** Leaves no process behind. */
  #abandon(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#input.world.killAll();
    this.#end?.reject(error);
  }

  #follow(task: () => Promise<void>): void {
    this.#underWay += 1;
    task().then(
      () => this.#advance(() => (this.#underWay -= 1)),
      (error: unknown) => this.#abandon(error),
    );
  }

  #fill(): void {
    while (this.#free > 0) {
      const index = this.#queue.takeClaimed();
      if (index === undefined) break;
      this.#goOn(index);
    }
    while (this.#free > 0) {
      const index = this.#queue.take();
      if (index === undefined) return;
      this.#free -= 1;
      this.#launch(index);
    }
  }

  #giveBack(index: number): void {
    this.#free += 1;
    this.#queue.giveBack(index);
  }

  #launch(index: number): void {
    const group = this.#steps.group(index);
    if (group.decision !== 'made' && this.#graph.isPending(index)) return this.#park(group, index);
    if (group.state === 'open' || !this.#graph.isPending(index)) return this.#start(index, group);
    group.parked.push(index);
    if (group.state === 'asking') return this.#giveBack(index);
    group.state = 'asking';
    this.#follow(() => this.#admit(group, index));
  }

  /** What its drives hold is looked at before anything of a sync runs. */
  #park(group: LockGroup, index: number): void {
    group.parked.push(index);
    this.#giveBack(index);
    if (group.decision === 'asked') return;
    group.decision = 'asked';
    this.#follow(() => this.#decide(group));
  }

  async #decide(group: LockGroup): Promise<void> {
    const refusal = await this.#steps.decide(group, this.#runner.values);
    if (refusal !== null) {
      this.#log.remark(refusal.finding, CODES[refusal.outcome]);
      return this.#graph.cancel(group.members, { outcome: refusal.outcome, reason: refusal.finding.message });
    }
    this.#locks.expect(this.#steps.needed(group));
    group.decision = 'made';
    for (const parked of group.parked.splice(0)) this.#queue.add(parked);
  }

  #start(index: number, group: LockGroup): void {
    if (!this.#graph.begin(index)) return this.#giveBack(index);
    this.#follow(async () => {
      const end = await this.#runner.run(index, this.#locks.held(group.written), () => this.#toWrite(index));
      this.#giveBack(index);
      this.#graph.end(index, end);
      this.#settled(group);
    });
  }

  /** A step wants to write. While it waits for its drives, others have its place: there may be other drives. */
  #toWrite(index: number): Promise<void> | null {
    if (this.#queue.claim(index)) return null;
    const turn = new Promise<void>((resolve) => this.#waiting.set(index, resolve));
    this.#log.emit({ type: 'drive-waiting', step: this.#steps.at(index).id, waits: true });
    this.#advance(() => (this.#free += 1));
    return turn;
  }

  #goOn(index: number): void {
    this.#free -= 1;
    this.#log.emit({ type: 'drive-waiting', step: this.#steps.at(index).id, waits: false });
    this.#waiting.get(index)?.();
    this.#waiting.delete(index);
  }

  /** Takes the locks of a group. The step that asked keeps its place and its devices unless another run is in the way. */
  async #admit(group: LockGroup, index: number): Promise<void> {
    let inPlace = true;
    const stepAside = (): void => {
      if (inPlace) this.#giveBack(index);
      inPlace = false;
    };
    const answer = await this.#locks.acquire(group.places, {
      waitMs: this.#input.waitMs ?? 0,
      signal: this.#input.interruption.gentle,
      onWaiting: (holder) => {
        if (group.sync !== null) this.#log.emit({ type: 'lock-waiting', sync: group.sync, holder });
        this.#advance(stepAside);
      },
    });
    stepAside();
    // The group may have ended while it waited.
    if (answer.state === 'held' && group.unsettled === 0) return this.#locks.release(group.places);
    if (answer.state === 'held') {
      group.state = 'open';
      for (const parked of group.parked) this.#queue.add(parked);
    } else if (group.unsettled > 0) {
      const { finding, code, why } = lockRefusal(group.sync, answer);
      this.#log.remark(finding, code);
      this.#graph.cancel(group.members, why);
    }
  }

  #notRun(index: number, why: NotRun): void {
    const step = this.#steps.at(index);
    const group = this.#steps.group(index);
    if (isExpected(step)) group.missing ??= why;
    this.#log.stepNotRun(step, why.reason);
    this.#settled(group);
  }

  #settled(group: LockGroup): void {
    group.unsettled -= 1;
    if (group.unsettled > 0) return;
    const steps = group.members.map((index) => this.#steps.at(index));
    if (group.sync !== null) this.#log.syncEnded(group.sync, steps, group.missing ?? { outcome: 'blocked' });
    if (group.state === 'open') this.#follow(() => this.#locks.release(group.places));
  }

  #stop(): void {
    const { name } = this.#input.interruption;
    this.#log.emit({ type: 'interrupted', signal: name ?? '' });
    this.#graph.stop({ outcome: 'interrupted', reason: 'the run was interrupted' });
    for (const index of this.#waiting.keys()) {
      this.#queue.giveBack(index);
      this.#goOn(index);
    }
  }

  /** Before anything runs: of a sync that is not what the plan shows, nothing does, and what cannot be released is not acquired. */
  #refuseAltered(): void {
    this.#steps.all.forEach((step, index) => {
      const finding = integrityOf(step, this.#input.executor(step.executor.name));
      if (finding === null) return;
      this.#log.remark(finding, EXIT.refused);
      const why: NotRun = { outcome: 'refused', reason: finding.message };
      const acquirer = this.#steps.all.findIndex(({ id }) => id === step.releases);
      for (const affected of [index, ...(acquirer === -1 ? [] : [acquirer])]) {
        this.#graph.cancel(this.#steps.group(affected).members, why);
      }
    });
  }
}

const CODES: Readonly<Record<Refusal['outcome'], ExitCode>> = {
  skipped: EXIT.done,
  blocked: EXIT.failed,
  refused: EXIT.refused,
};
