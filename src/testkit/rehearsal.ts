import { existsSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BUILT_IN } from '../executors/registry.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { Plan } from '../planner/model/plan.ts';
import type { RunRecord } from '../planner/model/run.ts';
import type { Step } from '../planner/model/step.ts';
import { LawBroken, shown, WorldUnfit, type Breach } from './failure.ts';
import type { Law } from './law.ts';
import { placeOf, recording, Recorder, type Started } from './recorder.ts';
import { Stage, type Planned, type RunOptions } from './stage.ts';
import type { Judge, Subject } from './subject.ts';
import { processesAbout } from './trace.ts';

/** A world that was just made, with who judges it and what records its runs. */
export interface Scene {
  stage: Stage;
  judge: Judge;
  recorder: Recorder;
}

/** A run that nothing disturbed. */
export interface Undisturbed extends Scene {
  planned: Planned;
  record: RunRecord;
}

/** Where flushing costs nothing: the laws are tried in hundreds of runs. */
const MEMORY = '/dev/shm';

/** Worlds in which something is tried at the same time. */
const AT_ONCE = 3;

/** Milliseconds in which the last process of an ended run has to be gone, on a busy machine too. */
const PATIENCE_MS = 10_000;

/** Everything that the laws do with one subject. */
export class Rehearsal {
  readonly subject: Subject;
  readonly #folder: string;
  readonly #law: Law;
  readonly #shared: Shared;

  /** @param shared by the rehearsals of all laws */
  constructor(subject: Subject, law: Law, shared: Shared) {
    this.subject = subject;
    this.#law = law;
    this.#shared = shared;
    this.#folder = shared.folder;
  }

  get name(): string {
    return this.subject.executor.planning.name;
  }

