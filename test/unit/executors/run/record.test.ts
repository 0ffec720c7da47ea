import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/planner/model/finding.ts';
import type { StepRecord } from '../../../../src/planner/model/run.ts';
import type { Step } from '../../../../src/planner/model/step.ts';
import type { StepContext, StepResult } from '../../../../src/executors/contract.ts';
import { runPlan } from '../../../../src/executors/run/run-plan.ts';
import { done, failed, finding, MemoryJournal, plan, plannedSync, runInput, step, worldOn } from './rig.ts';

describe('the record', () => {
  it('sums up what the steps of a sync changed', async () => {
    const results: Record<string, StepResult> = {
      transfer: { ...done, changes: { files: 3, bytes: 70, deleted: 1, entries: 12 } },
      snapshot: { ...done, changes: { snapshot: '2026-03-10T12:00:00.000Z' } },
      prune: { ...done, changes: { pruned: ['2025-01-01T00:00:00.000Z'] } },
    };
    const steps = ['transfer', 'snapshot', 'prune'].map((id) => step(id, { sync: 's' }));
    const record = await runPlan(
      runInput(plan(steps, [plannedSync('s')]), (own) => Promise.resolve(results[own.id] ?? done)),
    );
    expect(record.syncs).toEqual([
      {
        name: 's',
        outcome: 'succeeded',
        snapshot: '2026-03-10T12:00:00.000Z',
        pruned: ['2025-01-01T00:00:00.000Z'],
        files: 3,
        bytes: 70,
        deleted: 1,
        entries: 12,
      },
    ]);
  });

  it('calls a sync incomplete whose transfer left out what it could not copy, and the run failed', async () => {
    const leftOut = (severity: Finding['severity']): StepResult => ({
      ...done,
      findings: [{ ...finding('entries-left-out'), severity }],
    });
    const ended = async (result: StepResult) => {
      const steps = [step('transfer', { sync: 's' })];
      const { exitCode, syncs } = await runPlan(
        runInput(plan(steps, [plannedSync('s')]), () => Promise.resolve(result)),
      );
      return [exitCode, syncs[0]?.outcome];
    };
    expect(await ended(leftOut('error'))).toEqual([1, 'incomplete']);
    expect(await ended(leftOut('warning'))).toEqual([0, 'succeeded']);
    expect(await ended({ outcome: 'refused', findings: [finding('max-delete-exceeded')] })).toEqual([3, 'refused']);
  });

  it('prunes nothing of a sync whose copy is incomplete, and something of the one that waited for it', async () => {
    const prune = { kind: 'prune', destructive: true };
    const steps = [
      step('transfer:s', { sync: 's' }),
      step('prune:s', { sync: 's', dependsOn: ['transfer:s'], ...prune }),
      step('transfer:t', { sync: 't', dependsOn: ['transfer:s'] }),
      step('prune:t', { sync: 't', dependsOn: ['transfer:t'], ...prune }),
    ];
    const { steps: ended } = await runPlan(
      runInput(plan(steps, [plannedSync('s'), plannedSync('t')]), ({ id }) =>
        Promise.resolve(id === 'transfer:s' ? { ...done, incomplete: true } : done),
      ),
    );
    expect(ended.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      'transfer:s done',
      'prune:s unneeded',
      'transfer:t done',
      'prune:t done',
    ]);
  });

  it('does not hand on what a step had found when it failed', async () => {
    const values = { '{snapshot:s}': '2026-03-10T12:00:00.000Z' };
    const known: unknown[] = [];
    const steps = [step('a'), step('b', { dependsOn: ['a'], runsOn: 'failure' })];
    const apply = ({ id }: Step, context: StepContext): Promise<StepResult> => {
      if (id === 'a') return Promise.resolve({ ...failed(), values } as StepResult);
      known.push(context.values);
      return Promise.resolve(done);
    };
    await runPlan(runInput(plan(steps), apply));
    expect(known).toEqual([{}]);
  });

  it('has the last 50 lines of what the processes of a step complained of', async () => {
    const argv = ['sh', '-c', 'seq 51 >&2'];
    const apply = async (_: Step, context: StepContext): Promise<StepResult> => {
      await context.run(argv);
      return failed();
    };
    const record = await runPlan(runInput(plan([step('a', { commands: [argv] })]), apply));
    expect(record.steps[0]?.log).toEqual(Array.from({ length: 50 }, (_, index) => String(index + 2)));
  });

  it('names no snapshot that was not finished', async () => {
    const steps = [step('snapshot', { sync: 's' })];
    const broken: StepResult = { ...failed(), changes: { snapshot: '2026-03-10T12:00:00.000Z' } };
    const record = await runPlan(runInput(plan(steps, [plannedSync('s')]), () => Promise.resolve(broken)));
    expect(record.syncs[0]).not.toHaveProperty('snapshot');
  });

  it('holds the syncs that the plan did not mean to run, in the order of the plan', async () => {
    const syncs = [
      plannedSync('far', { state: 'skipped', reason: 'the drive is not there' }),
      plannedSync('near'),
      plannedSync('off', { state: 'disabled', reason: 'disabled in the spec' }),
      plannedSync('bad', { state: 'blocked', reason: 'source inside destination' }),
    ];
    const subject = plan([step('a', { sync: 'near' })], syncs, { findings: [finding('destination-inside-source')] });
    const record = await runPlan(runInput(subject, () => Promise.resolve(done), { planCode: 1 }));
    expect(record.syncs.map(({ name, outcome, reason }) => [name, outcome, reason])).toEqual([
      ['far', 'skipped', 'the drive is not there'],
      ['near', 'succeeded', undefined],
      ['off', 'disabled', 'disabled in the spec'],
      ['bad', 'blocked', 'source inside destination'],
    ]);
    expect(record.findings.map(({ code }) => code)).toEqual(['destination-inside-source']);
    expect(record.exitCode).toBe(1);
  });

  it('has the exit code of the plan where the run adds nothing worse', async () => {
    const absent = await runPlan(runInput(plan([step('a')]), () => Promise.resolve(done), { planCode: 4 }));
    expect(absent.exitCode).toBe(4);
    const worse = await runPlan(runInput(plan([step('a')]), () => Promise.resolve(failed()), { planCode: 4 }));
    expect(worse.exitCode).toBe(1);
  });
});

