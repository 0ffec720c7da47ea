import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runPlan } from '../../../src/executors/run/run-plan.ts';
import type { StepResult } from '../../../src/executors/contract.ts';
import type { Plan } from '../../../src/planner/model/plan.ts';
import { owedOnFailure, readHistory, settleDeadRun } from '../../../src/store/dead-runs.ts';
import { specKey } from '../../../src/store/history.ts';
import { closeRun, openRun } from '../../../src/store/runs.ts';
import { deadRuns } from '../../../src/store/stored-runs.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';
import { done, facts, failed, plan, plannedSync, runInput, step } from '../executors/run/rig.ts';

let dir: TempDir;

beforeEach(async () => {
  dir = await makeTempDir();
});

afterEach(() => dir.remove());

const NOW = Date.parse('2026-11-23T23:01:45.678Z');
const PATH = '/nowhere/nbkp.toml';
const SYNCS = [plannedSync('s'), plannedSync('t')];
const ALARM = step('on-failure:s:0', { sync: 's', runsOn: 'failure', dependsOn: ['copy'] });
const subject = plan([step('copy', { sync: 's' }), ALARM, step('copy:t', { sync: 't' })], SYNCS);

const opened = async (now: number, of: Plan) => {
  const result = await openRun(dir.path, { plan: of, facts, command: ['nbkp', 'run'], now });
  if (!result.ok) throw new Error(result.findings[0]?.message);
  return result.value;
};

/** A run that died when it had begun these steps and ended those. */
async function died(now: number, begun: string[], ended: string[] = [], of = subject): Promise<string> {
  const { header, journal } = await opened(now, of);
  for (const id of begun) await journal.begin(id, new Date(now).toISOString());
  const record = { outcome: 'done' as const, startedAt: null, durationMs: null, findings: [], log: [] };
  for (const id of ended) await journal.end({ id, ...record });
  await journal.close();
  const path = join(dir.path, 'runs', header.run, 'journal.ndjson');
  const ticks = header.process.startTicks ?? '';
  writeFileSync(path, readFileSync(path, 'utf8').replace(`"startTicks":"${ticks}"`, '"startTicks":"1"'));
  return header.run;
}

async function finished(now: number, of: Plan, result: StepResult = done): Promise<void> {
  const open = await opened(now, of);
  const { header, journal } = open;
  const record = await runPlan(runInput(of, () => Promise.resolve(result), { header, journal, now: () => now }));
  expect(await closeRun(dir.path, open, of, record)).toEqual([]);
}

function owed(path = PATH): Record<string, string> {
  const dead = deadRuns(dir.path);
  if (!dead.ok) throw new Error('they cannot be read');
  return owedOnFailure(dir.path, specKey(path), readHistory(dir.path, path).history, dead.value);
}

describe('commands for a failure that a dead run has not run', () => {
  it('are owed to the sync of which it had begun something', async () => {
    const run = await died(NOW, ['copy']);
    expect(owed()).toEqual({ s: run });
  });

  it.each<[string, string[], string[]]>([
    ['it had begun nothing', [], []],
    ['it had run one of them', ['copy', 'on-failure:s:0'], ['copy', 'on-failure:s:0']],
    ['it had come to its end', ['copy'], ['copy']],
  ])('are not owed where %s', async (_, begun, ended) => {
    await died(NOW, begun, ended);
    expect(owed()).toEqual({});
  });

  it('are not owed to another spec, nor by a run whose plan cannot be read', async () => {
    const run = await died(NOW, ['copy']);
    expect(owed('/another/nbkp.toml')).toEqual({});
    writeFileSync(join(dir.path, 'runs', run, 'plan.json'), '{');
    expect(owed()).toEqual({});
  });

  it('are owed for the last of several runs that died', async () => {
    await died(NOW, ['copy']);
    const last = await died(NOW + 60_000, ['copy']);
    expect(owed()).toEqual({ s: last });
  });

  it('are settled by a later run of the sync, and not by one of another', async () => {
    const run = await died(NOW, ['copy']);
    await finished(NOW + 60_000, plan([step('copy:t', { sync: 't' })], SYNCS.slice(1)));
    expect(owed()).toEqual({ s: run });
    await finished(NOW + 120_000, plan([step('copy', { sync: 's' })], SYNCS.slice(0, 1)), failed());
    expect(owed()).toEqual({});
  });

  it('are settled when recover has run all of them, later and with success', async () => {
    const recovering = (id: string) => plan([step(id)], [], { purpose: 'recover' });
    await finished(NOW - 60_000, recovering('on-failure:s:0'));
    const run = await died(NOW, ['copy']);
    await finished(NOW + 1000, recovering('on-failure:t:0'));
    await finished(NOW + 2000, recovering('on-failure:s:0'), failed());
    await finished(NOW + 3000, plan([step('on-failure:s:0')], [], { purpose: 'restore' }));
    expect(owed()).toEqual({ s: run });
    await finished(NOW + 4000, recovering('on-failure:s:0'));
    expect(owed()).toEqual({});
  });
});

describe('a run at work', () => {
  it('is known of each sync that it has begun and not brought to its end', async () => {
    const { header, journal } = await opened(NOW, subject);
    expect(readHistory(dir.path, PATH).running).toEqual({});
    await journal.begin('copy', header.startedAt);
    const work = { run: header.run, startedAt: header.startedAt, pid: process.pid };
    expect(readHistory(dir.path, PATH)).toMatchObject({ running: { s: work }, history: {} });
    expect(Object.keys(readHistory(dir.path, PATH).running)).toEqual(['s']);
    const ended = { outcome: 'done' as const, startedAt: null, durationMs: null, findings: [], log: [] };
    await journal.end({ id: 'copy', ...ended });
    expect(readHistory(dir.path, PATH).running).toEqual({});
    await journal.close();
  });
});

describe('a dead run that is settled', () => {
  it('is one of the past: it is in the record of its sync, which was interrupted', async () => {
    const id = await died(NOW, ['copy']);
    const dead = deadRuns(dir.path);
    if (!dead.ok || dead.value[0] === undefined) throw new Error('it is not there');
    expect(settleDeadRun(dir.path, dead.value[0])).toEqual([]);
    expect(deadRuns(dir.path)).toMatchObject({ ok: true, value: [] });
    expect(readHistory(dir.path, PATH).history).toMatchObject({
      s: { lastRun: { run: id, outcome: 'interrupted' }, lastSuccess: null },
      t: { lastRun: null },
    });
  });

  it('is left alone where nothing of it can be read', async () => {
    const id = await died(NOW, ['copy']);
    const dead = deadRuns(dir.path);
    if (!dead.ok || dead.value[0] === undefined) throw new Error('it is not there');
    writeFileSync(join(dir.path, 'runs', id, 'journal.ndjson'), '');
    expect(settleDeadRun(dir.path, dead.value[0])).toEqual([]);
    expect(readHistory(dir.path, PATH).history).toEqual({});
  });
});