  /** Throws: the law does not hold. */
  broken(breach: Breach): never {
    throw new LawBroken(`the executor ${this.name}`, this.#law, breach);
  }

  /** Makes the world anew. @param passphrase the value of each that is asked for */
  async begin(passphrase = ''): Promise<Scene> {
    const { executor, world, others = BUILT_IN } = this.subject;
    this.#shared.scenes += 1;
    // No path is the beginning of another: processes are told by it.
    const number = String(this.#shared.scenes).padStart(5, '0');
    const root = join(world.place?.() ?? this.#folder, `${this.name}-${number}`);
    mkdirSync(root, { recursive: true });
    const judge = await world.make(root);
    const installed = [...others.filter(({ planning }) => planning.name !== this.name), executor];
    const stage = new Stage(root, join(this.#folder, `beside-${number}`), installed, world, passphrase);
    if (world.prepared !== true) await stage.prepare();
    return { stage, judge, recorder: new Recorder(this.name) };
  }

  /** The steps of the tested executor: at least one. */
  own(plan: Plan): Step[] {
    const own = plan.steps.filter((step) => step.executor.name === this.name);
    if (own.length > 0) return own;
    const syncs = plan.syncs.map(({ name, state, reason = '' }) => `${name} is ${state}. ${reason}`.trimEnd());
    const steps = plan.steps.map(({ id, executor }) => `${id} by ${executor.name}`).join(', ') || 'none';
    const said = [...syncs, `Steps: ${steps}`, ...plan.findings.map(told)].join('\n  ');
    throw new WorldUnfit(
      `The plan has no step of the executor ${this.name}: its world gives it nothing to do.\n  ${said}`,
    );
  }

  /** A run of the scene, recorded. */
  run({ stage, recorder }: Scene, planned: Planned, options: RunOptions = {}): Promise<RunRecord> {
    const transport = options.transport ?? recording(recorder);
    return stage.run(planned, { ...options, transport, watched: (executor) => recorder.on(executor) });
  }

  /** Made once: several laws look at it. */
  undisturbed(): Promise<Undisturbed> {
    this.#shared.undisturbed ??= this.#runUndisturbed();
    return this.#shared.undisturbed;
  }

  /** The executor's commands of a run that nothing disturbed, at least one, all of them successful. */
  async commands(): Promise<Required<Started>[]> {
    const { record, recorder } = await this.undisturbed();
    this.expectSuccess(record, 'in a run that nothing disturbed');
    if (recorder.own.length === 0) this.broken({ found: 'it ran no command at all.' });
    return recorder.own;
  }

  expectSuccess(record: RunRecord, when: string): void {
    const findings = [...record.findings, ...record.steps.flatMap((step) => step.findings)];
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (record.exitCode === 0 && errors.length === 0) return;
    const log = record.steps.flatMap((step) => step.log);
    const found = [`The run ended with exit code ${record.exitCode ?? '?'}.`, ...errors.map(told), ...log.slice(-10)];
    this.broken({ when, found: found.join('\n') });
  }

  async sound(judge: Judge, when: string): Promise<void> {
    await this.#judged(() => judge.sound(), when, 'Something is lost or half-made: `sound` of the world fails.');
  }

  async finished(judge: Judge, when: string): Promise<void> {
    await this.#judged(() => judge.finished(), when, 'The work is not done: `finished` of the world fails.');
  }

  /** What the source has lost is in the copy. */
  async kept(judge: () => void | Promise<void>, when: string, help: string): Promise<void> {
    await this.#judged(judge, when, `It is gone from the copy too: what \`lose\` of the world returned fails. ${help}`);
  }

  /** After whatever went wrong: nothing is lost, and the next run does what had to be done. */
  async recovers(scene: Scene, when: string): Promise<void> {
    await this.nothingRuns(scene, when);
    await this.sound(scene.judge, when);
    const next = `${when}, and after the next run`;
    this.expectSuccess(await scene.stage.go(), next);
    await this.sound(scene.judge, next);
    await this.finished(scene.judge, next);
  }

  async nothingRuns({ stage }: Scene, when: string): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    while (processesAbout(stage.root).length > 0 && performance.now() < until) await sleep(10);
    const left = processesAbout(stage.root);
    if (left.length === 0) return;
    const help = 'A command must not leave a process in a group or session of its own, or one that ignores SIGTERM.';
    this.broken({ when, found: `Processes are left:\n${left.join('\n')}`, help });
  }

  /** For a failure: what one of the executor's commands in a run was. */
  command({ recorder }: Scene, { plan }: Planned, number: number): string {
    const command = recorder.own[number];
    const step = plan.steps.find(({ id }) => id === command?.step);
    return command === undefined ? 'which this time was not run' : `${shown(command.argv)}${placeOf(step, command)}`;
  }

  async #judged(judge: () => void | Promise<void>, when: string, found: string): Promise<void> {
    try {
      await judge();
    } catch (cause) {
      this.broken({ when, found, cause });
    }
  }

  async #runUndisturbed(): Promise<Undisturbed> {
    const scene = await this.begin();
    const planned = await scene.stage.planned();
    this.own(planned.plan);
    const stop = scene.recorder.watchDeeds();
    try {
      return { ...scene, planned, record: await this.run(scene, planned) };
    } finally {
      stop();
    }
  }
}

/** Tries several at once, since most of the time is that of processes. Of the failures, the first one's is thrown, once all have ended. */
export async function inEach<T>(all: readonly T[], action: (one: T, index: number) => Promise<void>): Promise<void> {
  const waiting = [...all.entries()];
  const failures = new Map<number, unknown>();
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = failures.size === 0 ? waiting.shift() : undefined) {
      const [index, one] = next;
      await action(one, index).catch((error: unknown) => failures.set(index, error));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failures.size > 0) throw failures.get(Math.min(...failures.keys()));
}

/** What the rehearsals of a subject share. */
export interface Shared {
  /** A folder of the kit's own, for worlds and for what is beside them. */
  folder: string;
  scenes: number;
  undisturbed?: Promise<Undisturbed>;
}

/** Makes the kit's folder. Whoever opened it removes `folder`. */
export function openShared(): Shared {
  const parent = existsSync(MEMORY) ? MEMORY : tmpdir();
  return {
    folder: realpathSync(mkdtempSync(join(parent, 'nbkp-testkit-'))),
    scenes: 0,
  };
}

function told({ code, message }: Finding): string {
  return `${code}: ${message}`;
}
