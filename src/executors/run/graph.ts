import type { StepOutcome } from '../../planner/model/event.ts';
import { isExpected, putsRight, type Step } from '../../planner/model/step.ts';
import type { SyncVerdict } from '../../store/record.ts';

/** Why a step does not run, and what its sync has become if nothing worse happened to it. */
export type NotRun = SyncVerdict & { reason: string };

export interface GraphListener {
  /** All that it depends on is as it has to be. Called in the order in which that happens. */
  ready(index: number): void;
  notRun(index: number, why: NotRun): void;
}

/** What came of a step that ran. */
export interface StepEnd {
  outcome: Exclude<StepOutcome, 'not-run'>;
  /** It did its work, so that what releases it has something to release. */
  acquired: boolean;
  /** It left out what it could not do: no success for those who are to hear of one. */
  incomplete?: boolean;
}

interface Node {
  step: Step;
  dependents: number[];
  /** How many of what it depends on are not settled. */
  waitingFor: number;
  /** One of what it depends on failed or was refused. */
  alarmed: boolean;
  /** One of what it depends on has begun, and so may have changed something. */
  touched: boolean;
  /** One of what its sync needs did not succeed. */
  missing: boolean;
  /** What its sync has done so far is incomplete. */
  incomplete: boolean;
  /** What it depends on and did not succeed. */
  obstacle: NotRun | null;
  /** Index of the step that it releases. */
  acquirer: number | null;
  state: 'pending' | 'running' | 'settled';
  acquired: boolean;
}

/** A step that was settled just now, and what that means to those that depend on it. */
interface Settled {
  node: Node;
  /** Null when it succeeded. */
  obstacle: NotRun | null;
  alarming: boolean;
  begun: boolean;
}

/**
 * Who may run when, by index into the plan's steps; it runs nothing itself. A step is ready when all that it depends on
 * has succeeded, one for the case of a failure when all is settled and something went wrong or was begun and not brought
 * to its end, a release when all is settled, however, and there is something to release, one for the end when all others
 * are settled. Each dependency is looked at once.
 */
export class StepGraph {
  readonly #nodes: Node[];
  readonly #listener: GraphListener;
  #unsettled: number;

  constructor(steps: readonly Step[], listener: GraphListener) {
    this.#nodes = nodesOf(steps);
    this.#listener = listener;
    this.#unsettled = steps.length;
  }

  get done(): boolean {
    return this.#unsettled === 0;
  }

  /** Reports the steps that depend on nothing. */
  start(): void {
    const settled = this.#nodes.flatMap((node, index) => (node.waitingFor === 0 ? this.#consider(node, index) : []));
    this.#spread(settled);
  }

  isPending(index: number): boolean {
    return this.#nodes[index]?.state === 'pending';
  }

  /** It is not over: it runs, or may still run. */
  isOpen(index: number): boolean {
    return this.#nodes[index]?.state !== 'settled';
  }

  /** False when it must not run any more. */
  begin(index: number): boolean {
    const node = this.#nodes[index];
    if (node?.state !== 'pending') return false;
    node.state = 'running';
    return true;
  }

  end(index: number, { outcome, acquired, incomplete = false }: StepEnd): void {
    const node = this.#nodes[index];
    if (node?.state !== 'running') throw new Error(`step ${index} ended without having begun`);
    node.acquired = acquired;
    this.#settle(node);
    node.incomplete ||= incomplete;
    const alarming = outcome === 'failed' || outcome === 'refused' || node.incomplete;
    this.#spread([{ node, obstacle: obstacleAfter(node.step, outcome), alarming, begun: outcome !== 'unneeded' }]);
  }

  /** Settles steps that have not begun, and what depends on them. */
  cancel(indexes: readonly number[], why: NotRun): void {
    this.#spread(indexes.flatMap((index) => this.#drop(index, why)));
  }

  /** Nothing that has not begun will begin, but for what puts right what has begun. */
  stop(why: NotRun): void {
    this.cancel(
      this.#nodes.flatMap(({ step }, index) => (putsRight(step) ? [] : [index])),
      why,
    );
  }

