import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
        const waits = mode === 'btrfs' ? [expect.stringContaining('btrfs subvolume sync')] : [];
        const commands = backup.plan('--allow-destructive').steps.find(({ kind }) => kind === 'prune')?.commands ?? [];
        expect(commands.flat().filter((word) => word.includes(' sync '))).toEqual(waits);
        const { syncs, steps } = backup.run(0, '--allow-destructive');
        expect(syncs).toMatchObject([{ pruned: [before[0]] }]);
        expect(steps.flatMap(({ findings }) => findings.map(({ code }) => code))).not.toContain('prune-failed');
        expect(execFileSync('btrfs', ['subvolume', 'list', '-d', btrfs.path], { encoding: 'utf8' })).toBe('');
      } finally {
        await btrfs.remove();
      }
    },
  );

  it.each(['btrfs', 'hard-link'] as const)('lets files that only have other names pass (mode %s)', async (mode) => {
    const btrfs = await makeBtrfs();
    try {
      const sync = 'snapshots.keep.last = 2\npolicy.prune-first = true';
      const backup = new Backup(newFolder(), { mode, drive: btrfs.path, sync });
      backup.write(Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`0/f${index}`, `text ${index}`])));
      backup.run(0);
      for (const name of [0, 1, 2]) {
        const before = backup.snapshots();
        renameSync(join(backup.source, String(name)), join(backup.source, String(name + 1)));
        const said = backup.expectCode(0, backup.sandbox.nbkp('plan', '--files'));
        expect(said.stdout).toMatch(/60 files, \d+ B moved, nothing to copy/);
        expect(backup.run(0).syncs).toMatchObject([{ pruned: before.slice(0, -1) }]);
      }
      const before = backup.entries();
      renameSync(join(backup.source, '3'), join(backup.source, '4'));
      for (let index = 0; index < 60; index += 1) writeFileSync(join(backup.source, `4/f${index}`), `TEXT ${index}`);
      expect(backup.run(3).syncs).toMatchObject([{ outcome: 'refused', pruned: [] }]);
      expect(backup.entries()).toEqual(before);
    } finally {
      await btrfs.remove();
    }
  });
});
