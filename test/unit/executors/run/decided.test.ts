import { describe, expect, it } from 'vitest';
import type { Step } from '../../../../src/planner/model/step.ts';
import type { Decision } from '../../../../src/planner/plan-file/fit.ts';
import { HeldRun, outcomes, plan, plannedSync, replans, step } from './rig.ts';

const awaiting = (id: string, more: Partial<Step> = {}): Step => step(id, { sync: 'docs', awaits: ['usb'], ...more });

/** What the sync `docs` and another one need of a drive: it is opened, and closed again. */
const STEPS = [
  step('mount'),
  awaiting('transfer:docs', { dependsOn: ['mount'], commands: [['cp', '{mount:usb}', 'b']] }),
  awaiting('prune:docs', { dependsOn: ['transfer:docs'] }),
  step('transfer:music', { sync: 'music', dependsOn: ['mount'] }),
  step('unmount', { releases: 'mount', dependsOn: ['mount', 'transfer:docs', 'prune:docs', 'transfer:music'] }),
];
const SYNCS = [plannedSync('docs'), plannedSync('music')];

/** A run in which the drive has just been opened. */
async function opened(steps: ReadonlyMap<string, Step | null>): Promise<HeldRun> {
  const decision: Decision = { state: 'fits', steps, remarks: [] };
  const run = new HeldRun(plan(STEPS, SYNCS), { replanning: replans({ decide: () => Promise.resolve(decision) }) });
  await run.settle();
  expect(run.running).toEqual(['mount']);
  await run.end('mount');
  return run;
}

describe('steps that are decided when their drive is open', () => {
  it('take the place of those that were shown, and one that is not needed is left out', async () => {
    const now = step('transfer:docs', { sync: 'docs', dependsOn: ['mount'], commands: [['cp', '/media/usb', 'b']] });
    const run = await opened(new Map([['transfer:docs', now]]));
    expect(run.running.toSorted()).toEqual(['transfer:docs', 'transfer:music']);
    for (const id of ['transfer:docs', 'transfer:music', 'unmount']) await run.end(id);
    const record = await run.record;
    expect(outcomes(record)).toMatchObject({ 'transfer:docs': 'done', unmount: 'done' });
    expect(run.started).not.toContain('prune:docs');
    expect(record.exitCode).toBe(0);
  });

  it.each<[string, Partial<Step>, string]>([
    ['whose commands their executor would not run', { params: { commands: [['true']] } }, 'plan-commands-differ'],
    ['whose executor is not there', { executor: { name: 'rclone', version: '1.0.0' } }, 'executor-missing'],
  ])('and %s are refused: nothing of the sync runs, the other one does', async (_, change, code) => {
    const now = {
      ...step('transfer:docs', { sync: 'docs', dependsOn: ['mount'], commands: [['rm', '-rf', '/']] }),
      ...change,
    };
    const run = await opened(new Map([['transfer:docs', now]]));
    expect(run.running).toEqual(['transfer:music']);
    for (const id of ['transfer:music', 'unmount']) await run.end(id);
    const record = await run.record;
    expect(record.findings).toMatchObject([{ code, sync: 'docs' }]);
    expect(record.syncs.map(({ outcome }) => outcome)).toEqual(['refused', 'succeeded']);
    expect(run.started).toEqual(['mount', 'transfer:music', 'unmount']);
    expect(record.exitCode).toBe(3);
  });
});
