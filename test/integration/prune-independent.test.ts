import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { newFolders } from '../support/tempdir.ts';

const OLD = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z'];
const [OLDEST = '', IMMUTABLE = '', NEWEST = ''] = OLD;

describeWithMounts('a snapshot that cannot be removed', () => {
  const newFolder = newFolders();

  /** Three old snapshots, the second with an immutable file, and one that a run made. */
  function withImmutable({ path: drive }: BtrfsMount): { backup: Backup; immutable: string } {
    const backup = new Backup(newFolder(), { mode: 'hard-link', drive, sync: 'snapshots.keep.last = 2' });
    backup.write({ file: 'content' });
    backup.run(0);
    for (const name of OLD) cpSync(backup.copy(), backup.snapshot(name), { recursive: true });
    const immutable = join(backup.snapshot(IMMUTABLE), 'immutable');
    writeFileSync(immutable, '');
    execFileSync('chattr', ['+i', immutable]);
    return { backup, immutable: join(backup.snapshot(`.prune-${OLDEST}`), IMMUTABLE, 'immutable') };
  }

  it('is told of, and is no reason to keep the others: in this run, in the next, and when it can go', async () => {
    const btrfs = await makeBtrfs();
    try {
      const { backup, immutable } = withImmutable(btrfs);
      for (const pruned of [[OLDEST, NEWEST], null]) {
        const { steps, syncs } = backup.run(1);
        expect(steps.find(({ id }) => id === 'prune:documents')?.findings).toMatchObject([
          {
            code: 'prune-failed',
            message: expect.stringContaining(`/${IMMUTABLE}/immutable`),
            help: expect.stringContaining('chattr -i'),
          },
        ]);
        expect(existsSync(immutable)).toBe(true);
        if (pruned !== null) expect(syncs).toMatchObject([{ pruned }]);
        else expect(syncs[0]?.pruned).toHaveLength(1);
        expect(backup.snapshots()).toHaveLength(2);
      }
      execFileSync('chattr', ['-i', immutable]);
      backup.run(0);
      expect(backup.entries()).toHaveLength(2);
    } finally {
      await btrfs.remove();
    }
  });

  it('is no reason to keep the others for a script either', async () => {
    const btrfs = await makeBtrfs();
    try {
      const { backup } = withImmutable(btrfs);
      const script = join(backup.sandbox.root, 'backup.sh');
      writeFileSync(script, backup.expectCode(0, backup.sandbox.nbkp('plan', '--format', 'sh')).stdout);
      const { status, stderr } = spawnSync('bash', [script], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([1, expect.stringContaining('prune:documents failed')]);
      expect(backup.snapshots()).toHaveLength(2);
    } finally {
      await btrfs.remove();
    }
  });
});

describeWithMounts('a snapshot in which something is mounted', () => {
  const newFolder = newFolders();

  it('is kept, and what is mounted with it: by hand, in a run, and when a hook has mounted it', () => {
    const root = newFolder();
    const mountIt = `test ! -e ${root}/mount-it || mount --bind ${root}/precious ${root}/usb/documents/snapshots/${NEWEST}/shown`;
    const hooks = `snapshots.keep.last = 1\nbefore = [["sh", "-c", "${mountIt}"]]`;
    const backup = new Backup(root, { mode: 'hard-link', sync: hooks });
    backup.sandbox.files({ 'precious/letter': 'the only one' });
    backup.write({ file: 'content' });
    backup.run(0);
    for (const name of OLD) {
      cpSync(backup.copy(), backup.snapshot(name), { recursive: true });
      mkdirSync(join(backup.snapshot(name), 'shown'));
    }
    const mounted = [OLDEST, NEWEST].map((name) => join(backup.snapshot(name), 'shown'));
    execFileSync('mount', ['--bind', join(root, 'precious'), mounted[0] ?? '']);
    try {
      const { stdout } = backup.expectCode(0, backup.sandbox.nbkp('snapshots', 'prune', '--dry-run', '--json'));
      const { retention } = (JSON.parse(stdout) as Plan).syncs[0] ?? {};
      expect(retention?.find(({ name }) => name === OLDEST)).toMatchObject({
        ...{ verdict: 'keep', reasons: ['something is mounted in it'] },
      });
      backup.sandbox.files({ 'mount-it': '' });
      const { syncs, findings, steps } = backup.run(1);
      const codes = [...findings, ...steps.flatMap((step) => step.findings)].map(({ code }) => code);
      expect(codes.filter((code) => code === 'snapshot-mounted')).toHaveLength(2);
      expect(syncs[0]?.pruned).toEqual([]);
      for (const name of OLD) expect(backup.snapshots()).toContain(name);
      expect(readdirSync(join(root, 'precious'))).toEqual(['letter']);
    } finally {
      for (const target of mounted) spawnSync('umount', [target]);
    }
    backup.sandbox.nbkp('snapshots', 'prune', '--yes');
    expect(backup.snapshots()).toHaveLength(1);
  });
});

describeWithMounts('snapshots on a drive that has no room for one folder more', () => {
  const newFolder = newFolders();

  it('go all the same, in one run', () => {
    const drive = newFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', drive]);
    try {
      const backup = new Backup(newFolder(), { mode: 'hard-link', drive, sync: 'snapshots.keep.last = 1' });
      backup.write({ file: 'content', 'folder/file': 'more content' });
      backup.run(0);
      for (const name of OLD) cpSync(backup.copy(), backup.snapshot(name), { recursive: true });
      const used = execFileSync('df', ['--output=iused', drive], { encoding: 'utf8' }).split('\n')[1] ?? '';
      execFileSync('mount', ['-o', `remount,nr_inodes=${used.trim()}`, drive]);
      expect(spawnSync('mkdir', [join(drive, 'more')]).status).toBe(1);
      backup.expectCode(0, backup.sandbox.nbkp('snapshots', 'prune', '--yes'));
      expect(backup.entries()).toHaveLength(1);
    } finally {
      execFileSync('umount', [drive]);
    }
  });
});
