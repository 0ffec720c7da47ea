import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Executor } from '../../src/executors/contract.ts';
import { observe } from '../../src/executors/observe/observe.ts';
import { Interruption, runPlan } from '../../src/executors/run-plan.ts';
import { readHistory } from '../../src/executors/store/dead-runs.ts';
import { closeRun, openRun } from '../../src/executors/store/runs.ts';
import { localTransport } from '../../src/executors/transport/local.ts';
import type { Transport } from '../../src/executors/transport/transport.ts';
import type { PlanInput } from '../../src/planner/build/draft.ts';
import { questionsFor, volumeQuestion } from '../../src/planner/facts/questions.ts';
import type { Facts } from '../../src/planner/model/facts.ts';
import type { Plan, PlanRequest } from '../../src/planner/model/plan.ts';
import type { VolumeQuestion } from '../../src/planner/model/questions.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import type { Spec } from '../../src/planner/model/spec.ts';
import type { Step } from '../../src/planner/model/step.ts';
import { requestFor, specFrom } from '../support/planning.ts';

/** What is planned again and again on a stage. */
export interface Script {
  /** TOML. Everything that it names is below the root. */
  spec: string;
  request?: Partial<PlanRequest>;
  /** Besides what the spec asks: directories that the request names. */
  questions?: VolumeQuestion[];
  build: (input: PlanInput) => Plan;
}

export interface Planned {
  plan: Plan;
  facts: Facts;
}

export interface RunOptions {
  transport?: Transport & { killAll(): void };
  interruption?: Interruption;
  observeStep?: (step: Step) => Promise<Facts>;
}

/** A real world below `root`, planned and run by the real parts; the tool's own state is kept beside it. */
export class Stage {
  readonly root: string;
  readonly #executors: readonly Executor[];
  readonly #script: Script;
  readonly #spec: Spec;
  readonly #state: string;

  /** @param beside an empty folder that is not below `root` */
  constructor(root: string, beside: string, executors: readonly Executor[], script: Script) {
    this.root = root;
    this.#executors = executors;
    this.#script = script;
    this.#state = join(beside, 'state');
    mkdirSync(beside, { recursive: true });
    const path = join(beside, 'nbkp.toml');
    writeFileSync(path, script.spec);
    this.#spec = specFrom(script.spec, path);
  }

  async facts(): Promise<Facts> {
    const { history } = readHistory(this.#state, this.#spec.path);
    return { ...(await this.#ask(undefined, this.#script.questions ?? [])), history };
  }

  plan(facts: Facts): Plan {
    return this.#script.build({
      spec: this.#spec,
      facts,
      request: requestFor(this.#script.request),
      executors: this.#executors.map((executor) => executor.planning),
      version: '1.0.0',
    });
  }

  async planned(): Promise<Planned> {
    const facts = await this.facts();
    return { plan: this.plan(facts), facts };
  }

  /** Plans and runs. */
  async go(options: RunOptions = {}): Promise<RunRecord> {
    return this.run(await this.planned(), options);
  }

  /** One step at a time, so that a fault always meets the same one. */
  async run({ plan, facts }: Planned, options: RunOptions = {}): Promise<RunRecord> {
    const { transport = localTransport(), interruption = new Interruption() } = options;
    const opened = await openRun(this.#state, { plan, facts, command: ['nbkp', 'test'], now: Date.now() });
    if (!opened.ok) throw new Error(opened.findings.map(({ message }) => message).join('\n'));
    const record = await runPlan({
      ...{ plan, planCode: 0, facts, interruption, ...opened.value, parallel: 1, now: Date.now },
      executor: (name) => this.#executors.find((executor) => executor.planning.name === name),
      transport: () => transport,
      killAll: () => transport.killAll(),
      observeStep: options.observeStep ?? ((step) => this.observeStep(step)),
      allowDestructive: plan.request.allowDestructive,
      emit: () => undefined,
    });
    await closeRun(this.#state, opened.value, plan, record);
    return record;
  }

  observeStep({ sync, volume }: Step): Promise<Facts> {
    const known = volume === undefined ? undefined : this.#spec.volumes[volume];
    return this.#ask(sync === undefined ? [] : [sync], known === undefined ? [] : [volumeQuestion(known)]);
  }

  #ask(syncs: readonly string[] | undefined, volumes: readonly VolumeQuestion[]): Promise<Facts> {
    const questions = questionsFor(this.#spec, syncs);
    const local = questions.hosts['local'] ?? { volumes: [], endpoints: [] };
    const hosts = { ...questions.hosts, local: { ...local, volumes: [...local.volumes, ...volumes] } };
    return observe({ ...questions, hosts }, { local: localTransport(), specPath: this.#spec.path });
  }
}
