import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/planner/model/event.ts';
import type { LockRequest, Step } from '../../src/planner/model/step.ts';
import { Interruption, runPlan } from '../../src/executors/run/run-plan.ts';
import { localTransport } from '../../src/hosts/transport/local.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { HeldRun, plan, plannedSync, runInput, step, worldOn } from '../unit/executors/run/rig.ts';
import { heldByThem, isFree, runAll, them, until } from './run-plan-support.ts';

let dir: TempDir;

beforeEach(async () => {
  dir = await makeTempDir();
});

afterEach(() => dir.remove());

const inDir = (name: string): string => join(dir.path, name);

/** A step that is nothing but its processes. */
function processes(id: string, commands: string[][], more: Partial<Step> = {}): Step {
  return step(id, { commands, ...more });
}

const exclusive = (name: string): LockRequest[] => [{ path: inDir(name), mode: 'exclusive' }];

describe('a sync whose destination another run holds', () => {
  it('is left alone, and the others run', async () => {
    const release = await heldByThem(inDir('lock'));
    const steps = [
      processes('busy', [['touch', inDir('busy')]], { sync: 'one', locks: exclusive('lock') }),
      step('alarm', { sync: 'one', dependsOn: ['busy'], runsOn: 'failure' }),
      processes('free', [['touch', inDir('free')]], { sync: 'two', locks: exclusive('other') }),
    ];
    const record = await runPlan(runInput(plan(steps, [plannedSync('one'), plannedSync('two')]), runAll));
    expect([existsSync(inDir('busy')), existsSync(inDir('free'))]).toEqual([false, true]);
    expect(record.syncs.map((sync) => sync.outcome)).toEqual(['locked', 'succeeded']);
    expect(record.steps.map((each) => each.outcome)).toEqual(['not-run', 'not-run', 'done']);
    expect(record.findings).toMatchObject([{ code: 'destination-locked', sync: 'one' }]);
    expect(record.findings[0]?.message).toMatch(/pid 4711 on hub, since 2026-03-10T11:00:00.000Z: nbkp apply/);
    expect(record.exitCode).toBe(75);
    await release();
  });

  it('is waited for when asked, without holding up the other syncs', async () => {
    const release = await heldByThem(inDir('lock'));
    const events: RunEvent[] = [];
    const steps = [
      processes('busy', [['touch', inDir('busy')]], { sync: 'one', locks: exclusive('lock') }),
      processes('free', [['touch', inDir('free')]], { sync: 'two', locks: exclusive('other') }),
    ];
    const running = runPlan(
      runInput(plan(steps, [plannedSync('one'), plannedSync('two')]), runAll, {
        ...{ parallel: 1, waitMs: 60_000 },
        emit: (event) => events.push(event),
      }),
    );
    await until(() => events.some((event) => event.type === 'sync-finished' && event.sync === 'two'));
    expect(events).toContainEqual(expect.objectContaining({ type: 'lock-waiting', sync: 'one', holder: them }));
    expect(existsSync(inDir('busy'))).toBe(false);
    await release();
    expect((await running).exitCode).toBe(0);
    expect(existsSync(inDir('busy'))).toBe(true);
  });

  it('is given up when the run is interrupted while it waits', async () => {
    const release = await heldByThem(inDir('lock'));
    const interruption = new Interruption();
    const steps = [step('busy', { sync: 'one', locks: exclusive('lock') })];
    const record = await runPlan(
      runInput(plan(steps, [plannedSync('one')]), runAll, {
        ...{ interruption, waitMs: 60_000 },
        emit: (event) => {
          if (event.type === 'lock-waiting') interruption.interrupt('SIGINT');
        },
      }),
    );
    expect(record.syncs).toMatchObject([{ outcome: 'interrupted' }]);
    expect(record.exitCode).toBe(130);
    await release();
  });

  it('blocks the next sync of its chain, which is not locked itself', async () => {
    const release = await heldByThem(inDir('lock'));
    const steps = [
      step('up', { sync: 'one', locks: exclusive('lock') }),
      step('down', { sync: 'two', dependsOn: ['up'], locks: exclusive('other') }),
    ];
    const record = await runPlan(runInput(plan(steps, [plannedSync('one'), plannedSync('two')]), runAll));
    expect(record.syncs).toMatchObject([
      { outcome: 'locked' },
      { outcome: 'blocked', reason: expect.stringContaining('is held by run R') as string },
    ]);
    await release();
  });

  it('fails when the lock cannot be taken for another reason', async () => {
    const steps = [step('a', { sync: 'one', locks: exclusive('no/such/folder') })];
    const record = await runPlan(runInput(plan(steps, [plannedSync('one')]), runAll));
    expect(record.syncs).toMatchObject([{ outcome: 'failed' }]);
    expect(record.findings).toMatchObject([{ code: 'lock-failed', sync: 'one' }]);
    expect(record.exitCode).toBe(1);
  });
});

describe('the locks of a sync', () => {
  // Its steps are held open, so that the locks can be looked at between them.
  it('are held from its first step to its last, and no longer', async () => {
    const steps = [
      step('first', { sync: 'one' }),
      step('last', { sync: 'one', dependsOn: ['first'], locks: exclusive('lock') }),
      step('other', { sync: 'two' }),
    ];
    const run = new HeldRun(plan(steps, [plannedSync('one'), plannedSync('two')]));
    await until(() => run.running.length === 2);
    expect(await isFree(inDir('lock'))).toBe(false);
    await run.end('first');
    await until(() => run.running.includes('last'));
    expect(await isFree(inDir('lock'))).toBe(false);
    await run.end('last');
    await until(() => isFree(inDir('lock')));
    expect(run.running).toEqual(['other']);
    await run.end('other');
    await run.record;
  });

  it('are given back when the run was interrupted just before they were there', async () => {
    const interruption = new Interruption();
    const real = localTransport();
    const local = {
      ...real,
      lock: (...asked: Parameters<typeof real.lock>) => {
        interruption.interrupt('SIGINT');
        return real.lock(...asked);
      },
    };
    const steps = [step('a', { sync: 'one', locks: exclusive('lock') })];
    const input = runInput(plan(steps, [plannedSync('one')]), runAll, { interruption, world: worldOn(local) });
    expect((await runPlan(input)).syncs).toMatchObject([{ outcome: 'interrupted' }]);
    expect(await isFree(inDir('lock'))).toBe(true);
  });

  it('are no obstacle for the next sync of a chain, which reads what this run writes', async () => {
    const steps = [
      step('write', { sync: 'one', locks: exclusive('lock') }),
      step('prune', { sync: 'one', dependsOn: ['write'], locks: exclusive('lock') }),
      step('read', {
        sync: 'two',
        dependsOn: ['write'],
        locks: [{ path: inDir('lock'), mode: 'shared' }, ...exclusive('second')],
      }),
    ];
    const run = new HeldRun(plan(steps, [plannedSync('one'), plannedSync('two')]));
    await until(() => run.running.includes('write'));
    await run.end('write');
    await until(() => run.running.length === 2);
    expect(run.running.sort()).toEqual(['prune', 'read']);
    await run.end('prune');
    expect(await isFree(inDir('lock'))).toBe(false);
    await run.end('read');
    await run.record;
    expect(await isFree(inDir('lock'))).toBe(true);
  });
});
