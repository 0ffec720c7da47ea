import { describe, expect, it, test } from 'vitest';
import { rsyncPlanning } from '../../../../../src/planner/kinds/rsync/planning.ts';
import { transferParams, type TransferParams } from '../../../../../src/planner/kinds/rsync/params.ts';
import type { SyncHistory, TransferPreview } from '../../../../../src/planner/model/facts.ts';
import type { Step } from '../../../../../src/planner/model/step.ts';
import { HARD_LINK, NAME, planned, type Scene } from '../../../../support/planned-transfer.ts';
import { plainTarget } from '../../../../support/transfer.ts';

const stepOf = (scene: Scene = {}): Step => planned(scene).step;
const paramsOf = (scene: Scene = {}): TransferParams => transferParams(stepOf(scene).params);
const LINKED: Scene = { mode: 'hard-link', target: HARD_LINK };

const success = { run: 'r', at: '2026-03-09T12:00:00.000Z', snapshot: NAME, entries: 7, mountTarget: null };
const after = (outcome: 'succeeded' | 'incomplete' | 'failed' | 'interrupted'): SyncHistory => ({
  lastRun: { run: 'r', outcome, at: '2026-03-09T12:00:00.000Z' },
  lastSuccess: { ...success, files: 3, bytes: 30 },
});

describe('a transfer says why it is planned', () => {
  it.each<[string, Scene]>([
    ['usb:photos becomes what laptop:Pictures is', {}],
    ['usb:photos is empty', { destination: { empty: true } }],
    ['usb:photos is empty', { target: { scratch: true } }],
    ['usb:photos gets what is new in laptop:Pictures; nothing is deleted', { rsync: { delete: false } }],
    ['continues a transfer that is not complete', { ...LINKED, target: { ...HARD_LINK, resumes: true } }],
    ['usb:photos has no snapshot yet', { mode: 'btrfs', target: { compareSnapshot: null } }],
    [`a new snapshot after ${NAME}`, { mode: 'btrfs', target: { compareSnapshot: NAME } }],
    [`a new snapshot; unchanged files are linked to ${NAME} one by one: nobody asked for perl`, { ...LINKED }],
  ])('%s', (reason, scene) => {
    expect(stepOf(scene).reason).toBe(reason);
  });

  it('nothing but the spec is known', () => {
    const { input } = planned();
    const facts = { ...input.facts, basis: 'none' as const };
    const target = plainTarget(input.destination);
    const { steps } = rsyncPlanning.planTransfer?.({ ...input, facts }, target) ?? { steps: [] };
    expect(steps[0]?.reason).toBe('what usb:photos holds is not known');
  });

  it('and whether it makes something new, or changes what no snapshot holds', () => {
    const shape = (scene: Scene): unknown => {
      const { action, destructive } = stepOf(scene);
      return [action, destructive];
    };
    expect(shape({})).toEqual(['update', true]);
    expect(shape({ rsync: { delete: false } })).toEqual(['update', false]);
    expect(shape({ destination: { empty: true } })).toEqual(['create', false]);
    expect(shape(LINKED)).toEqual(['create', false]);
    expect(shape({ mode: 'btrfs' })).toEqual(['update', false]);
  });
});

describe('how much a transfer may delete', () => {
  it('is in the plan where it may delete at all', () => {
    expect(stepOf().deleteLimit).toEqual({ percent: 25, files: null });
    expect(stepOf({ rsync: { delete: false } })).not.toHaveProperty('deleteLimit');
    expect(stepOf({ destination: { empty: true } })).not.toHaveProperty('deleteLimit');
    const { input } = planned();
    const target = plainTarget(input.destination);
    const { steps } = rsyncPlanning.planTransfer?.({ ...input, allowDestructive: true }, target) ?? { steps: [] };
    expect(steps[0]).not.toHaveProperty('deleteLimit');
  });
});

