import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPlan } from '../../../src/executors/run/run-plan.ts';
import { readHistory, settleDeadRun } from '../../../src/store/dead-runs.ts';
import { expireRuns } from '../../../src/store/expire.ts';
import { runTime } from '../../../src/store/run-id.ts';
import { closeRun, openRun, type OpenRun } from '../../../src/store/runs.ts';
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
const here = { ...facts, machine: { hostname: hostname(), user: 'ada' } };

async function opened(now = NOW): Promise<OpenRun> {
  const result = await openRun(dir.path, { plan: subject, facts: here, command: ['nbkp', 'run'], now });
  if (!result.ok) throw new Error(result.findings[0]?.message);
  return result.value;
}

/** Opens a run and makes it look as if its process had been another one, which is gone. */
async function died(now = NOW, begun = true): Promise<string> {
  const { header, journal } = await opened(now);
  if (begun) await journal.begin('copy', new Date(now).toISOString());
  await journal.close();
  const path = join(dir.path, 'runs', header.run, 'journal.ndjson');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace(`"startTicks":"${header.process.startTicks ?? ''}"`, '"startTicks":"1"'));
  return header.run;
}

async function finished(now = NOW): Promise<string> {
  const open = await opened(now);
  const { header, journal } = open;
  const record = await runPlan(runInput(subject, () => Promise.resolve(done), { header, journal, now: () => now }));
  expect(await closeRun(dir.path, open, subject, record)).toEqual([]);
  return header.run;
}

describe('opening a run', () => {
  it('makes a directory of its own, for its owner only, that sorts by time', async () => {
    const { header, journal } = await opened();
    await journal.close();
    expect(header.run).toMatch(/^20261123T230145Z-[0-9a-f]{4}$/);
    expect(runTime(header.run)).toBe(Date.parse('2026-11-23T23:01:45.000Z'));
    const folder = join(dir.path, 'runs', header.run);
    expect(readdirSync(folder).sort()).toEqual(['journal.ndjson', 'plan.json']);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'))).toEqual(subject);
  });

  it('gives each of many at one moment its own', async () => {
    const runs = await Promise.all(Array.from({ length: 20 }, () => opened()));
    expect(new Set(runs.map(({ header }) => header.run)).size).toBe(20);
    await Promise.all(runs.map(({ journal }) => journal.close()));
  });

  it('is refused, before anything is touched, where nothing can be written', async () => {
    writeFileSync(join(dir.path, 'file'), '');
    const opening = { plan: subject, facts: here, command: [], now: NOW };
    const refused = await openRun(join(dir.path, 'file/state'), opening);
    expect(refused).toMatchObject({ ok: false, findings: [{ severity: 'error', code: 'state-unwritable' }] });
    expect(await openRun('/proc/state', opening)).toMatchObject({
      ok: false,
      findings: [{ code: 'state-unwritable' }],
    });
  });

  it('notes where the drive of each destination was mounted', async () => {
    const endpoint = {
      path: '/media/usb/s',
      directory: {
        ...{ realPath: '/media/usb/s', device: '1', inode: '2', writable: true, empty: false, subvolume: false },
        mount: { target: '/media/usb', source: '/dev/sdb1', fsType: 'ext4', uuid: null, options: [] },
        ...{ freeBytes: 1, totalBytes: 1, freeInodes: 1 },
      },
      sentinels: { source: false, destination: true },
      latest: { kind: 'absent' as const },
      ...{ snapshots: null, staging: null, leftovers: [] },
    };
    const observed = { ...here, endpoints: { 'usb:s': endpoint } };
    const result = await openRun(dir.path, { plan: subject, facts: observed, command: [], now: NOW });
    expect(result).toMatchObject({ ok: true, value: { header: { mountTargets: { s: '/media/usb' } } } });
    if (result.ok) await result.value.journal.close();
  });
});

describe('the runs of the past', () => {
  it('are listed from the newest on', async () => {
    const first = await finished(NOW);
    const second = await finished(NOW + 1000);
    const third = await died(NOW + 2000);
    const ids = (limit?: number): unknown => {
      const runs = listRuns(dir.path, limit);
      return runs.ok && runs.value.map(({ id, state }) => [id, state]);
    };
    expect(ids()).toEqual([
      [third, 'died'],
      [second, 'finished'],
      [first, 'finished'],
    ]);
    expect(ids(1)).toEqual([[third, 'died']]);
  });

  it('are none at first', () => {
    expect(listRuns(join(dir.path, 'none'))).toEqual({ ok: true, value: [], findings: [] });
  });

  it('are named by as much of their id as tells them apart', async () => {
    const first = await finished(NOW);
    const second = await finished(NOW + 60_000);
    expect(readRun(dir.path, first.slice(0, 14))).toMatchObject({ ok: true, value: { id: first } });
    expect(readRun(dir.path, second)).toMatchObject({ ok: true, value: { id: second } });
    expect(readRun(dir.path, '2026')).toMatchObject({ ok: false, findings: [{ code: 'run-ambiguous' }] });
    expect(readRun(dir.path, '2025')).toMatchObject({ ok: false, findings: [{ code: 'run-unknown' }] });
    expect(readRun(dir.path, '../runs')).toMatchObject({ ok: false, findings: [{ code: 'run-unknown' }] });
  });

  it('are found in spite of what else lies there', async () => {
    const run = await finished();
    mkdirSync(join(dir.path, 'runs/20261123T230146Z-ffff'));
    mkdirSync(join(dir.path, 'runs/20269999T999999Z-ffff'));
    writeFileSync(join(dir.path, 'runs/notes.txt'), '');
    expect(listRuns(dir.path)).toMatchObject({ ok: true, value: [{ id: run }] });
    expect(deadRuns(dir.path)).toMatchObject({ ok: true, value: [] });
  });

  it('do not hide one whose record is damaged', async () => {
    const run = await finished();
    writeFileSync(join(dir.path, 'runs', run, 'record.json'), '{"run":');
    expect(readRun(dir.path, run)).toMatchObject({ ok: true, value: { record: { steps: [{ outcome: 'done' }] } } });
  });

  it('that cannot be read say so', () => {
    writeFileSync(join(dir.path, 'runs'), '');
    expect(listRuns(dir.path)).toMatchObject({ ok: false, findings: [{ code: 'state-unreadable' }] });
    expect(readHistory(dir.path, '/x')).toMatchObject({ history: {}, findings: [{ severity: 'warning' }] });
  });
});

