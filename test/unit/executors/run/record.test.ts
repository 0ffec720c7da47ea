import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/planner/model/finding.ts';
import type { StepRecord } from '../../../../src/planner/model/run.ts';
import type { StepResult } from '../../../../src/executors/contract.ts';
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
        emit: (event) => told.push('step' in event ? `${event.type} ${event.step}` : event.type),
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