describe('what a transfer is expected to copy', () => {
  const preview: TransferPreview = {
    ...{ files: 2, bytes: 20, creates: 1, updates: 1, deletes: 4, entries: 9, changes: [] },
  } as never;

  it('is what a dry run has counted, else what the last success copied, of which nothing else is known', () => {
    expect(stepOf()).not.toHaveProperty('estimate');
    expect(stepOf({ history: after('succeeded') }).estimate).toEqual({
      ...{ files: 3, bytes: 30, creates: 0, updates: 0, deletes: 0, basis: 'last-run' },
    });
    expect(stepOf({ history: { ...after('succeeded'), lastSuccess: success } })).not.toHaveProperty('estimate');
    expect(stepOf({ history: after('succeeded'), preview }).estimate).toEqual({
      ...{ files: 2, bytes: 20, creates: 1, updates: 1, deletes: 4, basis: 'dry-run' },
    });
  });

  it('has what is renamed, and what cannot be linked where something is linked', () => {
    const more = { ...preview, moved: { files: 1, bytes: 5, names: [] }, attributes: { files: 3, bytes: 9 } } as never;
    const { estimate } = stepOf({ preview: more });
    expect(estimate).toMatchObject({ moved: { files: 1, bytes: 5 } });
    expect(estimate).not.toHaveProperty('writtenAnew');
    const none = { ...preview, moved: { files: 0, bytes: 0 } } as never;
    expect(stepOf({ preview: none }).estimate).not.toHaveProperty('moved');
    // That it is said makes it a remark, too.
    expect(() => stepOf({ ...LINKED, preview: more })).toThrow(`3 files have another mode or owner than in ${NAME}`);
  });
});

describe('a transfer after one that broke', () => {
  const FORGET = 'find /mnt/usb/photos -type d -name .rsync-partial -prune -exec rm -rf {} +';
  const cleanUp = (scene: Scene): string[] => paramsOf(scene).cleanUp.map((argv) => argv.join(' '));

  it.each(['failed', 'interrupted'] as const)(
    'goes on with the pieces of files, and forgets them at the end: %s',
    (outcome) => {
      const params = paramsOf({ history: after(outcome) });
      expect(params.resumes).toBe(true);
      expect(cleanUp({ history: after(outcome) })).toContain(FORGET);
    },
  );

  it.each(['succeeded', 'incomplete'] as const)(
    'has nothing to go on with after one that came to its end: %s',
    (outcome) => {
      expect(paramsOf({ history: after(outcome) })).toMatchObject({ resumes: false, cleanUp: [] });
      expect(paramsOf()).toMatchObject({ resumes: false, cleanUp: [] });
    },
  );

  it('into a new folder has what its kind of snapshots clears up', () => {
    const own = [['find', 'own']];
    const scene = { ...LINKED, target: { ...HARD_LINK, cleanUp: own }, history: after('failed') };
    expect(paramsOf(scene)).toMatchObject({ resumes: true, cleanUp: own });
  });
});

describe('the params of a transfer', () => {
  it('say what the spec says of it', () => {
    expect(paramsOf()).toMatchObject({
      ...{ sync: 'photos', destination: 'usb:photos', source: '/home/ada/Pictures', remote: null, tolerate: [24] },
      ...{ timeout: null, whenChanged: false, makesSnapshot: false, deletes: true, maxDelete: { percent: 25 } },
    });
    for (const key of ['sudo', 'live', 'maxChange', 'lastWhole', 'judges', 'unholdable']) {
      expect(paramsOf()).not.toHaveProperty(key);
    }
    const snapshots = { mode: 'hard-link', keep: null, when: 'changed' } as const;
    expect(paramsOf({ ...LINKED, sync: { snapshots } })).toMatchObject({ whenChanged: true, makesSnapshot: true });
    expect(paramsOf({ rsync: { sudo: true } })).toMatchObject({ sudo: true });
    expect(paramsOf({ target: { lastWhole: '/whole' } })).toMatchObject({ lastWhole: '/whole' });
    const { policy } = planned().input.sync;
    expect(paramsOf({ sync: { policy: { ...policy, maxChange: 10 } } })).toMatchObject({ maxChange: 10 });
  });

  it('make the same commands again', () => {
    for (const scene of [{}, LINKED, { mode: 'btrfs' as const }]) {
      const { params, commands } = stepOf(scene);
      expect(rsyncPlanning.commands(params)).toEqual(commands);
    }
  });
});

