import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StepResult } from '../../../../src/executors/contract.ts';
import { runPlan, type RunInput } from '../../../../src/executors/run/run-plan.ts';
import type { Finding } from '../../../../src/planner/model/finding.ts';
import type { RunRecord } from '../../../../src/planner/model/run.ts';
import type { Precondition, Step } from '../../../../src/planner/model/step.ts';
import { makeTempDir, type TempDir } from '../../../support/tempdir.ts';
import { done, failed, outcomes, plan, plannedSync, replans, runInput, step } from './rig.ts';

/** Of facts in which there is no volume. */
const CHANGED: Precondition = { fact: '/volumes/usb', check: 'equals', value: 'as planned', description: 'usb' };
const HOLDS: Precondition = { ...CHANGED, value: null };

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

interface World {
  /** Of the sync `docs`: what it was when it was planned. */
  steps: Step[];
  /** What it is now. */
  fresh: ReadonlyMap<string, Step | null> | null;
  apply?: (step: Step) => StepResult;
  more?: Partial<RunInput>;
}

async function run({ steps, fresh, apply = () => done, more = {} }: World) {
  const ran: string[][] = [];
  const asked: string[] = [];
  const renew = (sync: string) => {
    asked.push(sync);
    return Promise.resolve(fresh);
  };
  const perform = (each: Step): Promise<StepResult> => {
    ran.push([each.id, ...each.commands.flat()]);
    return Promise.resolve(apply(each));
  };
  const subject = plan(steps, [plannedSync('docs')]);
  const record = await runPlan(runInput(subject, perform, { renews: true, replanning: replans({ renew }), ...more }));
  return { record, ran, asked };
}

const docs = (id: string, more: Partial<Step> = {}): Step =>
  step(id, { sync: 'docs', locks: [{ path: join(dir.path, 'lock'), mode: 'exclusive' }], ...more });

const saying = (...codes: string[]): Partial<Finding>[] => codes.map((code) => ({ code }) as Partial<Finding>);
const findingsOf = ({ findings, steps }: RunRecord) => [...findings, ...steps.flatMap((each) => each.findings)];

