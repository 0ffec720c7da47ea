import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPlan } from '../../src/executors/run/run-plan.ts';
import { closeRun, openRun } from '../../src/store/runs.ts';
import { stateWarning } from '../../src/store/state-directory.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { done, facts, plan, runInput, step } from '../unit/executors/run/rig.ts';

let dir: TempDir;
let state: string;

/** The state directory on a small file system of its own. */
beforeEach(async () => {
  dir = await makeTempDir();
  state = join(dir.path, 'state');
  mkdirSync(state);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', state]);
});

afterEach(() => {
  execFileSync('umount', [state]);
  return dir.remove();
});

function fillUp(): void {
  expect(() => writeFileSync(join(state, 'ballast'), Buffer.alloc(256 * 1024))).toThrow('ENOSPC');
}

const opening = { plan: plan([]), facts, command: ['nbkp', 'run'], now: Date.parse('2026-03-10T12:00:00.000Z') };
const unwritable = (cause: string) => ({ code: 'state-unwritable', message: expect.stringContaining(cause) as string });

describe('a run whose state directory cannot be written to', () => {
  it('is refused when it is read-only, which a plan warns of', async () => {
    execFileSync('mount', ['-o', 'remount,ro', state]);
    expect(stateWarning(state)).toMatchObject({ ...unwritable('EROFS'), severity: 'warning' });
    expect(await openRun(state, opening)).toMatchObject({ ok: false, findings: [unwritable('EROFS')] });
  });

  it('is refused when it is full, which a plan warns of', async () => {
    fillUp();
    expect(stateWarning(state)).toMatchObject({ ...unwritable('no space'), severity: 'warning' });
    expect(await openRun(state, opening)).toMatchObject({ ok: false, findings: [unwritable('ENOSPC')] });
    expect(readdirSync(join(state, 'runs'))).toEqual([]);
  });

  it('begins nothing more once it is full, but releases what it acquired, and its journal stays readable', async () => {
    // Its note needs a page of its own: what is left of the last one would hold a short one.
    const long = `copy-${'x'.repeat(8192)}`;
    const subject = plan([
      step('mount'),
      step(long, { dependsOn: ['mount'] }),
      step('unmount', { releases: 'mount', dependsOn: ['mount', long] }),
    ]);
    const opened = await openRun(state, { ...opening, plan: subject });
    if (!opened.ok) throw new Error('the state cannot be written to');
    const { header, journal } = opened.value;
    const applied: string[] = [];
    const record = await runPlan(
      runInput(
        subject,
        (own) => {
          applied.push(own.id);
          if (own.id === 'mount') fillUp();
          return Promise.resolve(done);
        },
        { header, journal },
      ),
    );
    expect(applied).toEqual(['mount', 'unmount']);
    expect(record.steps.map((each) => each.outcome)).toEqual(['done', 'failed', 'done']);
    expect(record.steps[1]?.findings).toMatchObject([{ code: 'journal-unwritable' }]);
    expect(record.exitCode).toBe(1);
    expect(await closeRun(state, opened.value, subject, record)).toMatchObject([unwritable('ENOSPC')]);
    expect(readdirSync(join(state, 'runs', header.run)).sort()).toEqual(['journal.ndjson', 'plan.json']);
    rmSync(join(state, 'ballast'));
  });
});