describe('the events of a run', () => {
  it('tell its story in order, the outcome of a step after the journal has it', async () => {
    const told: string[] = [];
    const why: unknown[] = [];
    class TellingJournal extends MemoryJournal {
      override end(record: StepRecord): Promise<Finding | null> {
        told.push(`journal ${record.id}`);
        return super.end(record);
      }
    }
    const steps = [step('a', { sync: 's' }), step('b', { sync: 's', dependsOn: ['a'] })];
    await runPlan(
      runInput(plan(steps, [plannedSync('s')]), (own) => Promise.resolve(own.id === 'a' ? failed() : done), {
        journal: new TellingJournal(),
        emit: (event) => {
          told.push('step' in event ? `${event.type} ${event.step}` : event.type);
          if (event.type === 'step-finished') why.push(event.reason);
        },
      }),
    );
    expect(told).toEqual([
      'run-started',
      'step-started a',
      'journal a',
      'step-finished a',
      'step-finished b',
      'sync-finished',
      'run-finished',
    ]);
    expect(why).toEqual([undefined, 'a failed']);
  });

  it('that nobody can take end the run, with nothing left running', async () => {
    let killed = 0;
    const input = runInput(plan([step('a')]), () => Promise.resolve(done), {
      emit: (event) => {
        if (event.type === 'step-finished') throw new Error('the reporter is broken');
      },
      world: { ...worldOn(), killAll: () => (killed += 1) },
    });
    await expect(runPlan(input)).rejects.toThrow('the reporter is broken');
    expect(killed).toBe(1);
  });
});
