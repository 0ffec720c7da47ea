import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { syncOf, TransferWorld } from '../support/transfer.ts';
import { treeOf } from '../support/tree.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

describe('the guard', () => {
  test.each(['none', 'hard-link', 'btrfs'] as const)(
    'refuses to replace files by links, whether or not it may delete (%s)',
    async (mode) => {
      const btrfs = mode === 'btrfs' ? await makeBtrfs(200) : null;
      try {
        const rsync = { ...syncOf(mode).rsync, delete: false };
        const world = await TransferWorld.make(dir.path, mode, { rsync }, btrfs?.path);
        await world.many(100);
        const { snapshot } = await world.run();
        const copy = {
          none: world.destination,
          'hard-link': snapshot ?? '',
          btrfs: join(world.destination, 'staging'),
        };
        const before = await treeOf(copy[mode]);
        await world.removeMany(30);
        for (let index = 0; index < 30; index += 1) await symlink('f99', join(world.source, `f${index}`));
        const { result } = await world.run();

        expect(result).toMatchObject({
          outcome: 'refused',
          findings: [{ message: 'photos would lose 30 of 100 entries; policy.max-delete allows 25 %.' }],
        });
        expect(await treeOf(copy[mode])).toEqual(before);
        expect((await world.run({ allowDestructive: true })).result.outcome).toBe('done');
      } finally {
        await btrfs?.remove();
      }
    },
  );

  test('compares with the last btrfs snapshot where no record says that staging is as it was', async () => {
    const btrfs: BtrfsMount = await makeBtrfs(200);
    try {
      const world = await TransferWorld.make(dir.path, 'btrfs', {}, btrfs.path);
      await world.many(100);
      await world.run();
      await world.removeMany(60);
      for (let index = 0; index < 60; index += 1) await symlink('f99', join(world.source, `f${index}`));
      const refused = {
        outcome: 'refused',
        findings: [{ message: expect.stringMatching(/lose 60 of 100/) as string }],
      };
      expect((await world.run()).result).toMatchObject(refused);
      world.history = {};
      expect((await world.run()).result).toMatchObject(refused);
    } finally {
      await btrfs.remove();
    }
  });
});
