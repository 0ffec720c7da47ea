import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Executor } from '../../src/executors/contract.ts';
import { BUILT_IN } from '../../src/executors/registry.ts';
import { Interruption } from '../../src/executors/run-plan.ts';
import type { Facts } from '../../src/planner/model/facts.ts';
import type { Json } from '../../src/planner/model/json.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { PLACEHOLDER, type Precondition, type Step } from '../../src/planner/model/step.ts';
import { readPointer } from '../../src/planner/plan-file/pointer.ts';
import { processesAbout } from '../support/running.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { stateOf } from '../support/tree.ts';
import { dying, watched, Watch, type Moment } from './faults.ts';
import { Stage, type Script } from './stage.ts';

/** Where flushing costs nothing: the tests run hundreds of backups. */
const MEMORY = '/dev/shm';

/** A world in which an executor has something to do, made anew below `root` for each test. */
export interface World {
  script: (root: string) => Script;
  /** Makes it. @returns what judges it later: all of them fail by assertions */
  make: (root: string) => Promise<Judge>;
  /** Kinds of the steps that a plan has however often it was run. */
  recurring: string[];
  /** Its steps rely on facts. Those of `false` must have no preconditions. */
  reliesOnFacts: boolean;
  /** Where the roots are; default a temporary folder. */
  place?: () => string;
}

export interface Judge {
  /** Whatever happened, nothing is lost. */
  sound: () => Promise<void>;
  /** After a run that succeeded. */
  finished: () => Promise<void>;
}

interface Subject {
  name: string;
  executor: Executor;
  world: World;
  /** Those that plan and run the steps of others. */
  others?: readonly Executor[];
}

/** What every executor has to keep, whatever it does. */
export function describeExecutor(subject: Subject): void {
  const { executor, world, others = BUILT_IN } = subject;
  const own = (plan: Plan): Step[] => plan.steps.filter((step) => step.executor.name === executor.planning.name);
  let beside: TempDir;
  let stages = 0;

  beforeAll(async () => {
    beside = await makeTempDir(existsSync(MEMORY) ? MEMORY : undefined);
  });
  afterAll(() => beside.remove());

  async function begin(watch = new Watch()): Promise<{ stage: Stage; judge: Judge }> {
    stages += 1;
    const root = join(world.place?.() ?? beside.path, `${executor.planning.name}-${stages}`);
    const judge = await world.make(root);
    const installed = [...others.filter((other) => other !== executor), watch.on(executor)];
    return { stage: new Stage(root, join(beside.path, `beside-${stages}`), installed, world.script(root)), judge };
  }

  /** The executor's commands of a run that nothing disturbs. */
  async function commandsOfARun(): Promise<Watch['ran']> {
    const watch = new Watch();
    const { stage } = await begin(watch);
    expectSuccess(await stage.go({ transport: watched(watch) }));
    expect(watch.ran.length).toBeGreaterThan(0);
    return watch.ran;
  }

  /** After whatever went wrong: nothing is lost, and the next run does what had to be done. */
  async function recovers(stage: Stage, judge: Judge): Promise<void> {
    expect(processesAbout(stage.root)).toEqual([]);
    await judge.sound();
    expectSuccess(await stage.go());
    await judge.sound();
    await judge.finished();
  }

  describe(`the executor ${subject.name}`, () => {
    describe('plans', () => {
      it('the same bytes for the same facts', async () => {
        const { stage } = await begin();
        const facts = await stage.facts();
        expect(JSON.stringify(stage.plan(facts))).toBe(JSON.stringify(stage.plan(structuredClone(facts))));
      });

      it('steps that say what they do, why, and with which commands', async () => {
        const { plan } = await (await begin()).stage.planned();
        expect(own(plan).length).toBeGreaterThan(0);
        for (const step of own(plan)) {
          expect(step.summary).toMatch(/\S/);
          expect(step.reason).toMatch(/\S/);
          expect(step.commands.flat().length).toBeGreaterThan(0);
          expect(executor.planning.kinds).toContain(step.kind);
          expect(executor.planning.commands(step.params)).toEqual(step.commands);
        }
      });

      it('without changing anything', async () => {
        const { stage } = await begin();
        const before = await traceOf(stage.root);
        await stage.planned();
        await stage.planned();
        expect(await traceOf(stage.root)).toEqual(before);
      });
    });

    it('has nothing left to do after it ran, but what it does each time', async () => {
      const { stage, judge } = await begin();
      expectSuccess(await stage.go());
      await judge.sound();
      await judge.finished();
      const { plan } = await stage.planned();
      expect(world.recurring).toEqual(expect.arrayContaining(plan.steps.map((step) => step.kind)));
    });

    it('runs nothing that the plan does not show', async () => {
      const watch = new Watch();
      const { stage } = await begin(watch);
      const planned = await stage.planned();
      expectSuccess(await stage.run(planned, { transport: watched(watch) }));
      for (const { step, argv } of watch.ran) {
        const shown = planned.plan.steps.find(({ id }) => id === step)?.commands ?? [];
        expect(
          shown.filter((command) => couldBe(command, argv)),
          argv.join(' '),
        ).not.toEqual([]);
      }
    });

    it.each<[string, (step: Step) => Partial<Step>]>([
      ['a command of it was changed', ({ commands }) => ({ commands: commands.map((argv) => [...argv, '/']) })],
      ['a command of it was left out', ({ commands }) => ({ commands: commands.slice(1) })],
      ['its params are not those of its commands', () => ({ params: { commands: [['rm', '-rf', '/nowhere']] } })],
    ])('runs nothing at all when %s', async (_, change) => {
      const watch = new Watch();
      const { stage } = await begin(watch);
      const { plan, facts } = await stage.planned();
      const [first] = own(plan);
      const steps = upTo(plan, first?.id ?? '').map((step) => (step === first ? { ...step, ...change(step) } : step));
      const before = await traceOf(stage.root);
      const record = await stage.run({ plan: { ...plan, steps }, facts }, { transport: watched(watch) });
      expect(record.exitCode).toBe(3);
      expect(watch.ran).toEqual([]);
      expect(await traceOf(stage.root)).toEqual(before);
    });

    it(`relies on ${world.reliesOnFacts ? 'facts, and changes nothing when one of them is not so' : 'no facts'}`, async () => {
      let { stage } = await begin();
      const first = await stage.planned();
      const cases = own(first.plan).flatMap(({ id, preconditions }) => preconditions.map((_, at) => ({ id, at })));
      expect(cases.length > 0).toBe(world.reliesOnFacts);
      for (const { id, at } of cases) {
        const { plan, facts } = await stage.planned();
        const steps = upTo(plan, id);
        const relied = steps.at(-1)?.preconditions[at];
        if (relied === undefined) throw new Error(`${id} was planned otherwise this time`);
        let before: string[] = [];
        const record = await stage.run(
          { plan: { ...plan, steps }, facts },
          {
            observeStep: async (step) => {
              const seen = await stage.observeStep(step);
              if (step.id !== id) return seen;
              before = await traceOf(stage.root);
              return without(seen, relied);
            },
          },
        );
        const ended = record.steps.find((step) => step.id === id);
        expect(ended, relied.description).toMatchObject({ outcome: 'failed', findings: [{ code: 'plan-stale' }] });
        expect(await traceOf(stage.root), relied.description).toEqual(before);
        // What it waits for has changed something.
        if (steps.length > 1) ({ stage } = await begin());
      }
    });

    // After one command is before the next, but for the last.
    it.each<Moment>(['before', 'during', 'after'])(
      'loses nothing when nbkp is killed %s any of its commands',
      async (moment) => {
        const commands = await commandsOfARun();
        const moments = commands.map((_, number) => number).slice(moment === 'after' ? -1 : 0);
        for (const number of moments) {
          const watch = new Watch();
          const { stage, judge } = await begin(watch);
          const record = await stage.go({ transport: dying(watch, number, moment) });
          expect(record.exitCode).toBe(1);
          await recovers(stage, judge);
        }
      },
    );

    it('leaves no process behind when it is cancelled, and loses nothing', async () => {
      const commands = await commandsOfARun();
      const firsts = commands.flatMap(({ step }, number) => (commands[number - 1]?.step === step ? [] : [number]));
      for (const first of firsts) {
        const watch = new Watch();
        const { stage, judge } = await begin(watch);
        const interruption = new Interruption();
        const transport = watched(watch, (number) => {
          if (number === first) interruption.interrupt('SIGTERM');
        });
        const record = await stage.go({ transport, interruption });
        expect(record.exitCode).toBe(143);
        expect(watch.ran.length).toBe(first + 1);
        await recovers(stage, judge);
      }
    });
  });
}

