import { describe, expect, it } from 'vitest';
import type { StepResult } from '../../../../src/executors/contract.ts';
import type { Step } from '../../../../src/planner/model/step.ts';
import { runPlan } from '../../../../src/executors/run/run-plan.ts';
import type { RunRecord } from '../../../../src/planner/model/run.ts';
import { done, failed, finding, HeldRun, outcomes, plan, plannedSync, runInput, step, worldOn } from './rig.ts';

const SYNCS = ['a', 'b', 'c'].map((name) => plannedSync(name));
const refused: StepResult = { outcome: 'refused', findings: [finding('max-delete-exceeded')] };
const incomplete: StepResult = { ...done, findings: [finding('entries-left-out')] };

function run(steps: Step[], results: Record<string, StepResult> = {}): Promise<RunRecord> {
  return runPlan(runInput(plan(steps, SYNCS), ({ id }) => Promise.resolve(results[id] ?? done)));
}

const reasons = (record: RunRecord): Record<string, string | undefined> =>
  Object.fromEntries(record.steps.map(({ id, reason }) => [id, reason]));

describe('a copy that is not complete', () => {
  const steps = [
    step('transfer', { sync: 'a', kind: 'transfer' }),
    step('name', { sync: 'a', kind: 'snapshot', dependsOn: ['transfer'] }),
    step('tell', { sync: 'a', dependsOn: ['name'] }),
    step('note', { sync: 'a', kind: 'record', dependsOn: ['name'] }),
    step('alarm', { sync: 'a', runsOn: 'failure', dependsOn: ['name'] }),
    step('other', { sync: 'b', dependsOn: ['name'] }),
  ];

  it('gets its snapshot, but nobody is told of a success, neither by a command nor by a note', async () => {
    const record = await run(steps, { transfer: incomplete });
    expect(outcomes(record)).toEqual({
      ...{ transfer: 'done', name: 'done', tell: 'not-run', note: 'not-run', alarm: 'done', other: 'done' },
    });
    expect(reasons(record)).toMatchObject({ tell: 'not all could be copied', note: 'not all could be copied' });
    expect(record.syncs.map(({ outcome }) => outcome)).toEqual(['incomplete', 'succeeded', 'succeeded']);
    expect(record.exitCode).toBe(1);
  });

  it('is none that calls for commands where all was copied', async () => {
    const record = await run(steps);
    expect(outcomes(record)).toMatchObject({ tell: 'done', note: 'done', alarm: 'not-run' });
    expect(reasons(record)['alarm']).toBe('nothing failed');
  });
});

describe('what did not run says why', () => {
  const chain = [
    step('first', { sync: 'a' }),
    step('second', { sync: 'a', dependsOn: ['first'] }),
    step('third', { sync: 'b', dependsOn: ['second'] }),
  ];

  it.each<[string, StepResult, string, string[]]>([
    ['failed', failed(), 'first failed', ['failed', 'blocked']],
    ['was refused', refused, 'first was refused', ['refused', 'blocked']],
    [
      'was interrupted',
      { outcome: 'interrupted', findings: [] },
      'first was interrupted',
      ['interrupted', 'interrupted'],
    ],
  ])('where what it needs %s', async (_, result, reason, syncs) => {
    const record = await run(chain, { first: result });
    expect(reasons(record)).toMatchObject({ second: reason, third: reason });
    expect(record.syncs.slice(0, 2).map(({ outcome }) => outcome)).toEqual(syncs);
  });

  it('a refusal calls for commands, as a failure does', async () => {
    const alarm = step('alarm', { sync: 'a', runsOn: 'failure', dependsOn: ['first'] });
    expect(outcomes(await run([...chain, alarm], { first: refused }))['alarm']).toBe('done');
  });

  it('where nothing was acquired, and where nothing failed', async () => {
    const steps = [
      step('mount', { sync: 'a' }),
      step('unmount', { sync: 'a', releases: 'mount', dependsOn: ['mount'] }),
      step('copy', { sync: 'b', dependsOn: ['mount'] }),
      step('alarm', { sync: 'b', runsOn: 'failure', dependsOn: ['copy'] }),
    ];
    const record = await run(steps, { mount: { outcome: 'unneeded', findings: [] } });
    expect(reasons(record)).toMatchObject({ unmount: 'mount left nothing to release', alarm: 'nothing failed' });
  });
});

it.each([
  ['failed', failed()],
  ['refused', refused],
])('what was %s calls for the commands of a failure', async (outcome, result) => {
  const steps = [step('copy', { sync: 'a' }), step('alarm', { sync: 'a', runsOn: 'failure', dependsOn: ['copy'] })];
  expect(outcomes(await run(steps, { copy: result }))).toEqual({ copy: outcome, alarm: 'done' });
});

describe('a release', () => {
  it('waits for what it releases although it does not say so', async () => {
    const ran: string[] = [];
    const steps = [step('unmount', { releases: 'mount' }), step('mount', { sync: 'a' })];
    await runPlan(
      runInput(plan(steps), ({ id }) => {
        ran.push(id);
        return Promise.resolve(done);
      }),
    );
    expect(ran).toEqual(['mount', 'unmount']);
  });

  it('that was refused does not call for commands', async () => {
    const record = await run(
      [
        step('mount', { sync: 'a' }),
        step('unmount', { releases: 'mount', dependsOn: ['mount'] }),
        step('alarm', { sync: 'a', runsOn: 'failure', dependsOn: ['mount'] }),
      ],
      { unmount: refused },
    );
    expect(outcomes(record)).toEqual({ mount: 'done', unmount: 'refused', alarm: 'not-run' });
    expect(record.exitCode).toBe(3);
  });

  it('runs where what it releases failed and left something', async () => {
    const steps = [step('mount'), step('unmount', { releases: 'mount', dependsOn: ['mount'] })];
    expect(outcomes(await run(steps, { mount: { ...failed(), outcome: 'failed', left: true } }))['unmount']).toBe(
      'done',
    );
    expect(outcomes(await run(steps, { mount: failed() }))['unmount']).toBe('not-run');
  });
});

describe('when a step has ended it is told', () => {
  it('what it changed, why it did not run, and nothing of what it has not', async () => {
    const steps = [step('a'), step('b'), step('c', { dependsOn: ['b'] })];
    const run = new HeldRun(plan(steps));
    await run.settle();
    await run.end('a', { ...done, changes: { files: 1 } });
    await run.end('b', failed());
    await run.record;
    const told = run.events.flatMap((event) => (event.type === 'step-finished' ? [event] : []));
    const common = {
      at: '2026-03-10T12:00:05.000Z',
      run: '20260310T120000Z-0001',
      type: 'step-finished',
      durationMs: 0,
    };
    expect(told).toEqual([
      { ...common, step: 'a', outcome: 'done', changes: { files: 1 }, findings: [] },
      { ...common, step: 'b', outcome: 'failed', findings: failed().findings },
      { ...common, step: 'c', outcome: 'not-run', reason: 'b failed', findings: [] },
    ]);
  });
});

describe('a run that has ended', () => {
  it('takes no notice of signals: what follows in the program is not ended by them', async () => {
    const killed: string[] = [];
    const world = { ...worldOn(), killAll: () => killed.push('all') };
    const run = new HeldRun(plan([step('a')]), { world });
    await run.settle();
    await run.end('a');
    await run.record;
    const before = run.events.length;
    run.interruption.interrupt('SIGTERM');
    run.interruption.interrupt('SIGTERM');
    expect(run.events.slice(before)).toEqual([]);
    expect(killed).toEqual([]);
  });
});
