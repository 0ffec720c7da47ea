import { access, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { previewTransfer } from '../../src/hosts/rsync/preview.ts';
import { NOWHERE } from '../../src/planner/model/rsync-flags.ts';
import type { Sync } from '../../src/planner/model/spec.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { inUse, settle, syncOf, TransferWorld } from '../support/transfer.ts';
import { stateOf, treeOf } from '../support/tree.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

/** A destination that already is what the source is. */
async function mirrored(count: number, changes: Partial<Sync> = {}): Promise<TransferWorld> {
  const world = await TransferWorld.make(dir.path, 'none', changes);
  await world.many(count);
  await world.run();
  return world;
}

function limited(percent: number, files: number | null): Partial<Sync> {
  return { policy: { ...syncOf('none').policy, maxDelete: { percent, files } } };
}

const rsyncRuns = (ran: readonly string[][]): string[][] => ran.filter(([program]) => program === 'rsync');

describe('deleting without snapshots', () => {
  test('needs no more than a look when there is nothing to do', async () => {
    const world = await mirrored(10);
    const { context, result } = await world.run();

    expect(rsyncRuns(context.ran)).toHaveLength(1);
    expect(context.ran[0]).toContain('--dry-run');
    expect(result).toMatchObject({ outcome: 'done', changes: { files: 0, created: 0, deleted: 0, entries: 10 } });
  });

  test('happens, from a source in use, in a pass that may delete exactly what was listed before', async () => {
    const world = await mirrored(100);
    await world.removeMany(25);
    inUse(world.source);
    const { context, result } = await world.run();

    // By names first: the look at the source tells that it is in use.
    const [list, looked, first, second, ...more] = rsyncRuns(context.ran);
    expect(list).toContain('--dry-run');
    expect(looked?.at(-1)).toBe(NOWHERE);
    expect(first).toContain('--max-delete=0');
    expect(more).toEqual([]);
    expect(second).toContain('--filter=merge -');
    expect(result).toMatchObject({ outcome: 'done', changes: { deleted: 25, entries: 75 }, findings: [] });
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });

  test.each([settle, inUse])('deletes more than a thousand entries', async (put) => {
    const world = await mirrored(2_100);
    await world.removeMany(1_234);
    put(world.source);
    const { result } = await world.run({ allowDestructive: true });

    expect(result).toMatchObject({ outcome: 'done', changes: { deleted: 1_234, entries: 866 }, findings: [] });
  });

  test.each(['--delete-before', '--delete-during', '--delete-delay', '--delete-after'])(
    'removes folders within folders completely, which rsync itself does not count in full (%s)',
    async (flag) => {
      const world = await mirrored(3, { rsync: { ...syncOf('none').rsync, options: ['-a', flag] } });
      await world.files({ 'kept/x': '', sure: 'now a file' });
      const gone = ['old/a/b/1', 'old/a/2', 'old/3', 'kept/gone/4', 'kept/gone/in/5', 'single/6', 'z/y/7', 'sure/8'];
      await world.files(Object.fromEntries(gone.map((path) => [join(world.destination, path), ''])));
      await mkdir(join(world.destination, 'empty'));
      const planned = await world.plan();
      const preview = await previewTransfer(planned.step, world.transport);
      const { result } = await world.run({ allowDestructive: true });

      expect(preview).toMatchObject({ value: { deletes: 17 } });
      expect(result).toMatchObject({ outcome: 'done', changes: { deleted: 17 }, findings: [] });
      expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
    },
  );

  test('a folder that has to become a file is no failure of the first pass', async () => {
    const world = await mirrored(3);
    await world.files({ folder: 'now a file', 'sub/folder': 'this too' });
    await world.files({
      [join(world.destination, 'folder/with/1')]: '',
      [join(world.destination, 'folder/2')]: '',
      [join(world.destination, 'sub/folder/3')]: '',
      [join(world.destination, 'old/4')]: '',
    });
    const first: (number | null)[] = [];
    // Without what is only about one side.
    const onRan = (argv: readonly string[], { code }: { code: number | null }): void => {
      if (argv.at(-1) !== NOWHERE) first.push(code);
    };
    const { result } = await world.run({ onRan });

    // By names it cannot be done, and so a pass over everything follows.
    expect(first).toEqual([0, 23, 23, 0]);
    expect(result).toMatchObject({ outcome: 'done', findings: [] });
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });

  test('of excluded files happens too, and leaves partial files alone', async () => {
    const world = await mirrored(3, { filters: [{ kind: 'exclude', pattern: '*.tmp' }] });
    const partial = join(world.destination, '.rsync-partial/f9');
    await world.files({ [join(world.destination, 'x.tmp')]: '', [partial]: 'half a file' });
    const { result } = await world.run();

    expect(result).toMatchObject({ outcome: 'done', changes: { deleted: 1 } });
    await expect(access(partial)).resolves.toBeUndefined();
    await expect(access(join(world.destination, 'x.tmp'))).rejects.toThrow();
  });

  test('does not happen at all with rsync.delete = false', async () => {
    const rsync = { ...syncOf('none').rsync, delete: false };
    const world = await mirrored(5, { rsync });
    await rm(world.source, { recursive: true });
    await world.files({ '.nbkp-src': '', new: '' });
    const { context, result } = await world.run();

    expect(result).toMatchObject({ outcome: 'done', findings: [] });
    expect(rsyncRuns(context.ran)).toHaveLength(2);
    expect(await readdir(world.destination)).toHaveLength(7);
  });
});

describe('the guard', () => {
  test('never trips below 20 deletions', async () => {
    const world = await mirrored(20);
    await world.removeMany(19);
    expect((await world.run()).result).toMatchObject({ outcome: 'done', changes: { deleted: 19 } });
  });

  test('refuses more than the percentage before anything is written, as often as it is asked', async () => {
    const world = await mirrored(100);
    await world.removeMany(26);
    await world.files({ new: 'of another size', f99: 'changed' });
    // With what is new among them these would be less than a quarter.
    await world.many(30, 'new', 'of another size, or they would look renamed');
    for (const { result, context } of [await world.run(), await world.run()]) {
      expect(result).toMatchObject({
        outcome: 'refused',
        changes: { files: 0, deleted: 0 },
        findings: [
          {
            severity: 'error',
            code: 'max-delete-exceeded',
            guard: true,
            message: 'photos would lose 26 of 100 entries; policy.max-delete allows 25 %.',
          },
        ],
      });
      expect(context.ran.flat()).not.toContain('--filter=merge -');
      expect(await readdir(world.destination)).toHaveLength(101);
    }
    expect(await readFile(join(world.destination, 'f99'), 'utf8')).not.toBe('changed');
  });

  test('refuses more than the number of files', async () => {
    const world = await mirrored(200, limited(100, 21));
    await world.removeMany(22);
    const { result } = await world.run();
    expect(result).toMatchObject({ outcome: 'refused', findings: [{ code: 'max-delete-exceeded' }] });
    await world.many(1);
    expect((await world.run()).result).toMatchObject({ outcome: 'done', changes: { deleted: 21 } });
  });

  test('counts whole folders with all that is in them', async () => {
    const world = await mirrored(100);
    for (let index = 0; index < 20; index += 1) {
      await world.files({ [join(world.destination, `old${index}/only`)]: '' });
    }
    // 20 files in 20 folders: 40 of 140 entries are more than a quarter, 20 would not be.
    expect((await world.run()).result).toMatchObject({
      outcome: 'refused',
      findings: [{ code: 'max-delete-exceeded' }],
    });
  });

  test('gives way to --allow-destructive', async () => {
    const world = await mirrored(100);
    await world.removeMany(90);
    const { result } = await world.run({ allowDestructive: true });
    expect(result).toMatchObject({ outcome: 'done', changes: { deleted: 90 } });
  });

  test('refuses an empty source however small the destination is', async () => {
    const world = await mirrored(2);
    await world.removeMany(2);
    const { result } = await world.run();

    expect(result).toMatchObject({ outcome: 'refused', findings: [{ code: 'source-empty', guard: true }] });
    expect(await readdir(world.destination)).toHaveLength(3);
  });

  test('has nothing against an empty source and an empty destination', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    expect((await world.run()).result).toMatchObject({ outcome: 'done', changes: { entries: 0 } });
  });

  test.each(['known from the history', 'counted'])(
    'refuses a source that is much smaller than the last snapshot, whose entries are %s',
    async (how) => {
      const world = await TransferWorld.make(dir.path, 'hard-link');
      await world.many(100);
      const before = await world.run();
      if (how === 'counted') world.history = {};
      await world.removeMany(26);
      const { result } = await world.run();

      expect(result).toMatchObject({
        outcome: 'refused',
        findings: [{ message: 'photos would lose 26 of 100 entries; policy.max-delete allows 25 %.' }],
      });
      const left = await readdir(join(world.destination, 'snapshots'));
      expect(left.filter((name) => !name.startsWith('.partial-'))).toEqual([before.snapshot?.split('/').at(-1)]);
      expect((await world.run({ allowDestructive: true })).result.outcome).toBe('done');
    },
  );

  test('refuses an empty source in hard-link mode', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link');
    await world.many(3);
    await world.run();
    await world.removeMany(3);
    expect((await world.run()).result).toMatchObject({ outcome: 'refused', findings: [{ code: 'source-empty' }] });
  });

  test('compares with the last btrfs snapshot, not with a staging that a refused run has shrunk', async () => {
    const btrfs: BtrfsMount = await makeBtrfs(200);
    try {
      const world = await TransferWorld.make(dir.path, 'btrfs', {}, btrfs.path);
      await world.many(100);
      const before = await world.run();
      const snapshot = await stateOf(before.snapshot ?? '');
      const staging = join(world.destination, 'staging');
      await world.removeMany(60, staging);
      await world.removeMany(60);
      const { result } = await world.run();
      expect(result).toMatchObject({
        outcome: 'refused',
        findings: [{ message: 'photos would lose 60 of 100 entries; policy.max-delete allows 25 %.' }],
      });

      const allowed = await world.run({ allowDestructive: true });
      expect(allowed.result).toMatchObject({ outcome: 'done', changes: { entries: 40 } });
      expect(await treeOf(allowed.snapshot ?? '')).toEqual(await treeOf(world.source));
      expect(await stateOf(before.snapshot ?? '')).toEqual(snapshot);
    } finally {
      await btrfs.remove();
    }
  });

  test('deletes from the btrfs staging what is within the limit, by name', async () => {
    const btrfs: BtrfsMount = await makeBtrfs(200);
    try {
      const world = await TransferWorld.make(dir.path, 'btrfs', {}, btrfs.path);
      await world.many(100);
      await world.run();
      await world.removeMany(20);
      const { result, snapshot, context } = await world.run();

      expect(context.ran.some(([program]) => program === 'perl')).toBe(true);
      expect(rsyncRuns(context.ran)).toHaveLength(2);
      expect(result).toMatchObject({ outcome: 'done', changes: { deleted: 20, entries: 80 } });
      expect(await treeOf(snapshot ?? '')).toEqual(await treeOf(world.source));
    } finally {
      await btrfs.remove();
    }
  });
});
