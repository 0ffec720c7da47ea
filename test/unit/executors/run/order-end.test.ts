import { describe, expect, it } from 'vitest';
import { HeldRun, plan, step } from './rig.ts';

describe('the end of a run', () => {
  it('starts what waits for the end last of all, and then what waits for that', async () => {
    const steps = [
      step('clean'),
      step('close', { runsOn: 'end', dependsOn: ['clean'] }),
      step('lock', { dependsOn: ['close'] }),
    ];
    const run = new HeldRun(plan(steps));
    await run.settle();
    expect(run.running).toEqual(['clean']);
    await run.end('clean');
    expect(run.running).toEqual(['close']);
    await run.end('close');
    expect(run.running).toEqual(['lock']);
    await run.end('lock');
    expect((await run.record).exitCode).toBe(0);
  });
});
