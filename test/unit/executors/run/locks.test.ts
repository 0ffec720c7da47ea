import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LockHolder } from '../../../../src/planner/model/event.ts';
import type { LockRequest } from '../../../../src/planner/model/step.ts';
import { LockTable, type Waiting } from '../../../../src/executors/run/locks.ts';
import { localTransport } from '../../../../src/hosts/transport/local.ts';
import type { Lock, Transport } from '../../../../src/hosts/transport/transport.ts';
import { makeTempDir, type TempDir } from '../../../support/tempdir.ts';
import { step } from './rig.ts';

const us: LockHolder = {
  pid: 1,
  host: 'laptop',
  startedAt: '2026-03-10T12:00:00.000Z',
  command: 'nbkp run',
  run: 'us',
};
const them: LockHolder = { ...us, pid: 2, run: 'them' };

let dir: TempDir;

beforeEach(async () => {
  dir = await makeTempDir();
});

afterEach(() => dir.remove());

function place(name: string): { host: string; path: string } {
  return { host: 'local', path: join(dir.path, name) };
}

function table(...requests: [name: string, mode: LockRequest['mode']][]): LockTable {
  const locks = requests.map(([name, mode]) => ({ path: join(dir.path, name), mode }));
  return new LockTable([step('a', { locks })], () => localTransport(), us);
}

function patience(more: Partial<Waiting> = {}): Waiting {
  return { waitMs: 0, onWaiting: () => undefined, signal: new AbortController().signal, ...more };
}

/** Another run: an open file of its own, which is what flock goes by. */
async function theirs(name: string, mode: LockRequest['mode']): Promise<Lock | 'busy'> {
  const result = await localTransport().lock({ path: join(dir.path, name), mode }, them);
  if (result.state === 'failed') throw new Error(result.message);
  return result.state === 'held' ? result.lock : 'busy';
}

async function give(lock: Lock | 'busy'): Promise<void> {
  if (lock === 'busy') throw new Error('it is not held');
  await lock.release();
}

