import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import type { Answer } from '../support/sandbox.ts';
import { runScript } from '../support/scripted.ts';
import { newFolders } from '../support/tempdir.ts';
import { treeOf } from '../support/tree.ts';

describeWithMounts('a staging in which an interrupted run has replaced files (btrfs, nothing is deleted)', () => {
  const newFolder = newFolders();

  it('is judged against the last snapshot, alike in the plan, the run and a script', async () => {
    const btrfs = await makeBtrfs();
    try {
      const backup = new Backup(newFolder(), { mode: 'btrfs', drive: btrfs.path, sync: 'rsync.delete = false' });
      backup.many(100);
      backup.run(0);
      // What a run had done when it was killed.
      for (const folder of [backup.source, join(backup.destination, 'staging')]) {
        for (let index = 0; index < 60; index += 1) {
          rmSync(join(folder, `f${index}`));
          symlinkSync('f99', join(folder, `f${index}`));
        }
      }
      const before = backup.snapshots();
      expect(backup.plan('--files').findings.map(({ code }) => code)).toContain('max-delete-exceeded');
      const said = backup.run(3).steps.flatMap(({ findings }) => findings.map(({ message }) => message));
      expect(said.join()).toMatch(/would lose 60 of/);
      const plan = join(backup.sandbox.root, 'plan');
      backup.plan('--out', plan);
      const script = backup.expectCode(0, backup.sandbox.nbkp('show', plan, '--format', 'sh')).stdout;
      expect(runScript(backup.sandbox, script)).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('60 of') as string,
      });
      expect(backup.snapshots()).toEqual(before);
      backup.run(0, '--allow-destructive');
      expect(backup.snapshots()).toHaveLength(2);
    } finally {
      await btrfs.remove();
    }
  });
});

describeWithMounts('a staging from which entries were removed (btrfs, nothing is deleted)', () => {
  const newFolder = newFolders();

  it('is judged alike in the plan, the run and scripts, and what the source has counts as there', async () => {
    const btrfs = await makeBtrfs();
    try {
      const backup = new Backup(newFolder(), { mode: 'btrfs', drive: btrfs.path, sync: 'rsync.delete = false' });
      backup.many(60);
      backup.write({ 'old/1': 'x', 'old/2\n': 'xx', 'old/\\#012': 'xxx', other: 'file' });
      backup.run(0);
      const staging = join(backup.destination, 'staging');
      // 26 names are in neither, one is a link in the copy and not in the source, and 20 are in the source alone.
      for (const folder of [backup.source, staging]) {
        for (let index = 0; index < 23; index += 1) rmSync(join(folder, `f${index}`));
        rmSync(join(folder, 'old'), { recursive: true });
        rmSync(join(folder, 'other'));
      }
      symlinkSync('f50', join(staging, 'other'));
      for (let index = 30; index < 50; index += 1) rmSync(join(staging, `f${index}`));
      backup.write({ f50: 'changed, and longer' });
      const before = await treeOf(staging);
      const lost = /would lose 28 of 65 /;
      expect(backup.plan('--files').findings.map(({ message }) => message)).toContainEqual(expect.stringMatching(lost));
      const said = backup.run(3).steps.flatMap(({ findings }) => findings.map(({ message }) => message));
      expect(said.join()).toMatch(lost);
      const plan = join(backup.sandbox.root, 'plan');
      backup.plan('--out', plan);
      const scripts = [backup.sandbox.nbkp('show', plan, '--format', 'sh'), backup.sandbox.nbkp('script')];
      for (const script of scripts) {
        const answer = runScript(backup.sandbox, backup.expectCode(0, script).stdout);
        expect(answer).toMatchObject({ code: 3, stderr: expect.stringContaining('28 of 65') as string });
      }
      expect(await treeOf(staging)).toEqual(before);
      backup.run(0, '--allow-destructive');
      expect(backup.run(0).syncs).toMatchObject([{ outcome: 'succeeded' }]);
      expect(backup.snapshots()).toHaveLength(3);
    } finally {
      await btrfs.remove();
    }
  });
});

