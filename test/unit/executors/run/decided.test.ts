import { describe, expect, it } from 'vitest';
import { localTransport } from '../../../../src/hosts/transport/local.ts';
import type { LockRequest, Step } from '../../../../src/planner/model/step.ts';
import type { Decision } from '../../../../src/planner/plan-file/fit.ts';
import { finding, HeldRun, outcomes, plan, plannedSync, replans, step, worldOn } from './rig.ts';

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

describe('what a drive holds', () => {
  it('is looked at once for all steps of a sync, and none of them begins meanwhile', async () => {
    let decide: (decision: Decision) => void = () => undefined;
    const asked: unknown[] = [];
    const replanning = replans({
      decide: (...about) => {
        asked.push(about);
        return new Promise((resolve) => (decide = resolve));
      },
    });
    const steps = [awaiting('a'), awaiting('b'), step('free', { sync: 'music' })];
    const run = new HeldRun(plan(steps, SYNCS), { replanning, values: { '{mount:usb}': '/media/usb' } });
    await run.settle();
    expect(run.running).toEqual(['free']);
    expect(asked).toEqual([['docs', { '{mount:usb}': '/media/usb' }]]);
    const [a, b] = [step('a', { sync: 'docs' }), step('b', { sync: 'docs' })];
    const remarks = [{ ...finding('prune-postponed'), severity: 'warning' as const }];
    decide({ state: 'fits', steps: new Map([a, b].map((each) => [each.id, each])), remarks });
    await run.settle();
    expect(run.running).toEqual(['free', 'a', 'b']);
    for (const id of ['free', 'a', 'b']) await run.end(id);
    expect(await run.record).toMatchObject({ exitCode: 0, findings: remarks });
  });

  it.each<[Extract<Decision, { state: 'not-run' }>['outcome'], number]>([
    ['skipped', 0],
    ['blocked', 1],
    ['refused', 3],
  ])('may be why a sync is %s: exit code %d', async (outcome, exitCode) => {
    const why: Decision = { state: 'not-run', outcome, finding: { ...finding('volume-absent'), sync: 'docs' } };
    const replanning = replans({ decide: () => Promise.resolve(why) });
    const run = new HeldRun(plan([awaiting('a'), step('free', { sync: 'music' })], SYNCS), { replanning });
    await run.settle();
    await run.end('free');
    const record = await run.record;
    expect(run.started).toEqual(['free']);
    expect(record).toMatchObject({ exitCode, findings: [{ code: 'volume-absent' }] });
    expect(record.syncs.map((sync) => sync.outcome)).toEqual([outcome, 'succeeded']);
    expect(record.steps[0]).toMatchObject({ outcome: 'not-run', reason: 'volume-absent happened.' });
  });

  it('is the business of a sync: a plan that leaves anything else open is a bug', async () => {
    await expect(new HeldRun(plan([step('a', { awaits: ['usb'] })])).record).rejects.toThrow('is of no sync');
  });

  it('may need another lock than was planned', async () => {
    const asked: string[] = [];
    // Stands in for locks, to see which of them are asked for.
    const transport = () => ({
      ...localTransport(),
      lock: ({ path, mode }: LockRequest) => {
        asked.push(`${mode} ${path}`);
        return Promise.resolve({ state: 'failed' as const, message: 'not today' });
      },
    });
    const now = step('a', { sync: 'docs', locks: [{ path: '/is', mode: 'exclusive' }] });
    const decision: Decision = { state: 'fits', steps: new Map([['a', now]]), remarks: [] };
    const shown = awaiting('a', { locks: [{ path: '/was', mode: 'shared' }] });
    const run = new HeldRun(plan([shown], SYNCS.slice(0, 1)), {
      replanning: replans({ decide: () => Promise.resolve(decision) }),
      world: { ...worldOn(), transport },
    });
    expect(await run.record).toMatchObject({ exitCode: 1, findings: [{ code: 'lock-failed' }] });
    expect(asked).toEqual(['exclusive /is']);
  });

  it('does not matter after an interruption', async () => {
    let decide: (decision: Decision) => void = () => undefined;
    const replanning = replans({ decide: () => new Promise((resolve) => (decide = resolve)) });
    const run = new HeldRun(plan([awaiting('a')], SYNCS.slice(0, 1)), { replanning });
    await run.settle();
    run.interruption.interrupt('SIGINT');
    await run.settle();
    decide({ state: 'fits', steps: new Map([['a', step('a', { sync: 'docs' })]]), remarks: [] });
    expect(await run.record).toMatchObject({ exitCode: 130, syncs: [{ outcome: 'interrupted' }] });
    expect(run.started).toEqual([]);
  });
});

it('a step that was not needed has a record that says nothing else', async () => {
  const now = step('transfer:docs', { sync: 'docs', dependsOn: ['mount'] });
  const run = await opened(new Map([['transfer:docs', now]]));
  for (const id of ['transfer:docs', 'transfer:music', 'unmount']) await run.end(id);
  const unneeded = { id: 'prune:docs', outcome: 'unneeded', startedAt: null, durationMs: null, findings: [], log: [] };
  expect((await run.record).steps).toContainEqual(unneeded);
});
