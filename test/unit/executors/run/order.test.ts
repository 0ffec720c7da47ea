import { describe, expect, it } from 'vitest';
import type { StepResult } from '../../../../src/executors/contract.ts';
import { Interruption } from '../../../../src/executors/run/run-plan.ts';
import { done, failed, HeldRun, outcomes, plan, plannedSync, step, worldOn } from './rig.ts';

describe('the order of a run', () => {
  it('starts a step only when all that it depends on has succeeded', async () => {
    const run = new HeldRun(plan([step('a'), step('b'), step('c', { dependsOn: ['a', 'b'] })]));
    await run.settle();
    expect(run.running).toEqual(['a', 'b']);
    await run.end('b');
    expect(run.running).toEqual(['a']);
    await run.end('a', { outcome: 'unneeded', findings: [] });
    expect(run.running).toEqual(['c']);
    await run.end('c');
    expect((await run.record).exitCode).toBe(0);
  });

  it('starts what is ready in the order of the plan, whichever step ended first', async () => {
    const steps = [step('x'), step('y'), step('late', { dependsOn: ['y'] }), step('p'), step('q')];
    const run = new HeldRun(plan(steps), { parallel: 2 });
    await run.settle();
    await run.end('y');
    expect(run.running).toEqual(['x', 'late']);
    await run.end('x');
    await run.end('late');
    expect(run.started).toEqual(['x', 'y', 'late', 'p', 'q']);
  });

  it('never runs more steps at once than it was told', async () => {
    const run = new HeldRun(plan(['a', 'b', 'c', 'd', 'e'].map((id) => step(id))), { parallel: 3 });
    await run.settle();
    expect(run.running).toEqual(['a', 'b', 'c']);
    await run.end('b');
    expect(run.running).toEqual(['a', 'c', 'd']);
  });

  it('runs eight steps at once when it was told nothing', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const run = new HeldRun(plan(ids.map((id) => step(id))));
    await run.settle();
    expect(run.running).toEqual(ids.slice(0, 8));
  });

  it('never runs two steps at once that share a device, and lets others pass them', async () => {
    const run = new HeldRun(
      plan([
        step('a', { devices: ['1'] }),
        step('b', { devices: ['1', '2'] }),
        step('c', { devices: ['3'] }),
        step('d', { devices: ['2'] }),
      ]),
    );
    await run.settle();
    expect(run.running).toEqual(['a', 'c', 'd']);
    await run.end('a');
    expect(run.running).toEqual(['c', 'd']);
    await run.end('d');
    expect(run.running).toEqual(['c', 'b']);
  });

  it('refuses a plan whose steps wait for each other, as the bug that it is', async () => {
    const circle = plan([step('a', { dependsOn: ['b'] }), step('b', { dependsOn: ['a'] })]);
    await expect(new HeldRun(circle).record).rejects.toThrow('circle');
  });

  it('refuses a plan with a dependency that is not there', async () => {
    await expect(new HeldRun(plan([step('a', { dependsOn: ['ghost'] })])).record).rejects.toThrow('no step ghost');
  });

  it('runs an empty plan', async () => {
    expect((await new HeldRun(plan([])).record).exitCode).toBe(0);
  });
});