describe('a run that goes on', () => {
  it('is not dead, and has what has ended so far', async () => {
    const { header, journal } = await opened();
    await journal.begin('copy', new Date(NOW).toISOString());
    const expected = { id: header.run, state: 'running', unfinished: ['copy'], record: { syncs: [], steps: [] } };
    expect(listRuns(dir.path)).toMatchObject({ ok: true, value: [expected] });
    expect(deadRuns(dir.path)).toMatchObject({ ok: true, value: [] });
    await journal.close();
  });
});

describe('a run that died', () => {
  it('does not undo what a later run did to a sync, neither before nor after it is settled', async () => {
    const dead = await died(NOW);
    const later = await finished(NOW + 60_000);
    expect(readHistory(dir.path, subject.spec.path).history['s']?.lastRun?.run).toBe(later);
    const run = readRun(dir.path, dead);
    if (!run.ok) throw new Error('it is not there');
    expect(settleDeadRun(dir.path, run.value)).toEqual([]);
    expect(readHistory(dir.path, subject.spec.path).history['s']?.lastRun?.run).toBe(later);
  });

  it('keeps the last success that was before it', async () => {
    const before = await finished(NOW);
    const dead = await died(NOW + 60_000);
    expect(readHistory(dir.path, subject.spec.path).history['s']).toMatchObject({
      lastRun: { run: dead, outcome: 'interrupted' },
      lastSuccess: { run: before },
    });
  });

  it('says nothing of another spec', async () => {
    await died();
    expect(readHistory(dir.path, '/another/nbkp.toml')).toEqual({ history: {}, running: {}, findings: [] });
  });

  it('is known without its plan, as far as the journal goes', async () => {
    const dead = await died();
    writeFileSync(join(dir.path, 'runs', dead, 'plan.json'), 'x');
    expect(deadRuns(dir.path)).toMatchObject({ ok: true, value: [{ id: dead, unfinished: ['copy'] }] });
  });

  it('stays when it cannot be settled', async () => {
    const dead = readRun(dir.path, await died());
    if (!dead.ok) throw new Error('it is not there');
    writeFileSync(join(dir.path, 'specs'), '');
    expect(settleDeadRun(dir.path, dead.value)).toMatchObject([{ severity: 'warning', code: 'state-unwritable' }]);
    expect(deadRuns(dir.path)).toMatchObject({ ok: true, value: [{ id: dead.value.id }] });
  });
});

describe('forgetting', () => {
  const DAY = 24 * 60 * 60 * 1000;

  function run(age: number, files: string[]): string {
    const time = new Date(NOW - age).toISOString().replace(/[-:]|\.\d+/g, '');
    const folder = join(dir.path, 'runs', `${time}-0000`);
    mkdirSync(folder, { recursive: true });
    for (const file of files) writeFileSync(join(folder, file), '');
    return folder;
  }

  it('keeps 500 runs, however old they are', () => {
    const all = Array.from({ length: 510 }, (_, index) => run(index * 400 * DAY, ['record.json', 'plan.json']));
    expireRuns(join(dir.path, 'runs'));
    expect(all.map((folder) => existsSync(folder))).toEqual(all.map((_, index) => index < 500));
  });

  it('keeps 2,000 without a record, since something of them may be left to clean up', () => {
    Array.from({ length: 1990 }, (_, index) => run(index * 60_000, []));
    const dead = Array.from({ length: 20 }, (_, index) => run((index + 30) * DAY, ['journal.ndjson']));
    expireRuns(join(dir.path, 'runs'));
    expect(dead.map((folder) => existsSync(folder))).toEqual(dead.map((_, index) => index < 10));
  });

  it('removes nothing that a run did not make', () => {
    Array.from({ length: 500 }, (_, index) => run(index * 60_000, []));
    const made = ['record.json', 'journal.ndjson', '.nbkp-tmp-record.json-12345678'];
    const folder = run(400 * DAY, [...made, 'my-notes.txt']);
    mkdirSync(join(dir.path, 'runs/mine'));
    expireRuns(join(dir.path, 'runs'));
    expect(readdirSync(folder)).toEqual(['my-notes.txt']);
    expect(existsSync(join(dir.path, 'runs/mine'))).toBe(true);
  });
});

describe('closing a run', () => {
  it('that cannot keep its record says so, and is taken for dead', async () => {
    const open = await opened();
    const { header, journal } = open;
    const record = await runPlan(runInput(subject, () => Promise.resolve(done), { header, journal }));
    writeFileSync(join(dir.path, 'specs'), '');
    const findings = await closeRun(dir.path, open, subject, record);
    expect(findings).toMatchObject([{ severity: 'warning', code: 'state-unwritable' }]);
    expect(existsSync(join(dir.path, 'runs', header.run, 'record.json'))).toBe(false);
  });
});
