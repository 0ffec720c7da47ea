import { describe, expect, it } from 'vitest';
import type { LockOptions, LockResult } from '../../../../src/hosts/transport/transport.ts';
import { localTransport } from '../../../../src/hosts/transport/local.ts';
import type { LockHolder } from '../../../../src/planner/model/event.ts';
import type { LockRequest, Step } from '../../../../src/planner/model/step.ts';
import { HeldRun, header, outcomes, plan, plannedSync, step, worldOn } from './rig.ts';

const THEM: LockHolder = {
  pid: 7,
  host: 'laptop',
  startedAt: '2026-03-10T12:00:00.000Z',
  command: 'nbkp run',
  run: 'r1',
};

/** Locks that are taken, busy and given back when the test says so: only that can force the order of what happens. */
class Locks {
  readonly asked = new Map<string, LockOptions>();
  readonly answers = new Map<string, (result: LockResult) => void>();
  readonly released: string[] = [];
  readonly holders: LockHolder[] = [];

  readonly world = {
    ...worldOn(),
    transport: () => ({
      ...localTransport(),
      lock: ({ path, mode }: LockRequest, holder: LockHolder, options: LockOptions = {}) => {
        this.holders.push(holder);
        this.asked.set(`${mode} ${path}`, options);
        return new Promise<LockResult>((resolve) => this.answers.set(path, resolve));
      },
    }),
  };

  held(path: string): void {
    const release = () => {
      this.released.push(path);
      return Promise.resolve();
    };
    this.answers.get(path)?.({ state: 'held', lock: { request: { path, mode: 'exclusive' }, descriptor: 9, release } });
  }

  busy(path: string): void {
    this.answers.get(path)?.({ state: 'busy', holder: THEM });
  }

  waits(key: string): void {
    this.asked.get(key)?.onWaiting?.(THEM);
  }
}

const locked = (id: string, sync: string, more: Partial<Step> = {}): Step =>
  step(id, { sync, locks: [{ path: `/${sync}`, mode: 'exclusive' }], ...more });

function begun(steps: Step[], more: ConstructorParameters<typeof HeldRun>[1] = {}) {
  const locks = new Locks();
  const syncs = new Set(steps.flatMap(({ sync }) => sync ?? []));
  const subject = plan(
    steps,
    [...syncs].map((name) => plannedSync(name)),
  );
  return { locks, run: new HeldRun(subject, { world: locks.world, ...more }) };
}