describe('a failure', () => {
  it('blocks what depends on it, however far, and nothing else', async () => {
    const run = new HeldRun(
      plan([
        step('a'),
        step('b', { dependsOn: ['a'] }),
        step('c', { dependsOn: ['b'] }),
        step('other'),
        step('after', { dependsOn: ['other'] }),
      ]),
    );
    await run.settle();
    await run.end('a', failed());
    await run.end('other');
    await run.end('after');
    const record = await run.record;
    expect(outcomes(record)).toEqual({ a: 'failed', b: 'not-run', c: 'not-run', other: 'done', after: 'done' });
    expect(record.steps.map((each) => each.reason)).toEqual([undefined, 'a failed', 'a failed', undefined, undefined]);
    expect(record.exitCode).toBe(1);
  });

  it('makes exit code 3 when it was a refusal, and 1 when there was a failure too', async () => {
    const refusal: StepResult = { outcome: 'refused', findings: [] };
    const refused = new HeldRun(plan([step('a'), step('b')]));
    await refused.settle();
    await refused.end('a', refusal);
    await refused.end('b');
    expect((await refused.record).exitCode).toBe(3);
    const both = new HeldRun(plan([step('a'), step('b')]));
    await both.settle();
    await both.end('a', refusal);
    await both.end('b', failed());
    expect((await both.record).exitCode).toBe(1);
  });

  it('lets the commands for a failure run once everything that they watch is settled', async () => {
    const run = new HeldRun(
      plan([
        step('a'),
        step('b', { dependsOn: ['a'] }),
        step('slow'),
        step('alarm', { dependsOn: ['a', 'b', 'slow'], runsOn: 'failure' }),
      ]),
    );
    await run.settle();
    await run.end('a', failed());
    expect(run.running).toEqual(['slow']);
    await run.end('slow');
    expect(run.running).toEqual(['alarm']);
    await run.end('alarm');
    expect(outcomes(await run.record)).toEqual({ a: 'failed', b: 'not-run', slow: 'done', alarm: 'done' });
  });

  it('is not assumed: without one the commands for it do not run, and the sync has succeeded', async () => {
    const run = new HeldRun(
      plan(
        [step('a', { sync: 's' }), step('alarm', { sync: 's', dependsOn: ['a'], runsOn: 'failure' })],
        [plannedSync('s')],
      ),
    );
    await run.settle();
    await run.end('a');
    const record = await run.record;
    expect(record.steps[1]).toMatchObject({ outcome: 'not-run', reason: 'nothing failed' });
    expect(record.syncs[0]?.outcome).toBe('succeeded');
  });

  it('blocks a sync downstream without making it one that failed', async () => {
    const run = new HeldRun(
      plan(
        [step('up', { sync: 'one' }), step('down', { sync: 'two', dependsOn: ['up'] })],
        [plannedSync('one'), plannedSync('two')],
      ),
    );
    await run.settle();
    await run.end('up', failed('disk-full'));
    expect((await run.record).syncs).toMatchObject([
      { name: 'one', outcome: 'failed', reason: 'disk-full happened.' },
      { name: 'two', outcome: 'blocked', reason: 'up failed' },
    ]);
  });
});

describe('a release', () => {
  const mounted = [
    step('mount', { action: 'acquire' }),
    step('copy', { dependsOn: ['mount'] }),
    step('unmount', { action: 'release', releases: 'mount', dependsOn: ['mount', 'copy'] }),
  ];

  it('waits for all that uses what it releases', async () => {
    const run = new HeldRun(plan(mounted));
    await run.settle();
    await run.end('mount');
    expect(run.running).toEqual(['copy']);
    await run.end('copy');
    expect(run.running).toEqual(['unmount']);
  });

  it('runs although what used it failed', async () => {
    const run = new HeldRun(plan(mounted));
    await run.settle();
    await run.end('mount');
    await run.end('copy', failed());
    expect(run.running).toEqual(['unmount']);
    await run.end('unmount');
    expect(outcomes(await run.record)).toEqual({ mount: 'done', copy: 'failed', unmount: 'done' });
  });

  it('does not run for what was not acquired: it failed, or it was there before', async () => {
    const present: StepResult = { outcome: 'unneeded', findings: [] };
    for (const result of [failed(), present]) {
      const run = new HeldRun(plan(mounted));
      await run.settle();
      await run.end('mount', result);
      if (run.running.includes('copy')) await run.end('copy');
      const record = await run.record;
      expect(record.steps[2]).toMatchObject({ outcome: 'not-run', reason: 'mount left nothing to release' });
    }
  });

  it('runs after an interruption, and with a signal that is not aborted', async () => {
    const run = new HeldRun(plan([...mounted, step('other')]), { parallel: 1 });
    await run.settle();
    await run.end('mount');
    run.interruption.interrupt('SIGINT');
    expect(run.contexts.get('copy')?.signal.aborted).toBe(true);
    await run.end('copy', { outcome: 'interrupted', findings: [] });
    expect(run.running).toEqual(['unmount']);
    expect(run.contexts.get('unmount')?.signal.aborted).toBe(false);
    await run.end('unmount');
    const record = await run.record;
    expect(outcomes(record)).toEqual({ mount: 'done', copy: 'interrupted', unmount: 'done', other: 'not-run' });
    expect(record.exitCode).toBe(130);
  });

  it('undoes in reverse what was acquired in stages', async () => {
    const staged = [
      step('unlock'),
      step('mount', { dependsOn: ['unlock'] }),
      step('unmount', { releases: 'mount', dependsOn: ['mount'] }),
      step('lock', { releases: 'unlock', dependsOn: ['unlock', 'mount', 'unmount'] }),
    ];
    const run = new HeldRun(plan(staged));
    await run.settle();
    await run.end('unlock');
    await run.end('mount', failed());
    expect(run.running).toEqual(['lock']);
    await run.end('lock');
    expect(outcomes(await run.record)['unmount']).toBe('not-run');
  });
});

