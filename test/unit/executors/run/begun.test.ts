import { describe, expect, it } from 'vitest';
import type { StepResult } from '../../../../src/executors/contract.ts';
import { done, failed, HeldRun, outcomes, plan, plannedSync, step } from './rig.ts';

const SYNCS = [plannedSync('s'), plannedSync('other')];

describe('a sync that does not come to its end', () => {
  it('calls for no commands where nothing had begun: what was there already was only looked at', async () => {
    const ended = async (first: StepResult): Promise<string | undefined> => {
      const steps = [
        step('create', { sync: 's' }),
        step('elsewhere', { sync: 'other' }),
        step('transfer', { sync: 's', dependsOn: ['create', 'elsewhere'] }),
        step('alarm', { sync: 's', dependsOn: ['create', 'transfer'], runsOn: 'failure' }),
      ];
      const run = new HeldRun(plan(steps, SYNCS));
      await run.settle();
      await run.end('create', first);
      await run.end('elsewhere', failed());
      if (run.running.includes('alarm')) await run.end('alarm');
      return outcomes(await run.record)['alarm'];
    };
    expect(await ended(done)).toBe('done');
    expect(await ended({ outcome: 'unneeded', findings: [] })).toBe('not-run');
  });

  it('because it was interrupted makes those that depend on it interrupted too, not blocked', async () => {
    const run = new HeldRun(plan([step('a', { sync: 's' }), step('b', { sync: 'other', dependsOn: ['a'] })], SYNCS));
    await run.settle();
    await run.end('a', { outcome: 'interrupted', findings: [] });
    expect((await run.record).syncs.map(({ outcome }) => outcome)).toEqual(['interrupted', 'interrupted']);
  });
});

it('a plan in which two steps have one id is refused, as the bug that it is', async () => {
  await expect(new HeldRun(plan([step('a'), step('a')])).record).rejects.toThrow('one id');
});
