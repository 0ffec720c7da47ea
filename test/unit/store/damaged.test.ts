import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPlan } from '../../../src/executors/run/run-plan.ts';
import { readHistory } from '../../../src/store/dead-runs.ts';
import { closeRun, openRun } from '../../../src/store/runs.ts';
import { deadRuns, listRuns, readRun } from '../../../src/store/stored-runs.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';
import { done, facts, plan, plannedSync, runInput, step } from '../executors/run/rig.ts';

let dir: TempDir;

beforeEach(async () => {
  dir = await makeTempDir();
});

afterEach(() => dir.remove());

const NOW = Date.parse('2026-11-23T23:01:45.678Z');
const subject = plan([step('copy', { sync: 's' })], [plannedSync('s')]);

/** A run with a step that has ended; `closed`: it has its record. */
async function begun(now: number, closed: boolean): Promise<string> {
  const open = await openRun(dir.path, { plan: subject, facts, command: ['nbkp', 'run'], now });
  if (!open.ok) throw new Error(open.findings[0]?.message);
  const { header, journal } = open.value;
  const record = await runPlan(runInput(subject, () => Promise.resolve(done), { header, journal, now: () => now }));
  if (closed) expect(await closeRun(dir.path, open.value, subject, record)).toEqual([]);
  else await journal.close();
  return header.run;
}

describe('what is kept of a run, with any part of it damaged,', () => {
  const WRONG = [undefined, null, 7, 'x', [7], { x: 7 }];

  /** The text with each of its keys, also those within, as each of these. */
  function* damaged(text: string): Generator<string> {
    const whole: unknown = JSON.parse(text);
    for (const wrong of WRONG) yield* without(whole, wrong, (value) => JSON.stringify(value));
  }

  function* without(value: unknown, wrong: unknown, around: (value: unknown) => string): Generator<string> {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const put = (other: unknown): string =>
        around(Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other });
      yield put(wrong);
      yield* without(inner, wrong, put);
    }
  }

  it.each(['record.json', 'journal.ndjson', 'plan.json'])('never throws: %s', async (name) => {
    const run = await begun(NOW, name === 'record.json');
    const path = join(dir.path, 'runs', run, name);
    const [first = '', ...rest] = readFileSync(path, 'utf8').trimEnd().split('\n');
    let tried = 0;
    for (const text of damaged(first)) {
      writeFileSync(path, [text, ...rest, ''].join('\n'));
      const seen = [
        listRuns(dir.path),
        readRun(dir.path, run),
        deadRuns(dir.path),
        readHistory(dir.path, subject.spec.path),
      ];
      for (const { findings } of seen) {
        for (const { code } of findings) expect(code).toBe('run-damaged');
      }
      tried += 1;
    }
    expect(tried).toBeGreaterThan(50);
  });

  it('is named, and the others are read', async () => {
    const good = await begun(NOW, true);
    const bad = await begun(NOW + 5000, true);
    for (const name of ['record.json', 'journal.ndjson']) writeFileSync(join(dir.path, 'runs', bad, name), '{}\n');
    const runs = listRuns(dir.path);
    expect(runs).toMatchObject({
      ok: true,
      value: [{ id: good }],
      findings: [{ code: 'run-damaged', severity: 'warning' }],
    });
    expect(readRun(dir.path, bad)).toMatchObject({ ok: false, findings: [{ code: 'run-damaged', severity: 'error' }] });
  });
});
