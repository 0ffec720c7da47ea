import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LockHolder, RunEvent } from '../../src/planner/model/event.ts';
import type { LockRequest, Step } from '../../src/planner/model/step.ts';
import type { StepContext, StepResult } from '../../src/executors/contract.ts';
import { Interruption, RunKilled, runPlan } from '../../src/executors/run-plan.ts';
import { readHistory } from '../../src/executors/store/dead-runs.ts';
import { closeRun, openRun } from '../../src/executors/store/runs.ts';
import { readRun } from '../../src/executors/store/stored-runs.ts';
import { localTransport } from '../../src/executors/transport/local.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { done, facts, failed, HeldRun, plan, plannedSync, runInput, step } from '../unit/executors/run/rig.ts';

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

async function runAll(own: Step, context: StepContext): Promise<StepResult> {
  for (const argv of own.commands) {
    const { code } = await context.run(argv);
    if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
    if (code !== 0) return failed('command-failed');
  }
  return done;
}

const them: LockHolder = {
  pid: 4711,
  host: 'hub',
  startedAt: '2026-03-10T11:00:00.000Z',
  command: 'nbkp apply',
  run: 'R',
};

async function heldByThem(path: string, mode: LockRequest['mode'] = 'exclusive'): Promise<() => Promise<void>> {
  const result = await localTransport().lock({ path, mode }, them);
  if (result.state !== 'held') throw new Error(`it is ${result.state}`);
  return () => result.lock.release();
}

async function isFree(path: string): Promise<boolean> {
  const result = await localTransport().lock({ path, mode: 'exclusive' }, them);
  if (result.state === 'held') await result.lock.release();
  return result.state === 'held';
}

const exclusive = (name: string): LockRequest[] => [{ path: inDir(name), mode: 'exclusive' }];

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setImmediate();
}

function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
}

describe('a run with real processes', () => {
  it('runs each step after what it depends on, and keeps it all in the store', async () => {
    const steps = [
      processes('make', [['mkdir', inDir('a')]], { sync: 's' }),
      processes('fill', [['touch', inDir('a/b')]], { sync: 's', dependsOn: ['make'] }),
      processes('break', [['mkdir', inDir('a')]], { sync: 't', dependsOn: ['fill'] }),
      processes('never', [['touch', inDir('never')]], { sync: 't', dependsOn: ['break'] }),
    ];
    writeFileSync(inDir('nbkp.toml'), '');
    const spec = { path: inDir('nbkp.toml'), digest: 'sha256:spec' };
    const subject = plan(steps, [plannedSync('s'), plannedSync('t')], { spec });
    const opened = await openRun(inDir('state'), { plan: subject, facts, command: ['nbkp', 'run'], now: Date.now() });
    if (!opened.ok) throw new Error('the state cannot be written to');
    const { header, journal } = opened.value;
    const record = await runPlan(runInput(subject, runAll, { header, journal, now: () => Date.now() }));
    expect(await closeRun(inDir('state'), opened.value, subject, record)).toEqual([]);
    expect(existsSync(inDir('a/b'))).toBe(true);
    expect(existsSync(inDir('never'))).toBe(false);
    expect(record.exitCode).toBe(1);
    expect(readRun(inDir('state'), header.run)).toMatchObject({ ok: true, value: { state: 'finished', record } });
    const { history } = readHistory(inDir('state'), spec.path);
    expect(history['s']).toMatchObject({
      lastRun: { run: header.run, outcome: 'succeeded' },
      lastSuccess: { run: header.run },
    });
    expect(history['t']).toMatchObject({ lastRun: { run: header.run, outcome: 'failed' }, lastSuccess: null });
  });
});

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
    while (!(await isFree(inDir('lock')))) await setImmediate();
    expect(run.running).toEqual(['other']);
    await run.end('other');
    await run.record;
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

describe('an interruption', () => {
  it('ends the processes of the running steps gently, and leaves none', async () => {
    const interruption = new Interruption();
    const ends: unknown[] = [];
    const steps = [
      processes('wait', [['sleep', '1000']]),
      processes('later', [['touch', inDir('later')]], { dependsOn: ['wait'] }),
    ];
    const record = await runPlan(
      runInput(
        plan(steps),
        async (own, context) => {
          const running = context.run(own.commands[0] ?? []);
          interruption.interrupt('SIGTERM');
          const { code, signal } = await running;
          ends.push({ code, signal });
          return { outcome: 'interrupted', findings: [] };
        },
        { interruption },
      ),
    );
    expect(ends).toEqual([{ code: null, signal: 'SIGTERM' }]);
    expect(record.steps.map((each) => each.outcome)).toEqual(['interrupted', 'not-run']);
    expect(record.exitCode).toBe(143);
  });

  it('that comes twice ends a process that does not listen', async () => {
    const interruption = new Interruption();
    const script = inDir('deaf.mjs');
    writeFileSync(
      script,
      "process.on('SIGTERM', () => console.error('no')); setInterval(() => {}, 1000); console.error(process.pid);",
    );
    const lines: string[] = [];
    const running = runPlan(
      runInput(plan([processes('deaf', [[process.execPath, script]])]), runAll, {
        interruption,
        emit: (event) => {
          if (event.type !== 'step-output') return;
          lines.push(event.line);
          interruption.interrupt('SIGINT');
        },
      }),
    );
    await expect(running).rejects.toBeInstanceOf(RunKilled);
    const [pid, answer] = lines;
    expect(answer).toBe('no');
    await until(() => !isRunning(Number(pid)));
  });
});

describe('a run that is killed while a process of it writes', () => {
  it('keeps its destination locked until that process has ended', async () => {
    const script = fileURLToPath(new URL('run-plan-orphan.ts', import.meta.url));
    const program = inDir('orphan.mjs');
    await build({
      entryPoints: [script],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
    mkdirSync(inDir('destination'));
    const lock = inDir('destination/.nbkp-lock');
    const run = spawn(process.execPath, [program, lock], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [pid] = (await once(run.stdout, 'data')) as [Buffer];
    const writer = Number(pid.toString());
    run.kill('SIGKILL');
    await once(run, 'exit');
    expect(isRunning(writer)).toBe(true);
    expect(await isFree(lock)).toBe(false);
    process.kill(writer, 'SIGKILL');
    while (!(await isFree(lock))) await setImmediate();
    expect(statSync(lock).isFile()).toBe(true);
  });
});
