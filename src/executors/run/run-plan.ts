import type { RunRecord } from '../../planner/model/run.ts';
import { DEFAULT_PARALLEL } from '../../planner/model/spec.ts';
import { holderOf, type RunInput } from './run-input.ts';
import { RunLog } from './run-log.ts';
import { isExpected, type Step } from '../../planner/model/step.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Decision } from '../../planner/plan-file/fit.ts';
import { transportTo } from '../../hosts/world.ts';
import { StepGraph, type NotRun } from './graph.ts';
import { integrityOf } from './integrity.ts';
import { planRenewed } from '../../planner/model/findings/plan-files.ts';
import { RunKilled, whenAborted } from './interruption.ts';
import { lockRefusal } from './lock-findings.ts';
import { lockGroups, usePlaces, type LockGroup } from './lock-groups.ts';
import { LockTable } from './locks.ts';
import { ReadyQueue } from './ready-queue.ts';
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
  /** As planned; a step that awaited a drive is replaced by what was decided when it was open. */
  readonly #steps: Step[];
  readonly #unneeded = new Set<number>();
  readonly #groups: LockGroup[];
  readonly #locks: LockTable;
  readonly #graph: StepGraph;
  readonly #queue: ReadyQueue;
  readonly #runner: StepRunner;
  /** Places that are free for steps. */
  #free: number;
  /** Everything that is under way, waiting for a lock included. */
  #underWay = 0;
  #over = false;
  #end: { resolve: () => void; reject: (error: unknown) => void } | null = null;

  constructor(input: RunInput, log: RunLog) {
    this.#input = input;
    this.#log = log;
    this.#steps = [...input.plan.steps];
    this.#groups = lockGroups(this.#steps);
    this.#locks = new LockTable(this.#steps, (host) => transportTo(input.world, host), holderOf(input.header));
    this.#graph = new StepGraph(this.#steps, {
      ready: (index) => this.#queue.add(index),
      notRun: (index, why) => this.#notRun(index, why),
    });
    this.#queue = new ReadyQueue((index) => this.#step(index).devices);
    this.#runner = new StepRunner(input, log);
    this.#free = input.parallel ?? DEFAULT_PARALLEL;
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
    const group = this.#group(index);
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
    if (group.sync === null) throw new Error('what the plan left open is of no sync');
    const decision = await this.#input.replanning.decide(group.sync, this.#runner.values);
    const refusal = decision.state === 'not-run' ? decision : this.#replace(group, decision.steps);
    if (refusal !== null) {
      this.#log.remark(refusal.finding, CODES[refusal.outcome]);
      return this.#graph.cancel(group.members, { outcome: refusal.outcome, reason: refusal.finding.message });
    }
    if (decision.state === 'fits') for (const remark of decision.remarks) this.#log.remark(remark, EXIT.done);
    group.decision = 'made';
    for (const parked of group.parked.splice(0)) this.#queue.add(parked);
  }

  /** Null when all that was decided is what its executors would run. */
  #replace(group: LockGroup, steps: ReadonlyMap<string, Step | null>): Refusal | null {
    for (const index of group.members) {
      const decided = steps.get(this.#step(index).id) ?? null;
      if (decided === null) {
        this.#unneeded.add(index);
        continue;
      }
      const finding = integrityOf(decided, this.#input.executor(decided.executor.name));
      if (finding !== null) return { outcome: 'refused', finding };
      this.#steps[index] = decided;
    }
    const needed = group.members.filter((index) => !this.#unneeded.has(index)).map((index) => this.#step(index));
    usePlaces(group, needed);
    this.#locks.expect(needed);
    return null;
  }

  #start(index: number, group: LockGroup): void {
    if (!this.#graph.begin(index)) return this.#giveBack(index);
    this.#follow(async () => {
      const end = this.#unneeded.has(index)
        ? this.#runner.skip(this.#step(index))
        : await this.#runner.run(this.#step(index), this.#locks.held(group.written), () => this.#renew(index, group));
      this.#giveBack(index);
      this.#graph.end(index, end);
      this.#settled(group);
    });
  }

  /** Once for each sync, and only before any of its steps has relied on what it had found. */
  async #renew(index: number, group: LockGroup): Promise<Step | null | undefined> {
    const { sync } = group;
    const earlier = group.members.slice(0, group.members.indexOf(index)).map((member) => this.#step(member));
    if (!this.#input.renews || sync === null) return undefined;
    if (group.places.length === 0 || earlier.some(({ preconditions }) => preconditions.length > 0)) return undefined;
    const steps = await this.#input.replanning.renew(sync);
    if (steps === null) return undefined;
    for (const member of group.members) {
      const fresh = steps.get(this.#step(member).id);
      if (fresh === undefined || !this.#graph.isOpen(member)) continue;
      if (fresh === null) this.#unneeded.add(member);
      else if (integrityOf(fresh, this.#input.executor(fresh.executor.name)) !== null) return undefined;
      else this.#steps[member] = fresh;
    }
    this.#log.remark({ ...planRenewed(sync), sync }, EXIT.done);
    return this.#unneeded.has(index) ? null : this.#step(index);
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
    const step = this.#step(index);
    const group = this.#group(index);
    if (isExpected(step)) group.missing ??= why;
    this.#log.stepNotRun(step, why.reason);
    this.#settled(group);
  }

  #settled(group: LockGroup): void {
    group.unsettled -= 1;
    if (group.unsettled > 0) return;
    const steps = group.members.map((index) => this.#step(index));
    if (group.sync !== null) this.#log.syncEnded(group.sync, steps, group.missing ?? { outcome: 'blocked' });
    if (group.state === 'open') this.#follow(() => this.#locks.release(group.places));
  }

  #stop(): void {
    const { name } = this.#input.interruption;
    this.#log.emit({ type: 'interrupted', signal: name ?? '' });
    this.#graph.stop({ outcome: 'interrupted', reason: 'the run was interrupted' });
  }

  /** Before anything runs: of a sync that is not what the plan shows, nothing does, and what cannot be released is not acquired. */
  #refuseAltered(): void {
    this.#steps.forEach((step, index) => {
      const finding = integrityOf(step, this.#input.executor(step.executor.name));
      if (finding === null) return;
      this.#log.remark(finding, EXIT.refused);
      const why: NotRun = { outcome: 'refused', reason: finding.message };
      const acquirer = this.#steps.findIndex(({ id }) => id === step.releases);
      for (const affected of [index, ...(acquirer === -1 ? [] : [acquirer])]) {
        this.#graph.cancel(this.#group(affected).members, why);
      }
    });
  }

  #step(index: number): Step {
    return present(this.#steps[index]);
  }

  #group(index: number): LockGroup {
    return present(this.#groups[index]);
  }
}

type Refusal = Omit<Extract<Decision, { state: 'not-run' }>, 'state'>;

const CODES: Readonly<Record<Refusal['outcome'], ExitCode>> = {
  skipped: EXIT.done,
  blocked: EXIT.failed,
  refused: EXIT.refused,
};

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there is no such step');
  return value;
}