describe('the locks of a run', () => {
  it('keep other runs out', async () => {
    const subject = table(['x', 'exclusive']);
    expect(await subject.acquire([place('x')], patience())).toEqual({ state: 'held' });
    expect(await theirs('x', 'shared')).toBe('busy');
    await subject.release([place('x')]);
    await give(await theirs('x', 'exclusive'));
  });

  it('are shared by the syncs of the run, until the last of them gives them back', async () => {
    const subject = table(['x', 'exclusive'], ['x', 'shared']);
    await subject.acquire([place('x')], patience());
    expect(await subject.acquire([place('x')], patience())).toEqual({ state: 'held' });
    await subject.release([place('x')]);
    expect(await theirs('x', 'shared')).toBe('busy');
    await subject.release([place('x')]);
    await give(await theirs('x', 'exclusive'));
  });

  it('are exclusive when any sync of the run needs that, also when another takes them first', async () => {
    const subject = table(['x', 'shared'], ['x', 'exclusive'], ['y', 'shared']);
    await subject.acquire([place('x'), place('y')], patience());
    expect(await theirs('x', 'shared')).toBe('busy');
    await give(await theirs('y', 'shared'));
    await subject.release([place('x'), place('y')]);
  });

  it('can be taken again at once after they were given back', async () => {
    const subject = table(['x', 'exclusive']);
    await subject.acquire([place('x')], patience());
    for (let round = 0; round < 5; round += 1) {
      const released = subject.release([place('x')]);
      expect(await subject.acquire([place('x')], patience())).toEqual({ state: 'held' });
      await released;
    }
    await subject.release([place('x')]);
  });

  it('are taken only after they were quite given back', async () => {
    // A slow release is the only way to see what is asked for while it goes on.
    let quite: () => void = () => undefined;
    const real = localTransport();
    const asked: string[] = [];
    const slow: Transport = {
      ...real,
      lock: async (request, holder, options) => {
        asked.push(request.path);
        const result = await real.lock(request, holder, options);
        if (result.state !== 'held') return result;
        const { lock } = result;
        const release = async (): Promise<void> => {
          await new Promise<void>((resolve) => (quite = resolve));
          await lock.release();
        };
        return { state: 'held', lock: { ...lock, release } };
      },
    };
    const subject = new LockTable([], () => slow, us);
    await subject.acquire([place('x')], patience());
    const released = subject.release([place('x')]);
    const again = subject.acquire([place('x')], patience());
    await setImmediate();
    expect(asked).toHaveLength(1);
    quite();
    await released;
    expect(await again).toEqual({ state: 'held' });
    const last = subject.release([place('x')]);
    quite();
    await last;
  });

  it('are waited for together no longer than was asked for', async () => {
    // Only the time that passes is forced: each lock takes 600 ms.
    vi.useFakeTimers({ toFake: ['performance'] });
    const left: (number | undefined)[] = [];
    const real = localTransport();
    const slow: Transport = {
      ...real,
      lock: (request, holder, options) => {
        left.push(options?.waitMs);
        vi.advanceTimersByTime(600);
        return real.lock(request, holder, options);
      },
    };
    const subject = new LockTable([], () => slow, us);
    const places = ['a', 'b', 'c'].map(place);
    await subject.acquire(places, patience({ waitMs: 1000 }));
    vi.useRealTimers();
    expect(left).toEqual([1000, 400, 0]);
    await subject.release(places);
  });

  it('are taken in one order, so that two runs never wait for each other', async () => {
    const asked: string[] = [];
    const real = localTransport();
    const listening: Transport = {
      ...real,
      lock: (request, holder, options) => {
        asked.push(request.path);
        return real.lock(request, holder, options);
      },
    };
    const subject = new LockTable([], () => listening, us);
    const places = ['b', 'c', 'a'].map(place);
    await subject.acquire(places, patience());
    expect(asked).toEqual(['a', 'b', 'c'].map((name) => place(name).path));
    await subject.release(places);
  });

  it('are taken all or not at all, and the holder of the one that is taken is known', async () => {
    const other = await theirs('y', 'exclusive');
    const subject = table(['x', 'exclusive'], ['y', 'exclusive']);
    expect(await subject.acquire([place('y'), place('x')], patience())).toMatchObject({
      state: 'not-held',
      place: place('y'),
      result: { state: 'busy', holder: { run: 'them', pid: 2 } },
    });
    await give(await theirs('x', 'exclusive'));
    await give(other);
  });

  it('are waited for as long as it was said, and everybody who waits is told for whom', async () => {
    const other = await theirs('x', 'exclusive');
    const subject = table(['x', 'exclusive']);
    const told: (string | undefined)[] = [];
    const waiting = patience({ waitMs: 60_000, onWaiting: (holder) => told.push(holder?.run) });
    const first = subject.acquire([place('x')], waiting);
    while (told.length === 0) await setImmediate();
    const second = subject.acquire([place('x')], waiting);
    expect(told).toEqual(['them', 'them']);
    await give(other);
    expect(await Promise.all([first, second])).toEqual([{ state: 'held' }, { state: 'held' }]);
    await subject.acquire([place('x')], waiting);
    expect(told).toHaveLength(2);
    for (let user = 0; user < 3; user += 1) await subject.release([place('x')]);
    await give(await theirs('x', 'exclusive'));
  });

  it('are not waited for any more after an interruption', async () => {
    const other = await theirs('x', 'exclusive');
    const interruption = new AbortController();
    const waiting = patience({ waitMs: 60_000, signal: interruption.signal, onWaiting: () => interruption.abort() });
    expect(await table(['x', 'exclusive']).acquire([place('x')], waiting)).toMatchObject({ state: 'not-held' });
    await give(other);
  });

  it('that were not to be had can be asked for again', async () => {
    const other = await theirs('x', 'exclusive');
    const subject = table(['x', 'exclusive']);
    expect(await subject.acquire([place('x')], patience())).toMatchObject({ state: 'not-held' });
    expect(subject.held([place('x')])).toEqual([]);
    await give(other);
    expect(await subject.acquire([place('x')], patience())).toEqual({ state: 'held' });
    await subject.release([place('x')]);
  });

  it('are exclusive on the host that is named, also where the step runs elsewhere', async () => {
    const locks = [{ path: place('x').path, mode: 'exclusive' as const, host: 'local' }];
    const subject = new LockTable([step('a', { host: 'pi', locks })], () => localTransport(), us);
    await subject.acquire([place('x')], patience());
    expect(await theirs('x', 'shared')).toBe('busy');
    await subject.release([place('x')]);
  });

  it('that cannot be taken at all say why', async () => {
    const answer = await table(['none/x', 'exclusive']).acquire([place('none/x')], patience());
    expect(answer).toMatchObject({ state: 'not-held', result: { state: 'failed' } });
  });

  it('that are held are there for children to inherit', async () => {
    const subject = table(['x', 'exclusive']);
    expect(subject.held([place('x')])).toEqual([]);
    await subject.acquire([place('x')], patience());
    expect(subject.held([place('x')])).toMatchObject([{ request: { path: place('x').path, mode: 'exclusive' } }]);
    await subject.release([place('x')]);
    expect(subject.held([place('x')])).toEqual([]);
  });
});