describe('the steps of a sync', () => {
  it('begin when its lock is held, which is asked for once, and given back when the last of them has ended', async () => {
    const { locks, run } = begun([locked('a1', 'a'), locked('a2', 'a'), step('free')]);
    await run.settle();
    expect(run.running).toEqual(['free']);
    expect([...locks.asked.keys()]).toEqual(['exclusive /a']);
    expect(locks.asked.get('exclusive /a')).toMatchObject({ waitMs: 0, signal: run.interruption.gentle });
    const { run: id, process, machine, startedAt } = header;
    expect(locks.holders).toEqual([
      { run: id, pid: process.pid, host: machine.hostname, startedAt, command: 'nbkp run' },
    ]);
    locks.held('/a');
    await run.settle();
    expect(run.running).toEqual(['free', 'a1', 'a2']);
    await run.end('a1');
    expect(locks.released).toEqual([]);
    await run.end('a2');
    expect(locks.released).toEqual(['/a']);
    await run.end('free');
    expect((await run.record).exitCode).toBe(0);
    expect(run.events.map(({ type }) => type)).not.toContain('lock-waiting');
  });

  it('keep their place while a lock is asked for, and give it to others while another run holds it, once', async () => {
    const { locks, run } = begun([locked('a1', 'a'), locked('b1', 'b'), step('free')], { parallel: 1, waitMs: 50 });
    await run.settle();
    expect([...locks.asked.keys()]).toEqual(['exclusive /a']);
    expect(locks.asked.get('exclusive /a')?.waitMs).toBeGreaterThan(0);
    expect(run.running).toEqual([]);
    locks.waits('exclusive /a');
    locks.waits('exclusive /a');
    await run.settle();
    expect([...locks.asked.keys()]).toEqual(['exclusive /a', 'exclusive /b']);
    expect(run.running).toEqual([]);
    const waiting = run.events.filter(({ type }) => type === 'lock-waiting');
    expect(waiting[0]).toMatchObject({ sync: 'a', holder: THEM });
    locks.held('/b');
    await run.settle();
    expect(run.running).toEqual(['b1']);
    locks.held('/a');
    await run.settle();
    await run.end('b1');
    expect(run.running).toHaveLength(1);
    await run.end('a1');
    await run.end('free');
    expect(outcomes(await run.record)).toEqual({ a1: 'done', b1: 'done', free: 'done' });
  });

  it('do not begin where another run has it, which is exit code 75, and the sync after it is blocked', async () => {
    const { locks, run } = begun([locked('a1', 'a'), locked('a2', 'a'), locked('b1', 'b', { dependsOn: ['a1'] })]);
    await run.settle();
    locks.busy('/a');
    const record = await run.record;
    expect(run.started).toEqual([]);
    expect(record.exitCode).toBe(75);
    expect(record.findings).toMatchObject([{ code: 'destination-locked', sync: 'a' }]);
    expect(record.syncs.map(({ outcome }) => outcome)).toEqual(['locked', 'blocked']);
    expect(record.syncs[0]?.reason).toContain('run r1');
  });

  it('share devices with nobody who only waits', async () => {
    const { locks, run } = begun([locked('a1', 'a', { devices: ['8:1'] }), step('free', { devices: ['8:1'] })]);
    await run.settle();
    expect(run.running).toEqual([]);
    locks.waits('exclusive /a');
    await run.settle();
    expect(run.running).toEqual(['free']);
    locks.held('/a');
    await run.settle();
    expect(run.running).toEqual(['free']);
    await run.end('free');
    expect(run.running).toEqual(['a1']);
    await run.end('a1');
    expect((await run.record).exitCode).toBe(0);
  });

  it('that are of no sync wait without a word about one', async () => {
    const { locks, run } = begun([step('x', { locks: [{ path: '/x', mode: 'shared' }] })]);
    await run.settle();
    locks.waits('shared /x');
    locks.held('/x');
    await run.settle();
    await run.end('x');
    expect((await run.record).exitCode).toBe(0);
    expect(run.events.map(({ type }) => type)).not.toContain('lock-waiting');
    expect(run.events.map(({ type }) => type)).not.toContain('sync-finished');
    expect(locks.released).toEqual(['/x']);
  });
});

describe('an interruption while a lock is waited for', () => {
  it('ends the sync; the lock that comes all the same is given back', async () => {
    const { locks, run } = begun([locked('a1', 'a')], { waitMs: 50 });
    await run.settle();
    run.interruption.interrupt('SIGINT');
    await run.settle();
    expect(run.ended).toBe(false);
    locks.held('/a');
    const record = await run.record;
    expect(run.started).toEqual([]);
    expect(locks.released).toEqual(['/a']);
    expect(record).toMatchObject({ exitCode: 130, findings: [], syncs: [{ outcome: 'interrupted' }] });
  });

  it('is no word about the lock that was not to be had', async () => {
    const { locks, run } = begun([locked('a1', 'a')], { waitMs: 50 });
    await run.settle();
    run.interruption.interrupt('SIGINT');
    locks.busy('/a');
    expect(await run.record).toMatchObject({ exitCode: 130, findings: [], syncs: [{ outcome: 'interrupted' }] });
  });

  it('names the signal', async () => {
    const { locks, run } = begun([locked('a1', 'a')]);
    await run.settle();
    run.interruption.interrupt('SIGTERM');
    locks.busy('/a');
    await run.record;
    expect(run.events.filter(({ type }) => type === 'interrupted')).toMatchObject([{ signal: 'SIGTERM' }]);
  });
});
