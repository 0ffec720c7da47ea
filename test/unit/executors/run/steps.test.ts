import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../src/planner/model/event.ts';
import type { Finding } from '../../../../src/planner/model/finding.ts';
import type { StepRecord } from '../../../../src/planner/model/run.ts';
import type { Step } from '../../../../src/planner/model/step.ts';
import { Interruption, runPlan } from '../../../../src/executors/run/run-plan.ts';
import { makeTempDir, type TempDir } from '../../../support/tempdir.ts';
import {
  done,
  facts,
  failed,
  finding,
  HeldRun,
  MemoryJournal,
  outcomes,
  plan,
  plannedSync,
  runInput,
  step,
  replans,
} from './rig.ts';

let dir: TempDir;

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

describe('before a step', () => {
  const precondition = { fact: '/machine/user', check: 'equals', value: 'ada', description: 'the user' } as const;

  it('its preconditions are observed anew, and one that does not hold fails it, saying what it was and what it is', async () => {
    const now = { ...facts, machine: { hostname: 'laptop', user: 'eve' } };
    const applied: string[] = [];
    const record = await runPlan(
      runInput(
        plan([step('a', { preconditions: [precondition] }), step('b')]),
        (own) => {
          applied.push(own.id);
          return Promise.resolve(done);
        },
        { replanning: replans({ observeStep: () => Promise.resolve(now) }) },
      ),
    );
    expect(applied).toEqual(['b']);
    expect(record.steps[0]).toMatchObject({ outcome: 'failed', findings: [{ code: 'plan-stale' }] });
    expect(record.steps[0]?.findings[0]?.message).toMatch(/the user.*ada.*eve/);
    expect(record.exitCode).toBe(1);
  });

  it('an interruption that comes while it is observed keeps it from running', async () => {
    const interruption = new Interruption();
    const applied: string[] = [];
    const record = await runPlan(
      runInput(
        plan([step('a', { preconditions: [precondition] })]),
        (own) => {
          applied.push(own.id);
          return Promise.resolve(done);
        },
        {
          interruption,
          replanning: replans({
            observeStep: () => {
              interruption.interrupt('SIGINT');
              return Promise.resolve(facts);
            },
          }),
        },
      ),
    );
    expect(applied).toEqual([]);
    expect(outcomes(record)).toEqual({ a: 'interrupted' });
  });

  it('nothing is observed that it does not depend on', async () => {
    const observed: string[] = [];
    const steps = [step('a', { preconditions: [precondition] }), step('b')];
    const replanning = replans({
      observeStep: (own: Step) => {
        observed.push(own.id);
        return Promise.resolve(facts);
      },
    });
    const record = await runPlan(runInput(plan(steps), () => Promise.resolve(done), { replanning }));
    expect(observed).toEqual(['a']);
    expect(record.exitCode).toBe(0);
  });

  it('its beginning is on stable storage', async () => {
    let noted: (value: null) => void = () => undefined;
    class SlowJournal extends MemoryJournal {
      override begin(): Promise<Finding | null> {
        return new Promise((resolve) => (noted = resolve));
      }
    }
    const run = new HeldRun(plan([step('a')]), { journal: new SlowJournal() });
    await run.settle();
    expect(run.started).toEqual([]);
    noted(null);
    await run.settle();
    expect(run.started).toEqual(['a']);
  });

  it('that depends on another, the end of that one is on stable storage', async () => {
    let noted: (value: null) => void = () => undefined;
    class SlowJournal extends MemoryJournal {
      override end(): Promise<Finding | null> {
        return new Promise((resolve) => (noted = resolve));
      }
    }
    const run = new HeldRun(plan([step('a'), step('b', { dependsOn: ['a'] })]), { journal: new SlowJournal() });
    await run.settle();
    await run.end('a');
    expect(run.started).toEqual(['a']);
    noted(null);
    await run.settle();
    expect(run.started).toEqual(['a', 'b']);
  });
});

describe('without a journal', () => {
  class BrokenJournal extends MemoryJournal {
    readonly trouble = finding('journal-unwritable');

    constructor(readonly broken: (note: string) => boolean) {
      super();
    }

    override begin(id: string): Promise<Finding | null> {
      return Promise.resolve(this.broken(`begin ${id}`) ? this.trouble : null);
    }

    override end(record: StepRecord): Promise<Finding | null> {
      return Promise.resolve(this.broken(`end ${record.id}`) ? this.trouble : null);
    }
  }

  it('no step is begun', async () => {
    const run = new HeldRun(plan([step('a')]), { journal: new BrokenJournal(() => true) });
    const record = await run.record;
    expect(run.started).toEqual([]);
    expect(record.steps[0]).toMatchObject({ outcome: 'failed', findings: [{ code: 'journal-unwritable' }] });
  });

  it('a success does not count, but what was acquired is released', async () => {
    const journal = new BrokenJournal((note) => note !== 'begin mount');
    const steps = [
      step('mount'),
      step('copy', { dependsOn: ['mount'] }),
      step('unmount', { releases: 'mount', dependsOn: ['mount', 'copy'] }),
    ];
    const run = new HeldRun(plan(steps), { journal });
    await run.settle();
    await run.end('mount');
    await run.end('unmount');
    const record = await run.record;
    expect(outcomes(record)).toEqual({ mount: 'failed', copy: 'not-run', unmount: 'done' });
    expect(record.steps[0]?.findings).toMatchObject([{ code: 'journal-unwritable' }]);
  });
});