/** Every trace that a change would leave. The lock is taken, and its holder written into it, before anything is looked at. */
async function traceOf(root: string): Promise<string[]> {
  return (await stateOf(root)).filter((line) => !/\/\.nbkp-lock\t/.test(line));
}

/** A step and all that it waits for. */
function upTo(plan: Plan, id: string): Step[] {
  const wanted = new Set([id]);
  const steps = plan.steps.toReversed().filter((step) => {
    if (!wanted.has(step.id)) return false;
    for (const awaited of step.dependsOn) wanted.add(awaited);
    return true;
  });
  return steps.reverse();
}

function expectSuccess(record: RunRecord): void {
  const findings = [...record.findings, ...record.steps.flatMap((step) => step.findings)];
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(record.exitCode).toBe(0);
}

/** Whether an argv is this command with something in the place of each placeholder. */
function couldBe(command: readonly string[], argv: readonly string[]): boolean {
  if (command.length !== argv.length) return false;
  return command.every((word, index) => {
    const literal = word.split(PLACEHOLDER).map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    return new RegExp(`^${literal.join('[0-9TZ:.-]+')}$`, 's').test(argv[index] ?? '');
  });
}

/** Facts in which a precondition does not hold. */
function without(facts: Facts, precondition: Precondition): Facts {
  const path = precondition.fact
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  // What is shared in memory is not one thing in the world.
  const changed = JSON.parse(JSON.stringify(facts)) as Facts;
  let place: unknown = changed;
  for (const part of path.slice(0, -1))
    place = readPointer(place, `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  if (typeof place !== 'object' || place === null) throw new Error(`${precondition.fact} is not in the facts`);
  Reflect.set(place, path.at(-1) ?? '', otherThan(precondition));
  return changed;
}

function otherThan({ check, value }: Precondition): Json {
  if (check === 'at-least') return Number(value) - 1;
  if (check === 'none-of') return Array.isArray(value) ? (value[0] ?? null) : null;
  return typeof value === 'boolean' ? !value : 'something else';
}