  /** Tells the dependents of settled steps, then the dependents of those that this settles, and so on. */
  #spread(settled: Settled[]): void {
    // The loop also visits what is added while it runs: a chain may be longer than the stack is deep.
    for (const { node, obstacle, alarming, begun } of settled) {
      for (const index of node.dependents) {
        const dependent = this.#nodes[index];
        if (dependent === undefined) continue;
        dependent.waitingFor -= 1;
        dependent.alarmed ||= alarming;
        dependent.touched ||= begun;
        dependent.incomplete ||= node.incomplete && node.step.sync === dependent.step.sync;
        dependent.missing ||= obstacle !== null && isExpected(node.step);
        dependent.obstacle ??= obstacle === null ? null : passedOn(obstacle, node.step, dependent.step);
        settled.push(...this.#consider(dependent, index));
      }
    }
  }

  #consider(node: Node, index: number): Settled[] {
    if (node.state !== 'pending') return [];
    const why = this.#reasonNotTo(node);
    if (why !== null) return this.#drop(index, why);
    if (node.waitingFor === 0) this.#listener.ready(index);
    return [];
  }

  #reasonNotTo(node: Node): NotRun | null {
    const { step, acquirer, waitingFor, obstacle } = node;
    const acquired = acquirer === null ? undefined : this.#nodes[acquirer];
    if (acquired !== undefined) {
      const nothing = acquired.state === 'settled' && !acquired.acquired;
      return nothing ? { outcome: 'blocked', reason: `${acquired.step.id} left nothing to release` } : null;
    }
    if (step.runsOn === 'end') return null;
    if (step.runsOn === 'success') return obstacle ?? (node.incomplete && TELL.has(step.kind) ? INCOMPLETE : null);
    if (waitingFor > 0 || node.alarmed || (node.touched && node.missing)) return null;
    return { outcome: 'blocked', reason: node.missing ? 'nothing had begun' : 'nothing failed' };
  }

  #drop(index: number, why: NotRun): Settled[] {
    const node = this.#nodes[index];
    if (node?.state !== 'pending') return [];
    this.#settle(node);
    this.#listener.notRun(index, why);
    return [{ node, obstacle: why, alarming: false, begun: false }];
  }

  #settle(node: Node): void {
    node.state = 'settled';
    this.#unsettled -= 1;
  }
}

/** The user's commands and the note of a success: they tell others that all went well. */
const TELL: ReadonlySet<string> = new Set(['command', 'record']);
const INCOMPLETE: NotRun = { outcome: 'incomplete', reason: 'not all could be copied' };

function obstacleAfter(step: Step, outcome: StepEnd['outcome']): NotRun | null {
  switch (outcome) {
    case 'done':
    case 'unneeded':
      return null;
    case 'interrupted':
      return { outcome: 'interrupted', reason: `${step.id} was interrupted` };
    case 'failed':
      return { outcome: 'blocked', reason: `${step.id} failed` };
    case 'refused':
      return { outcome: 'blocked', reason: `${step.id} was refused` };
  }
}

/** A lock that one sync did not get says nothing about the lock of another, which is only kept waiting in vain. */
function passedOn(obstacle: NotRun, from: Step, to: Step): NotRun {
  if (from.sync === to.sync || obstacle.outcome === 'interrupted') return obstacle;
  return { ...obstacle, outcome: 'blocked' };
}

function nodesOf(steps: readonly Step[]): Node[] {
  const indexes = new Map(steps.map((step, index) => [step.id, index]));
  if (indexes.size !== steps.length) throw new Error('two steps of the plan have one id');
  const indexOf = (id: string): number => {
    const index = indexes.get(id);
    if (index === undefined) throw new Error(`the plan has no step ${id}`);
    return index;
  };
  const nodes = steps.map((step): Node => ({
    step,
    dependents: [],
    waitingFor: 0,
    alarmed: false,
    touched: false,
    missing: false,
    incomplete: false,
    obstacle: null,
    acquirer: step.releases === undefined ? null : indexOf(step.releases),
    state: 'pending',
    acquired: false,
  }));
  // What waits for the end itself is none of what the end waits for.
  const late = new Set<string>();
  for (const { id, runsOn, dependsOn } of steps) {
    if (runsOn === 'end' || dependsOn.some((before) => late.has(before))) late.add(id);
  }
  const others = steps.flatMap(({ id }) => (late.has(id) ? [] : [id]));
  nodes.forEach((node, index) => {
    const acquirer = node.step.releases === undefined ? [] : [node.step.releases];
    const before = node.step.runsOn === 'end' ? others : acquirer;
    const dependencies = new Set([...node.step.dependsOn, ...before]);
    node.waitingFor = dependencies.size;
    for (const id of dependencies) nodes[indexOf(id)]?.dependents.push(index);
  });
  return nodes;
}
