import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Executor } from '../executors/contract.ts';
import { BUILT_IN } from '../executors/registry.ts';
import { replanning } from '../executors/run/replanning.ts';
import { Interruption, runPlan } from '../executors/run/run-plan.ts';
import { readHistory } from '../store/dead-runs.ts';
import { makeMarkFolders } from '../store/mark-folders.ts';
import { closeRun, openRun } from '../store/runs.ts';
import { askWhetherWhole, type Wholeness } from '../hosts/observe/answers.ts';
import { localTransport } from '../hosts/transport/local.ts';
import { worldOf, type World as Hosts } from '../hosts/world.ts';
import { executorQuestions, type AskedQuestion } from '../planner/facts/answers.ts';
import { withHistories } from '../planner/facts/histories.ts';
import { questionsFor } from '../planner/facts/questions.ts';
import type { RunEvent } from '../planner/model/event.ts';
import type { ExecutorPlanning } from '../planner/model/executor.ts';
import type { Facts } from '../planner/model/facts.ts';
import { hasErrors } from '../planner/model/finding.ts';
import type { Plan, PlanInput, PlanPurpose, PlanRequest } from '../planner/model/plan.ts';
import { questionsAboutPath } from '../planner/model/questions.ts';
import { success, type Result } from '../planner/model/result.ts';
import type { RunRecord } from '../planner/model/run.ts';
import { insidePreconditions } from '../planner/kinds/rsync/preconditions.ts';
import { endpointKey, type Spec } from '../planner/model/spec.ts';
import type { Precondition, Step } from '../planner/model/step.ts';
import type { SpecExecutors } from '../planner/spec/executors.ts';
import { withMarkFolders } from '../planner/spec/resolve/provided.ts';
import { readSpec } from '../planner/spec/index.ts';
import { WorldUnfit } from './failure.ts';
import { settingsChecks } from './settings.ts';
import { planFor } from './plan-for.ts';
import type { StageTransport } from './recorder.ts';
import type { World } from './subject.ts';

export interface Planned {
  plan: Plan;
  facts: Facts;
}

type Look = () => Promise<Facts>;

export interface RunOptions {
  transport?: StageTransport;
  interruption?: Interruption;
  /** What to make of what is seen before a step. */
  seen?: (step: Step, look: Look) => Promise<Facts>;
  /** What to make of the executors of the stage for this run. */
  watched?: (executor: Executor) => Executor;
}

/** A real world below `root`, planned and run by the real parts; the tool's own state is kept beside it. */
export class Stage {
  readonly root: string;
  /** The folder of the tool's own state: journals, plans, records. */
  readonly state: string;
  /** Of all runs. */
  readonly events: RunEvent[] = [];
  readonly #executors: readonly Executor[];
  readonly #purpose: PlanPurpose;
  readonly #request: PlanRequest;
  readonly #spec: Spec;
  readonly #passphrase: string;

