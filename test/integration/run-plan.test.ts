import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../../src/planner/model/step.ts';
import { Interruption, RunKilled, runPlan } from '../../src/executors/run/run-plan.ts';
import { readHistory } from '../../src/store/dead-runs.ts';
import { closeRun, openRun } from '../../src/store/runs.ts';
import { readRun } from '../../src/store/stored-runs.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { facts, plan, plannedSync, runInput, step } from '../unit/executors/run/rig.ts';
import { isFree, isRunning, runAll, until } from './run-plan-support.ts';

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
    await until(() => isFree(lock));
    expect(statSync(lock).isFile()).toBe(true);
  });
});