describe('a sync that another run has changed before its turn came', () => {
  it('runs as it is planned now, and what is not needed any more is left out', async () => {
    const { record, ran, asked } = await run({
      steps: [docs('transfer', { preconditions: [CHANGED] }), docs('prune', { dependsOn: ['transfer'] })],
      fresh: new Map([
        ['transfer', docs('transfer', { preconditions: [HOLDS], commands: [['cp', 'new']] })],
        ['prune', null],
      ]),
    });
    expect(asked).toEqual(['docs']);
    expect(ran).toEqual([['transfer', 'cp', 'new']]);
    expect(outcomes(record)).toEqual({ transfer: 'done', prune: 'unneeded' });
    expect(record.findings).toMatchObject([{ code: 'plan-renewed', sync: 'docs' }]);
    expect(record.exitCode).toBe(0);
  });

  it('does not run what asked where that is not needed any more', async () => {
    const { record, ran } = await run({
      steps: [docs('create', { preconditions: [CHANGED] }), docs('transfer', { dependsOn: ['create'] })],
      fresh: new Map([
        ['create', null],
        ['transfer', docs('transfer', { dependsOn: ['create'], commands: [['cp', 'new']] })],
      ]),
    });
    expect(ran).toEqual([['transfer', 'cp', 'new']]);
    expect(outcomes(record)).toEqual({ create: 'unneeded', transfer: 'done' });
  });

  it.each<[string, Partial<Step>]>([
    ['whose commands its executor would not run', { commands: [['rm', '-rf', '/']], params: { commands: [] } }],
    ['whose executor is not there', { executor: { name: 'rclone', version: '1.0.0' } }],
  ])('does not run a step %s', async (_, more) => {
    const { record, ran } = await run({
      steps: [docs('transfer', { preconditions: [CHANGED] })],
      fresh: new Map([['transfer', docs('transfer', more)]]),
    });
    expect(ran).toEqual([]);
    expect(findingsOf(record)).toMatchObject(saying('plan-stale'));
  });

  it('fails where what is found still differs from what was planned again', async () => {
    const { record, ran, asked } = await run({
      steps: [docs('transfer', { preconditions: [CHANGED] })],
      fresh: new Map([['transfer', docs('transfer', { preconditions: [CHANGED] })]]),
    });
    expect([ran, asked]).toEqual([[], ['docs']]);
    expect(findingsOf(record)).toMatchObject(saying('plan-renewed', 'plan-stale'));
  });

  it.each<[string, Partial<Step>, Partial<World>]>([
    ['that somebody has agreed to as it was', {}, { more: { renews: false } }],
    ['that cannot be planned now', {}, { fresh: null }],
    ['without a lock, which another run cannot have held', { locks: [] }, {}],
  ])('is not planned again: one %s', async (_, own, world) => {
    const steps = [docs('transfer', { ...own, preconditions: [CHANGED] })];
    const { record, ran } = await run({ steps, fresh: new Map([['transfer', docs('transfer', own)]]), ...world });
    expect(ran).toEqual([]);
    expect(findingsOf(record)).toMatchObject(saying('plan-stale'));
  });

  it('is not planned again after one of its steps relied on what it had found', async () => {
    const { record, ran, asked } = await run({
      steps: [
        docs('create', { preconditions: [HOLDS] }),
        docs('transfer', { dependsOn: ['create'], preconditions: [CHANGED] }),
      ],
      fresh: new Map([['transfer', docs('transfer')]]),
    });
    expect([ran, asked]).toEqual([[['create']], []]);
    expect(outcomes(record)).toEqual({ create: 'done', transfer: 'failed' });
  });

  it('keeps what has ended as it was', async () => {
    const { record, ran } = await run({
      steps: [
        docs('before'),
        docs('transfer', { dependsOn: ['before'], preconditions: [CHANGED] }),
        docs('alarm', { dependsOn: ['transfer'], runsOn: 'failure' }),
      ],
      fresh: new Map([
        ['before', null],
        ['transfer', docs('transfer', { dependsOn: ['before'], commands: [['cp', 'new']] })],
        ['alarm', docs('alarm', { dependsOn: ['transfer'], runsOn: 'failure', commands: [['tell']] })],
      ]),
      apply: ({ id }) => (id === 'transfer' ? failed() : done),
    });
    expect(ran).toEqual([['before'], ['transfer', 'cp', 'new'], ['alarm', 'tell']]);
    expect(outcomes(record)).toEqual({ before: 'done', transfer: 'failed', alarm: 'done' });
  });

  it('counts what its later steps rely on for nothing: they have not looked yet', async () => {
    const { ran, asked } = await run({
      steps: [
        docs('transfer', { preconditions: [CHANGED] }),
        docs('prune', { dependsOn: ['transfer'], preconditions: [CHANGED] }),
      ],
      fresh: new Map([
        ['transfer', docs('transfer')],
        ['prune', docs('prune', { dependsOn: ['transfer'] })],
      ]),
    });
    expect([ran, asked]).toEqual([[['transfer'], ['prune']], ['docs']]);
  });

  it('keeps a step of which nothing new is said', async () => {
    const { ran } = await run({
      steps: [docs('transfer', { preconditions: [CHANGED] }), docs('tell', { dependsOn: ['transfer'] })],
      fresh: new Map([['transfer', docs('transfer')]]),
    });
    expect(ran).toEqual([['transfer'], ['tell']]);
  });

  it('fails where something else has changed, which no other run does', async () => {
    const folder: Precondition = { ...CHANGED, fact: '/endpoints/usb:docs/snapshotsLink', value: true };
    const { record, asked } = await run({
      steps: [docs('transfer', { preconditions: [folder] })],
      fresh: new Map([['transfer', docs('transfer')]]),
    });
    expect(asked).toEqual([]);
    expect(record.steps[0]).toMatchObject({ outcome: 'failed', findings: [{ code: 'plan-stale' }] });
  });
});

it('a step of no sync is stale where something has changed: nothing is planned again for it', async () => {
  const { record, asked } = await run({
    steps: [step('mount', { preconditions: [CHANGED], locks: [{ path: join(dir.path, 'lock'), mode: 'exclusive' }] })],
    fresh: new Map(),
  });
  expect(asked).toEqual([]);
  expect(record.steps[0]).toMatchObject({ outcome: 'failed', findings: [{ code: 'plan-stale' }] });
});
