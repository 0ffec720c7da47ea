import { describe, expect, it } from 'vitest';
import type { Step } from '../../../../src/planner/model/step.ts';
import { HeldRun, outcomes, plan, step } from './rig.ts';

const writer = (id: string, ...devices: string[]): Step => step(id, { devices, devicesFor: 'writing' });

/** Asks for the drives of a running step, and tells whether it has them by now. */
function asked(run: HeldRun, id: string): { has: () => boolean } {
  let has = false;
  const turn = run.contexts.get(id)?.toWrite?.();
  if (turn === null) has = true;
  else void turn?.then(() => (has = true));
  return { has: () => has };
}

function waits(run: HeldRun): string[] {
  return run.events.flatMap((event) => (event.type === 'drive-waiting' ? `${event.step} ${String(event.waits)}` : []));
}

describe('steps that keep a drive to themselves only to write', () => {
  it('look at it side by side, and write one after the other, in the order in which they asked', async () => {
    const run = new HeldRun(plan([writer('a', '1'), writer('b', '1'), writer('c', '1'), writer('unchanged', '1')]));
    await run.settle();
    expect(run.running).toEqual(['a', 'b', 'c', 'unchanged']);
    const [c, a, b] = [asked(run, 'c'), asked(run, 'a'), asked(run, 'b')];
    await run.end('unchanged');
    expect([c.has(), a.has(), b.has()]).toEqual([true, false, false]);
    expect(asked(run, 'c').has()).toBe(true);
    await run.end('c');
    expect([a.has(), b.has()]).toEqual([true, false]);
    await run.end('a');
    expect(b.has()).toBe(true);
    await run.end('b');
    expect((await run.record).exitCode).toBe(0);
    expect(waits(run)).toEqual(['a true', 'b true', 'a false', 'b false']);
  });

  it('leave their place to others while they wait, which are no more at once for that', async () => {
    const steps = [writer('a', '1'), writer('b', '1'), step('other', { devices: ['2'] }), step('free'), step('last')];
    const run = new HeldRun(plan(steps), { parallel: 2 });
    await run.settle();
    asked(run, 'a');
    const b = asked(run, 'b');
    await run.settle();
    expect(run.running).toEqual(['a', 'b', 'other']);
    await run.end('other');
    expect(run.running).toEqual(['a', 'b', 'free']);
    await run.end('a');
    expect([run.running, b.has()]).toEqual([['b', 'free'], true]);
    await run.end('free');
    expect(run.running).toEqual(['b', 'last']);
  });

  it('need all of their drives at once, so that no two wait for each other', async () => {
    const run = new HeldRun(plan([writer('a', '1', '2'), writer('b', '2', '3'), writer('c', '3', '1')]));
    await run.settle();
    const [a, b, c] = [asked(run, 'a'), asked(run, 'b'), asked(run, 'c')];
    await run.end('a');
    expect([a.has(), b.has(), c.has()]).toEqual([true, true, false]);
    await run.end('b');
    expect(c.has()).toBe(true);
  });

  it('and steps that keep it to themselves from their beginning wait for each other', async () => {
    const run = new HeldRun(plan([writer('a', '1'), step('prune', { devices: ['1'], dependsOn: ['x'] }), step('x')]));
    await run.settle();
    const a = asked(run, 'a');
    await run.end('x');
    expect([run.running, a.has()]).toEqual([['a'], true]);
    await run.end('a');
    expect(run.running).toEqual(['prune']);
    const late = new HeldRun(plan([step('prune', { devices: ['1'] }), writer('a', '1')]));
    await late.settle();
    const waiting = asked(late, 'a');
    expect(waiting.has()).toBe(false);
    await late.end('prune');
    expect(waiting.has()).toBe(true);
  });

  it('go on when the run is interrupted, and are told so', async () => {
    const run = new HeldRun(plan([writer('a', '1'), writer('b', '1')]));
    await run.settle();
    asked(run, 'a');
    const b = asked(run, 'b');
    run.interruption.interrupt('SIGINT');
    await run.settle();
    expect([b.has(), run.contexts.get('b')?.signal.aborted]).toEqual([true, true]);
    await run.end('b', { outcome: 'interrupted', findings: [] });
    await run.end('a', { outcome: 'interrupted', findings: [] });
    expect(outcomes(await run.record)).toEqual({ a: 'interrupted', b: 'interrupted' });
  });

  it('run one after the other where one runs at a time', async () => {
    const run = new HeldRun(plan([writer('a', '1'), writer('b', '1')]), { parallel: 1 });
    await run.settle();
    expect(run.running).toEqual(['a']);
    expect(asked(run, 'a').has()).toBe(true);
    await run.end('a');
    expect(asked(run, 'b').has()).toBe(true);
    expect(waits(run)).toEqual([]);
  });
});

it('is not asked for by a step that has its drives anyway', async () => {
  const run = new HeldRun(plan([step('a', { devices: ['1'] })]));
  await run.settle();
  expect(run.contexts.get('a')?.toWrite).toBeUndefined();
});
