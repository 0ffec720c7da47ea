import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/planner/model/event.ts';
import { readProgress, RunProgress } from '../../../src/store/run-progress.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';
import { step } from '../executors/run/rig.ts';

const RUN = '20260310T120000Z-0001';
const STEPS = [step('mount'), step('transfer:docs', { sync: 'docs' }), step('transfer:music', { sync: 'music' })];

let dir: TempDir;
let subject: RunProgress;
beforeEach(async () => {
  dir = await makeTempDir();
  mkdirSync(join(dir.path, 'runs', RUN), { recursive: true });
  subject = new RunProgress(dir.path, RUN, { steps: STEPS });
});
afterEach(() => dir.remove());

const at = (ms: number): string => new Date(Date.UTC(2026, 2, 10) + ms).toISOString();
const known = (): Record<string, number> => readProgress(dir.path, RUN);

function progress(id: string, percent: number, ms: number): void {
  const told = { bytes: 1, percent, rate: 1, remainingMs: null, files: 1, toCheck: null };
  subject.event({ type: 'step-progress', step: id, progress: told, at: at(ms) } as RunEvent);
}

function finished(id: string, ms: number): void {
  const how = { outcome: 'done', durationMs: 1, findings: [] };
  subject.event({ type: 'step-finished', step: id, ...how, at: at(ms) } as unknown as RunEvent);
}

describe('how far a run is', () => {
  it('is known by sync, in whole percent, for none that has not begun or has ended', () => {
    expect(known()).toEqual({});
    progress('transfer:docs', 43.9, 0);
    expect(known()).toEqual({ docs: 43 });
    progress('transfer:music', 1, 1000);
    expect(known()).toEqual({ docs: 43, music: 1 });
    finished('transfer:docs', 1001);
    expect(known()).toEqual({ music: 1 });
  });

  it('is noted once in a second', () => {
    progress('transfer:docs', 1, 0);
    progress('transfer:docs', 2, 999);
    expect(known()).toEqual({ docs: 1 });
    progress('transfer:docs', 3, 1000);
    expect(known()).toEqual({ docs: 3 });
    progress('transfer:docs', 4, 1999);
    expect(known()).toEqual({ docs: 3 });
  });

  it('is not about steps of no sync, nor of those that have told nothing', () => {
    progress('mount', 50, 0);
    progress('unknown', 50, 2000);
    finished('transfer:docs', 4000);
    subject.event({ type: 'step-started', step: 'transfer:docs', at: at(6000) } as RunEvent);
    expect(readdirSync(join(dir.path, 'runs', RUN))).toEqual([]);
  });

  it('leaves nothing behind', () => {
    progress('transfer:docs', 1, 0);
    subject.close();
    expect(readdirSync(join(dir.path, 'runs', RUN))).toEqual([]);
    subject.close();
  });

  it('ends no run where it cannot be noted', () => {
    rmSync(join(dir.path, 'runs', RUN), { recursive: true });
    progress('transfer:docs', 1, 0);
    subject.close();
    expect(existsSync(join(dir.path, 'runs', RUN))).toBe(false);
  });

  it.each([
    ['torn', '{"docs":4', {}],
    ['no object', '7', {}],
    ['null', 'null', {}],
    ['of another kind', '{"docs":"many","music":4}', { music: 4 }],
  ])('is what can be understood of a note that is %s', (_, text, expected) => {
    writeFileSync(join(dir.path, 'runs', RUN, 'progress.json'), text);
    expect(known()).toEqual(expected);
  });
});