  /**
   * @param beside an empty folder that is not below `root`
   * @param passphrase the value of each that is asked for
   */
  constructor(root: string, beside: string, executors: readonly Executor[], world: World, passphrase = '') {
    this.#passphrase = passphrase;
    this.root = root;
    this.state = join(beside, 'state');
    this.#executors = executors;
    this.#purpose = world.purpose ?? 'backup';
    const nothing = { only: [], exclude: [], prune: true, allowDestructive: false, volumes: [], restore: null };
    this.#request = { ...nothing, ...world.request?.(root) };
    mkdirSync(beside, { recursive: true });
    const path = join(beside, 'nbkp.toml');
    const text = world.spec(root);
    writeFileSync(path, text);
    this.#spec = withMarkFolders(specOf(text, path, executors), this.state);
    makeMarkFolders(this.#spec);
  }

  /** The planning halves of the executors that are installed. */
  get planning(): ExecutorPlanning[] {
    return this.#executors.map(({ planning }) => planning);
  }

  async facts(): Promise<Facts> {
    const { history } = readHistory(this.state, this.#spec.path);
    const { restore } = this.#request;
    const volumes = restore === null ? [] : questionsAboutPath(restore.to);
    return { ...(await this.#hosts().observe(questionsFor(this.#spec), { volumes })), history };
  }

  plan(facts: Facts, purpose = this.#purpose, executors = this.planning): Plan {
    return planFor(purpose, { ...this.#input(facts), executors });
  }

  async planned(purpose = this.#purpose): Promise<Planned> {
    const facts = await this.facts();
    return { plan: this.plan(facts, purpose), facts };
  }

  /** Plans and runs. */
  async go(options: RunOptions = {}): Promise<RunRecord> {
    return this.run(await this.planned(), options);
  }

  /** Makes sentinels and destinations, as `nbkp prepare` does. */
  async prepare(): Promise<void> {
    const { findings, steps, exitCode } = await this.run(await this.planned('prepare'));
    const trouble = [...findings, ...steps.flatMap((step) => step.findings)];
    if (exitCode !== 0 || hasErrors(trouble)) {
      const said = trouble.map(({ message }) => message).join('\n');
      throw new WorldUnfit(`The world could not be prepared as nbkp prepare does it: ${said}`);
    }
  }

  /** One step at a time, so that a fault always meets the same one. */
  async run({ plan, facts }: Planned, options: RunOptions = {}): Promise<RunRecord> {
    const { transport = localTransport(), interruption = new Interruption() } = options;
    const { watched = (executor: Executor) => executor, seen = (_: Step, look: Look) => look() } = options;
    const real = replanning(this.#hosts(), plan, this.#input(facts));
    const opened = await openRun(this.state, { plan, facts, command: ['nbkp', 'test'], now: Date.now() });
    if (!opened.ok) throw new Error(opened.findings.map(({ message }) => message).join('\n'));
    const record = await runPlan({
      ...{ plan, planCode: 0, facts, interruption, ...opened.value, parallel: 1, now: Date.now },
      executor: (name) => {
        const found = [...this.#executors, ...BUILT_IN].find((executor) => executor.planning.name === name);
        return found && watched(found);
      },
      world: this.#hosts(transport),
      // Each step looks itself, so that one can be shown another world than the others.
      replanning: { ...real, looksAlike: () => false, observeStep: (step) => seen(step, () => real.observeStep(step)) },
      renews: false,
      secrets: new Passphrases(this.#passphrase),
      allowDestructive: plan.request.allowDestructive,
      emit: (event) => this.events.push(event),
    });
    await closeRun(this.state, opened.value, plan, record);
    return record;
  }

  /** The preconditions that nbkp adds to a step that writes in a destination. */
  addedTo({ sync: name = '' }: Step, { endpoints }: Facts): Precondition[] {
    const sync = this.#spec.syncs[name];
    const destination = sync && endpoints[endpointKey(sync.destination)];
    return sync === undefined || destination === undefined ? [] : insidePreconditions(sync, destination);
  }

  /** What executors ask to plan the syncs. */
  questions(facts: Facts, syncs: readonly string[], executors = this.planning): AskedQuestion[] {
    return executorQuestions(this.#spec, syncs, facts, executors);
  }

  /** The facts with what executors say of the histories that they keep. */
  histories(facts: Facts, executors = this.planning): Facts {
    return withHistories(this.#spec, facts, executors);
  }

  /** What an executor says of each snapshot that it keeps. */
  async verdicts({ name, volumes }: ExecutorPlanning): Promise<{ id: string; verdict: Wholeness }[]> {
    const facts = await this.facts();
    const [spec, transport, signal] = [this.#spec, localTransport(), new AbortController().signal];
    const secret = () => Promise.resolve(success(this.#passphrase));
    const kept = Object.values(spec.syncs).flatMap((sync) => {
      const stored = sync.transfer === name ? facts.endpoints[endpointKey(sync.destination)] : undefined;
      const entries = Object.entries(stored?.snapshots ?? {});
      return entries.flatMap(([at, { id }]) => (id === undefined ? [] : [{ sync, snapshot: { id, at } }]));
    });
    const looked = kept.map(async ({ sync, snapshot }) => {
      const check = volumes?.verify?.({ spec, facts, sync }, snapshot);
      const verdict = check && (await askWhetherWhole(check, () => transport, { secret, signal }));
      return { id: snapshot.id, verdict: verdict ?? { problem: 'it was not looked at' } };
    });
    return Promise.all(looked);
  }

  #input(facts: Facts): PlanInput {
    return { spec: this.#spec, facts, request: this.#request, executors: this.planning, version: '1.0.0' };
  }

  /** @param local how things are run; as ever without it */
  #hosts(local: StageTransport = localTransport()): Hosts {
    const secret = () => Promise.resolve(success(this.#passphrase));
    return worldOf({ spec: this.#spec, executors: this.planning, local, secret });
  }
}

/** Any passphrase is at hand, and they are all the same. */
class Passphrases extends Map<string, Result<string>> {
  readonly #value: string;

  constructor(value: string) {
    super();
    this.#value = value;
  }

  override get(): Result<string> {
    return success(this.#value);
  }

  override has(): boolean {
    return true;
  }
}

function specOf(text: string, path: string, executors: readonly Executor[]): Spec {
  const spec = readSpec(text, path, settingsOf(executors));
  if (spec.ok) return spec.value;
  const said = spec.findings.map(({ message, location, help = '' }) =>
    `line ${location?.line ?? '?'}: ${message} ${help}`.trimEnd(),
  );
  throw new WorldUnfit(`The spec of the world is not valid.\n${said.join('\n')}\n\n${text}`);
}

/** What a spec may say to executors that do not come with nbkp. */
function settingsOf(executors: readonly Executor[]): SpecExecutors {
  const brought = executors.filter((executor) => !BUILT_IN.includes(executor)).map(({ planning }) => planning);
  return {
    of: (wanted) => {
      const found = brought.find(({ name }) => name === wanted);
      return found === undefined ? null : settingsChecks(found);
    },
    names: brought.map(({ name }) => name),
  };
}
