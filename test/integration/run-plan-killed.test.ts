import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHistory, settleDeadRun } from '../../src/store/dead-runs.ts';
import { deadRuns, listRuns, readRun, type StoredRun } from '../../src/store/stored-runs.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let program: string;
let places = 0;

beforeAll(async () => {
  dir = await makeTempDir();
  program = join(dir.path, 'child.mjs');
  const source = fileURLToPath(new URL('run-plan-child.ts', import.meta.url));
  await build({
    entryPoints: [source],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
});

afterAll(() => dir.remove());

interface Place {
  state: string;
  folder: string;
}

/** A run that kills itself at a moment; `never` lets it end. */
function runUntil(moment: number | 'never'): Place & { signal: string | null } {
  places += 1;
  const state = join(dir.path, `state-${places}`);
  const folder = join(dir.path, `folder-${places}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'nbkp.toml'), '');
  const ended = spawnSync(process.execPath, [program, state, folder, String(moment)], { encoding: 'utf8' });
  expect(ended.stderr).toBe('');
  return { state, folder, signal: ended.signal };
}

function theDeadRun(state: string): StoredRun {
  const dead = deadRuns(state);
  if (!dead.ok || dead.value[0] === undefined) throw new Error('no run has died');
  return dead.value[0];
}

/** What the note on which side of which the process died is about. */
const STEPS = ['one', 'two', 'three'];
const MOMENTS = STEPS.flatMap((id, index) => [
  { moment: 4 * index, id, died: 'before its beginning was noted' },
  { moment: 4 * index + 1, id, died: 'after its beginning was noted' },
  { moment: 4 * index + 2, id, died: 'after it had run, before its end was noted' },
  { moment: 4 * index + 3, id, died: 'after its end was noted' },
]);

describe('a run that is killed', () => {
  it.each(MOMENTS)('at step $id $died is seen to be dead, with exactly what was going on', ({ moment, id }) => {
    const { state, folder, signal } = runUntil(moment);
    expect(signal).toBe('SIGKILL');
    const at = STEPS.indexOf(id);
    const side = moment % 4;
    const run = theDeadRun(state);
    expect(run.unfinished).toEqual(side === 1 || side === 2 ? [id] : []);
    const finished = STEPS.slice(0, side === 3 ? at + 1 : at);
    expect(run.record.steps.filter((step) => step.outcome === 'done').map((step) => step.id)).toEqual(finished);
    const made = STEPS.filter((name) => existsSync(join(folder, name)));
    expect(made).toEqual(STEPS.slice(0, side >= 2 ? at + 1 : at));
    expect(run.record).toMatchObject({ finishedAt: null, exitCode: null });
  });

  it('counts for its syncs as interrupted, without a word from anybody', () => {
    const { state, folder } = runUntil(5);
    const { history, findings } = readHistory(state, join(folder, 'nbkp.toml'));
    expect(findings).toEqual([]);
    expect(history).toMatchObject({ s: { lastRun: { outcome: 'interrupted' }, lastSuccess: null } });
  });

  it('tells of a sync that it had not begun only since when it is backed up', () => {
    const { state, folder } = runUntil(0);
    expect(readHistory(state, join(folder, 'nbkp.toml')).history).toEqual({
      s: { lastRun: null, lastSuccess: null, since: expect.any(String) },
    });
  });

  it('is in the past once it was settled, and counts as before', () => {
    const { state, folder } = runUntil(5);
    const spec = join(folder, 'nbkp.toml');
    const before = readHistory(state, spec).history;
    const run = theDeadRun(state);
    expect(settleDeadRun(state, run)).toEqual([]);
    expect(deadRuns(state)).toMatchObject({ ok: true, value: [] });
    expect(readHistory(state, spec).history).toEqual(before);
    expect(readRun(state, run.id)).toMatchObject({
      ok: true,
      value: { state: 'finished', record: { exitCode: null } },
    });
  });

  it('is understood when the power took half of the last line', () => {
    const { state } = runUntil(7);
    const { id } = theDeadRun(state);
    const journal = join(state, 'runs', id, 'journal.ndjson');
    const whole = readFileSync(journal, 'utf8');
    for (let cut = 1; cut < whole.trimEnd().length - whole.trimEnd().lastIndexOf('\n'); cut += 7) {
      truncateSync(journal, whole.length - cut);
      const run = theDeadRun(state);
      // A line that lacks no more than its end is whole.
      expect(run.unfinished).toEqual(cut === 1 ? [] : ['two']);
      writeFileSync(journal, whole);
    }
  });
});

describe('a run that ends by itself', () => {
  it('leaves a record, and its syncs have succeeded', () => {
    const { state, folder, signal } = runUntil('never');
    expect(signal).toBeNull();
    expect(deadRuns(state)).toMatchObject({ ok: true, value: [] });
    const runs = listRuns(state);
    expect(runs).toMatchObject({ ok: true, value: [{ state: 'finished', record: { exitCode: 0 }, unfinished: [] }] });
    const { history } = readHistory(state, join(folder, 'nbkp.toml'));
    expect(history['s']?.lastRun?.outcome).toBe('succeeded');
    expect(history['s']?.lastSuccess?.run).toBe(readdirSync(join(state, 'runs'))[0]);
  });
});
