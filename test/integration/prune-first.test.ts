import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeBtrfs } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { newFolders } from '../support/tempdir.ts';

describeWithMounts('policy.prune-first', () => {
  const newFolder = newFolders();

  it.each(['btrfs', 'hard-link'] as const)(
    'prunes nothing for a run that is refused since it replaces files by links (mode %s, nothing is deleted)',
    async (mode) => {
      const btrfs = await makeBtrfs();
      try {
        const sync = 'snapshots.keep.last = 2\npolicy.prune-first = true\nrsync.delete = false';
        const backup = new Backup(newFolder(), { mode, drive: btrfs.path, sync });
        for (const text of ['1', '2']) {
          backup.many(60, text);
          backup.run(0);
        }
        const before = backup.entries();
        for (let index = 0; index < 60; index += 1) {
          rmSync(join(backup.source, `f${index}`));
          symlinkSync('nowhere', join(backup.source, `f${index}`));
        }
        expect(backup.run(3).syncs).toMatchObject([{ outcome: 'refused', pruned: [] }]);
        expect(backup.entries().filter((name) => !name.startsWith('.partial-'))).toEqual(before);
        expect(backup.run(0, '--allow-destructive').syncs).toMatchObject([{ pruned: [before[0]] }]);
      } finally {
        await btrfs.remove();
      }
    },
  );
});