describe('an interruption', () => {
  it('starts nothing more but the commands for a failure, where something had begun', async () => {
    const run = new HeldRun(
      plan(
        [
          step('a', { sync: 's' }),
          step('b', { sync: 's', dependsOn: ['a'] }),
          step('alarm', { sync: 's', dependsOn: ['a', 'b'], runsOn: 'failure' }),
          step('c', { sync: 't', dependsOn: ['b'] }),
          step('other', { sync: 't', dependsOn: ['c'], runsOn: 'failure' }),
        ],
        [plannedSync('s'), plannedSync('t')],
      ),
    );
    await run.settle();
    run.interruption.interrupt('SIGTERM');
    // A command that had begun may end well: what it stopped has to be started again all the same.
    await run.end('a');
    expect(run.running).toEqual(['alarm']);
    await run.end('alarm');
    const record = await run.record;
    expect(outcomes(record)).toEqual({ a: 'done', b: 'not-run', alarm: 'done', c: 'not-run', other: 'not-run' });
    expect(record.steps.find(({ id }) => id === 'other')?.reason).toBe('nothing had begun');
    expect(record.syncs.map(({ outcome }) => outcome)).toEqual(['interrupted', 'interrupted']);
    expect(record.exitCode).toBe(143);
    expect(run.events.filter((event) => event.type === 'interrupted')).toMatchObject([{ signal: 'SIGTERM' }]);
  });

  it('makes syncs that had not begun interrupted, not failed', async () => {
    const run = new HeldRun(
      plan([step('a', { sync: 'one' }), step('b', { sync: 'two' })], [plannedSync('one'), plannedSync('two')]),
      { parallel: 1 },
    );
    await run.settle();
    run.interruption.interrupt('SIGINT');
    await run.end('a', { outcome: 'interrupted', findings: [] });
    expect((await run.record).syncs.map((sync) => sync.outcome)).toEqual(['interrupted', 'interrupted']);
  });

  it('that comes before the run starts keeps it from starting anything', async () => {
    const interruption = new Interruption();
    interruption.interrupt('SIGINT');
    const late = new HeldRun(plan([step('a')]), { interruption });
    expect(outcomes(await late.record)).toEqual({ a: 'not-run' });
    expect(late.started).toEqual([]);
  });

  it('that comes twice ends everything at once', async () => {
    let killed = 0;
    const world = { ...worldOn(), killAll: () => (killed += 1) };
    const run = new HeldRun(plan([step('a'), step('b', { dependsOn: ['a'] })]), { world });
    await run.settle();
    run.interruption.interrupt('SIGINT');
    run.interruption.interrupt('SIGINT');
    await expect(run.record).rejects.toMatchObject({ name: 'Error', exitCode: 130 });
    expect(killed).toBe(1);
    await run.end('a', done);
    expect(run.started).toEqual(['a']);
  });

  it('by a terminal that is closed is one, however many signals that sends', async () => {
    const run = new HeldRun(plan([step('a')]));
    await run.settle();
    run.interruption.interrupt('SIGHUP');
    run.interruption.interrupt('SIGHUP');
    await run.end('a', { outcome: 'interrupted', findings: [] });
    expect((await run.record).exitCode).toBe(143);
  });
});