describe('a source that is the snapshot of another sync', () => {
  it('is known when that is complete, and the plan says so', () => {
    const sourcePath = '/mnt/a/snapshots/{snapshot:docs}';
    expect(stepOf({ sourcePath }).deferred).toBe('what changes is known when {snapshot:docs} is complete');
    for (const other of ['/home/ada/Pictures', '{mount:usb}/Pictures']) {
      expect(stepOf({ sourcePath: other })).not.toHaveProperty('deferred');
    }
  });
});

describe('before a snapshot goes to make room', () => {
  const { policy } = planned().input.sync;
  const keep = { last: 1, hourly: 0, daily: 0, weekly: 0, monthly: 0, yearly: 0 } as never;
  const scene: Scene = {
    ...LINKED,
    sync: {
      snapshots: { mode: 'hard-link', keep, when: 'always' },
      policy: { ...policy, pruneFirst: true, minFree: 1000 },
    },
  };

  test('the guard is asked in a step of its own, which changes nothing and needs no room', () => {
    const { input } = planned(scene);
    const target = { ...plainTarget(input.destination), ...HARD_LINK };
    const { steps } = rsyncPlanning.planTransfer?.(input, target) ?? { steps: [] };
    expect(steps.map(({ id, kind, action, destructive }) => [id, kind, action, destructive])).toEqual([
      ['judge:photos', 'judge', 'run', false],
      ['transfer:photos', 'transfer', 'create', false],
    ]);
    const [judge, transfer] = steps;
    expect(judge).toMatchObject({
      ...{ summary: 'judge what the new snapshot would lose' },
      ...{ reason: 'policy.prune-first: nothing is pruned for a run that is refused' },
    });
    for (const key of ['estimate', 'deferred']) expect(judge).not.toHaveProperty(key);
    expect(transfer?.preconditions.map(({ check }) => check)).toContain('at-least');
    expect(judge?.preconditions.map(({ check }) => check)).not.toContain('at-least');
    expect(judge?.commands.every((argv) => argv.includes('--dry-run'))).toBe(true);
    expect(rsyncPlanning.commands(judge?.params ?? null)).toEqual(judge?.commands);
  });
});

describe('lost+found', () => {
  const mount = { target: '/mnt/usb/photos', source: '/dev/sdb1', fsType: 'ext4', uuid: null, options: [] };

  it.each<[boolean, string, object, object]>([
    [true, 'is no part of a copy that is a whole ext file system', { mount }, {}],
    [true, 'the same of ext2', { mount: { ...mount, fsType: 'ext2' } }, {}],
    [false, 'is a folder like any other in a part of one', { mount: { ...mount, target: '/mnt/usb' } }, {}],
    [false, 'and of another file system', { mount: { ...mount, fsType: 'xfs' } }, {}],
    [false, 'and where nobody knows', { mount: null }, {}],
    [false, 'and of a copy in a folder of it', { mount }, { path: '/mnt/usb/photos/staging' }],
  ])('%s: %s', (isProtected, _, directory, target) => {
    const { input } = planned();
    const there = { ...input.destination.directory, ...directory } as never;
    const destination = { ...input.destination, directory: there };
    const { steps } = rsyncPlanning.planTransfer?.(
      { ...input, destination },
      { ...plainTarget(destination), ...target },
    ) ?? { steps: [] };
    expect(transferParams(steps[0]?.params ?? null).filters.includes('P /lost+found/')).toBe(isProtected);
  });
});