describeWithMounts('a staging that is gone (btrfs)', () => {
  const newFolder = newFolders();

  it('begins as the last snapshot when it is prepared anew: what the source lacks stays, and nothing is copied', async () => {
    const btrfs = await makeBtrfs();
    try {
      const backup = new Backup(newFolder(), { mode: 'btrfs', drive: btrfs.path, sync: 'rsync.delete = false' });
      backup.many(100);
      backup.run(0);
      for (let index = 0; index < 60; index += 1) rmSync(join(backup.source, `f${index}`));
      backup.run(0);
      const before = await treeOf(backup.copy());
      execFileSync('btrfs', ['-q', 'subvolume', 'delete', join(backup.destination, 'staging')]);
      backup.run(1);
      backup.expectCode(0, backup.sandbox.nbkp('prepare', '--yes'));
      expect(backup.run(0).syncs).toMatchObject([{ outcome: 'succeeded', files: 0 }]);
      expect(await treeOf(backup.copy())).toEqual(before);
      expect(backup.snapshots()).toHaveLength(3);
    } finally {
      await btrfs.remove();
    }
  });
});

describeWithMounts('a staging in which a refused run has left what is new (btrfs)', () => {
  const newFolder = newFolders();

  it('is judged against the last snapshot, alike in the plan, the run and a script', async () => {
    const btrfs = await makeBtrfs();
    try {
      const backup = new Backup(newFolder(), { mode: 'btrfs', drive: btrfs.path });
      const original = (count: number): void => {
        backup.emptySource();
        backup.many(count);
      };
      original(40);
      backup.run(0);
      const script = backup.expectCode(0, backup.sandbox.nbkp('script')).stdout;
      backup.emptySource();
      backup.write(
        Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}.locked`, 'something else'])),
      );
      backup.run(3);
      // Twice as much would go from the staging, and more than half of the snapshot is lost.
      original(15);
      const lost = /would lose 25 of 40 /;
      expect(backup.plan('--files').findings.map(({ message }) => message)).toContainEqual(expect.stringMatching(lost));
      expect(backup.run(3).syncs[0]?.reason).toMatch(lost);
      expect(runScript(backup.sandbox, script)).toMatchObject({
        code: 3,
        stderr: expect.stringContaining('25 of 40') as string,
      });
      original(40);
      backup.run(0);
      expect(await treeOf(backup.copy())).toEqual(await treeOf(backup.source));
    } finally {
      await btrfs.remove();
    }
  });
});

describeWithMounts('a staging whose snapshots are all gone (btrfs)', () => {
  const newFolder = newFolders();
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());

  it.each<[string, (backup: Backup) => { code: number | null }]>([
    ['a run', (backup) => backup.sandbox.nbkp('run')],
    ['a script', (backup) => scripted(backup, backup.sandbox.nbkp('script'))],
    ['the script of a plan', (backup) => scripted(backup, backup.sandbox.nbkp('plan', '--format', 'sh'))],
  ])('is the only copy, and is judged as one: %s', async (way, goesOn) => {
    const backup = new Backup(newFolder(), { mode: 'btrfs', drive: join(btrfs.path, way) });
    backup.many(60);
    backup.run(0);
    const staging = join(backup.destination, 'staging');
    const before = await treeOf(staging);
    for (const name of backup.snapshots()) {
      execFileSync('btrfs', ['-q', 'subvolume', 'delete', join(backup.destination, 'snapshots', name)]);
    }
    rmSync(join(backup.destination, 'latest'));
    for (let index = 0; index < 40; index += 1) rmSync(join(backup.source, `f${index}`));
    expect(backup.plan('--files').findings.map(({ code }) => code)).toContain('max-delete-exceeded');
    expect(goesOn(backup)).toMatchObject({ code: 3 });
    expect(await treeOf(staging)).toEqual(before);
  });
});

function scripted(backup: Backup, script: Answer): { code: number | null } {
  return runScript(backup.sandbox, backup.expectCode(0, script).stdout);
}
