import { describe, expect, it } from 'vitest';
import { Interruption, runPlan } from '../../../../src/executors/run/run-plan.ts';
import { done, failed, HeldRun, outcomes, plan, runInput, step } from './rig.ts';

describe('a run', () => {
  it('runs what is for the end when all others are settled, whatever became of them', async () => {
    const steps = [step('end', { runsOn: 'end' }), step('a'), step('b', { dependsOn: ['a'] }), step('c')];
    const run = new HeldRun(plan(steps));
    await run.settle();
    expect(run.running).toEqual(['a', 'c']);
    await run.end('a', failed());
    expect(run.running).toEqual(['c']);
    await run.end('c');
    expect(run.running).toEqual(['end']);
    await run.end('end');
    expect(outcomes(await run.record)).toEqual({ end: 'done', a: 'failed', b: 'not-run', c: 'done' });
  });

  it('runs what is for the end after an interruption too, and tells it how the run went', async () => {
    const interruption = new Interruption();
    const told: number[] = [];
    const record = await runPlan(
      runInput(
        plan([step('a'), step('b', { dependsOn: ['a'] }), step('end', { runsOn: 'end' })]),
        (current, context) => {
          if (current.id === 'a') interruption.interrupt('SIGTERM');
          else told.push(context.soFar().exitCode);
          return Promise.resolve(context.signal.aborted ? { outcome: 'interrupted', findings: [] } : done);
        },
        { interruption },
      ),
    );
    expect(told).toEqual([143]);
    expect(outcomes(record)).toEqual({ a: 'interrupted', b: 'not-run', end: 'done' });
  });
});
