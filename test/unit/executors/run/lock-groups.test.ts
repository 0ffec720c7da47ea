import { describe, expect, it } from 'vitest';
import { lockGroups, usePlaces } from '../../../../src/executors/run/lock-groups.ts';
import type { LockRequest, Step } from '../../../../src/planner/model/step.ts';
import { step } from './rig.ts';

const lock = (path: string, mode: LockRequest['mode'], host?: string): LockRequest => ({
  ...{ path, mode },
  ...(host === undefined ? {} : { host }),
});
const of = (sync: string, ...locks: LockRequest[]): Step => step(`${sync}:${locks.length}`, { sync, locks });

describe('steps hold their locks together', () => {
  it('that are of one sync, and every other one for itself', () => {
    const groups = lockGroups([of('a'), step('x'), of('b'), of('a', lock('/a', 'shared')), step('y')]);
    expect(groups.map(({ sync, members }) => [sync, members])).toEqual([
      ['a', [0, 3]],
      [null, [1]],
      ['b', [2]],
      ['a', [0, 3]],
      [null, [4]],
    ]);
    expect(groups[0]).toBe(groups[3]);
    expect(groups.map(({ unsettled }) => unsettled)).toEqual([2, 1, 1, 2, 1]);
    expect(groups.map(({ state }) => state)).toEqual(['new', 'open', 'open', 'new', 'open']);
    expect(groups.map(({ decision }) => decision)).toEqual(Array(5).fill('made'));
  });

  it('each of them once, on the host of the step or the one that is named; children inherit those that are written below', () => {
    const [group] = lockGroups([
      of('a', lock('/from', 'shared', 'pi'), lock('/to', 'exclusive')),
      of('a', lock('/to', 'exclusive'), lock('/to', 'shared', 'pi'), lock('/from', 'shared', 'pi')),
    ]);
    expect(group?.places).toEqual([
      { host: 'pi', path: '/from' },
      { host: 'local', path: '/to' },
      { host: 'pi', path: '/to' },
    ]);
    expect(group?.written).toEqual([{ host: 'local', path: '/to' }]);
  });

  it('and are not decided as long as one of them awaits a drive', () => {
    expect(lockGroups([of('a'), { ...of('a'), awaits: ['usb'] }])[0]?.decision).toBe('open');
  });

  it('other ones when they were decided', () => {
    const [group] = lockGroups([of('a', lock('/was', 'exclusive'))]);
    if (group === undefined) throw new Error('there is no group');
    usePlaces(group, [of('a', lock('/is', 'exclusive'))]);
    const is = [{ host: 'local', path: '/is' }];
    expect(group).toMatchObject({ places: is, written: is, state: 'new' });
    usePlaces(group, [of('a')]);
    expect(group).toMatchObject({ places: [], written: [], state: 'open' });
  });
});