describe('an executor', () => {
  it('that throws is a bug: the step fails, the record says where, and the others go on', async () => {
    const record = await runPlan(
      runInput(plan([step('a'), step('b')]), (own) => {
        if (own.id === 'a') throw new TypeError('of undefined');
        return Promise.resolve(done);
      }),
    );
    expect(outcomes(record)).toEqual({ a: 'failed', b: 'done' });
    const [bug] = record.steps[0]?.findings ?? [];
    expect(bug).toMatchObject({ code: 'internal-error', message: expect.stringContaining('of undefined') as string });
    expect(bug?.help).toContain('report');
    expect(bug?.message).not.toContain('at ');
    expect(record.steps[0]?.log.join('\n')).toMatch(/TypeError: of undefined\n\s+at /);
  });

  it('cannot run what the plan does not show', async () => {
    const file = join(dir.path, 'hidden');
    const shown = step('a', { commands: [['true']] });
    const record = await runPlan(
      runInput(plan([shown]), async (_, context) => {
        await context.run(['touch', file]);
        return done;
      }),
    );
    expect(record.steps[0]).toMatchObject({ outcome: 'failed', findings: [{ code: 'internal-error' }] });
    expect(existsSync(file)).toBe(false);
  });

  it('cannot hand on a value that is none', async () => {
    const values = { '{snapshot:s}': '../../elsewhere' };
    const record = await runPlan(runInput(plan([step('a')]), () => Promise.resolve({ ...done, values })));
    expect(record.steps[0]).toMatchObject({ outcome: 'failed', findings: [{ code: 'internal-error' }] });
  });

  it('hands values to the steps after it', async () => {
    const place = join(dir.path, '{snapshot:s}');
    const seen: string[] = [];
    const steps = [
      step('first', { commands: [['mkdir', place]] }),
      step('second', { commands: [['rmdir', place]], dependsOn: ['first'] }),
    ];
    const record = await runPlan(
      runInput(plan(steps), async (own, context) => {
        const name = context.values['{snapshot:s}'] ?? '2026-03-10T12:00:00.000Z';
        seen.push(`${own.id}: ${context.values['{snapshot:s}'] ?? 'unknown'}`);
        await context.run([own.commands[0]?.[0] ?? '', join(dir.path, name)]);
        return own.id === 'first' ? { ...done, values: { '{snapshot:s}': name } } : done;
      }),
    );
    expect(seen).toEqual(['first: unknown', 'second: 2026-03-10T12:00:00.000Z']);
    expect(record.exitCode).toBe(0);
  });

  it('is told how its processes did, and their errors are shown and kept unless it expected them', async () => {
    const events: RunEvent[] = [];
    const missing = (name: string): string => join(dir.path, name);
    const line = (name: string): string => `cat: ${missing(name)}: No such file or directory`;
    const heard: string[] = [];
    const record = await runPlan(
      runInput(
        plan([step('a', { commands: [['cat', missing('known'), missing('unknown')]] })]),
        async (own, context) => {
          const result = await context.run(own.commands[0] ?? [], {
            onStderrLine: (each) => {
              heard.push(each);
              return each === line('known');
            },
          });
          return result.code === 1 ? failed() : done;
        },
        { emit: (event) => events.push(event) },
      ),
    );
    expect(heard).toEqual([line('known'), line('unknown')]);
    expect(record.steps[0]).toMatchObject({ outcome: 'failed', log: [line('unknown')] });
    expect(events.filter(({ type }) => type === 'step-output')).toMatchObject([{ step: 'a', line: line('unknown') }]);
  });

  it('can count the entries of a directory', async () => {
    const counts: (number | null)[] = [];
    await runPlan(
      runInput(plan([step('a')]), async (_, context) => {
        counts.push(await context.query.countEntries(import.meta.dirname));
        counts.push(await context.query.countEntries(join(dir.path, 'none')));
        return done;
      }),
    );
    expect(counts).toEqual([readdirSync(import.meta.dirname).length, null]);
  });
});

describe('a plan that is not what the executors would do', () => {
  const honest = step('honest', { sync: 'two' });
  const altered = { ...step('altered', { sync: 'one', commands: [['rm', '-rf', '/']] }), params: { commands: [] } };

  it('is refused for the sync that it is about, of which nothing runs', async () => {
    const steps = [step('before', { sync: 'one' }), altered, honest];
    const run = new HeldRun(plan(steps, [plannedSync('one'), plannedSync('two')]));
    await run.settle();
    expect(run.running).toEqual(['honest']);
    await run.end('honest');
    const record = await run.record;
    expect(record.syncs.map((sync) => sync.outcome)).toEqual(['refused', 'succeeded']);
    expect(record.findings).toMatchObject([{ code: 'plan-commands-differ', sync: 'one' }]);
    expect(record.exitCode).toBe(3);
  });

  it('is refused when its executor is missing', async () => {
    const steps = [step('a', { executor: { name: 'rclone', version: '1.0.0' } })];
    const record = await runPlan(runInput(plan(steps), () => Promise.resolve(done)));
    expect(record.findings).toMatchObject([{ code: 'executor-missing' }]);
    expect(record.exitCode).toBe(3);
  });

  it('is refused when the executor cannot read it', async () => {
    const steps = [{ ...step('a'), params: null }];
    const record = await runPlan(runInput(plan(steps), () => Promise.resolve(done)));
    expect(record.findings).toMatchObject([{ code: 'plan-commands-differ' }]);
  });

  it('does not acquire what it could not release', async () => {
    const release = { ...altered, id: 'release', releases: 'acquire', dependsOn: ['acquire'] };
    const record = await runPlan(runInput(plan([step('acquire'), release]), () => Promise.resolve(done)));
    expect(outcomes(record)).toEqual({ acquire: 'not-run', release: 'not-run' });
  });
});
