import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, linkSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { nothingMounted } from '../../src/planner/mounts/mounted-within.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup, type BackupOptions } from '../support/backup.ts';
import { makeBtrfs } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { newFolders } from '../support/tempdir.ts';

const OLD = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z'];
const [FIRST = ''] = OLD;

describeWithMounts('what is mounted in a folder that is cleared up', () => {
  const newFolder = newFolders();

  /** Somebody's folder: a file with two names, a folder that is closed to others, and what an rsync of somebody else needs. */
  function precious(root: string): string {
    const folder = join(root, 'precious');
    mkdirSync(join(folder, '.rsync-partial'), { recursive: true });
    mkdirSync(join(folder, 'closed'), { mode: 0o500 });
    for (const name of ['letter', '.rsync-partial/piece']) writeFileSync(join(folder, name), 'the only one');
    linkSync(join(folder, 'letter'), join(folder, 'twin'));
    return folder;
  }

  function expectWhole(folder: string): void {
    const names = ['.rsync-partial', '.rsync-partial/piece', 'closed', 'letter', 'twin'];
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(names);
    expect(statSync(join(folder, 'closed')).mode & 0o777).toBe(0o500);
  }

  function whileMounted(folder: string, at: string, use: () => void): void {
    mkdirSync(at, { recursive: true });
    execFileSync('mount', ['--bind', folder, at]);
    try {
      use();
    } finally {
      spawnSync('umount', [at]);
    }
    expectWhole(folder);
  }

  /** A hook, so that the plan has seen no mount. */
  const mounts = (folder: string, at: string): string =>
    `before = [["mkdir", "-p", ${JSON.stringify(at)}], ["mount", "--bind", ${JSON.stringify(folder)}, ${JSON.stringify(at)}]]`;

  function codesOf({ findings, steps }: RunRecord): string[] {
    return [...findings, ...steps.flatMap((step) => step.findings)].map(({ code }) => code);
  }

  function backedUp(options: BackupOptions): Backup {
    const backup = new Backup(newFolder(), options);
    backup.write({ file: 'content' });
    backup.run(0);
    return backup;
  }

  it('is left alone in what an interrupted run has left, and the sync waits for it to be unmounted', () => {
    const backup = backedUp({ mode: 'hard-link' });
    const partial = backup.snapshot(`.partial-${FIRST}`);
    const folder = precious(backup.sandbox.root);
    whileMounted(folder, join(partial, 'shown'), () => {
      expect(codesOf(backup.run(1))).toContain('mounted-in-copy');
      expect(readdirSync(backup.snapshot(''))).toContain(`.partial-${FIRST}`);
    });
    backup.respec({ mode: 'hard-link', sync: mounts(folder, join(partial, 'shown')) });
    try {
      expect(codesOf(backup.run(1))).toContain('destination-busy');
    } finally {
      spawnSync('umount', [join(partial, 'shown')]);
    }
    expectWhole(folder);
    backup.respec({ mode: 'hard-link' });
    backup.run(0);
    expect(backup.entries()).toHaveLength(2);
  });

  it('is left alone in the staging of btrfs', async () => {
    const btrfs = await makeBtrfs();
    try {
      const backup = backedUp({ mode: 'btrfs', drive: btrfs.path });
      const folder = precious(backup.sandbox.root);
      const shown = join(backup.destination, 'staging/shown');
      whileMounted(folder, shown, () => expect(codesOf(backup.run(1))).toContain('mounted-in-copy'));
      backup.respec({ mode: 'btrfs', sync: mounts(folder, shown) });
      try {
        expect(codesOf(backup.run(1))).toContain('destination-busy');
      } finally {
        spawnSync('umount', [shown]);
      }
      expectWhole(folder);
    } finally {
      await btrfs.remove();
    }
  });

  it('keeps its modes and pieces of files where a folder without snapshots is cleared up around it', () => {
    const backup = backedUp({ mode: 'none' });
    const again = (before: string): void => backup.respec({ mode: 'none', sync: `rsync.delete = false\n${before}` });
    again('before = [["false"]]');
    backup.run(1);
    again('');
    const own = join(backup.destination, '.rsync-partial');
    mkdirSync(own);
    whileMounted(precious(backup.sandbox.root), join(backup.destination, 'shown*'), () => backup.run(0));
    expect(readdirSync(backup.destination)).not.toContain('.rsync-partial');
  });

  it('is left alone by a script that was made before it was mounted, and what is mounted in keeps its name', () => {
    for (const count of [1, 3]) {
      const backup = backedUp({ mode: 'hard-link', sync: 'snapshots.keep.last = 1' });
      const old = OLD.slice(0, count);
      for (const name of old) cpSync(backup.copy(), backup.snapshot(name), { recursive: true });
      mkdirSync(backup.snapshot(`.prune-${FIRST}`));
      const script = backup.sandbox.nbkp('plan', '--format', 'sh').stdout;
      const folder = precious(backup.sandbox.root);
      const last = old.at(-1) ?? '';
      whileMounted(folder, join(backup.snapshot(last), 'shown'), () => {
        whileMounted(folder, join(backup.snapshot(`.prune-${FIRST}`), 'shown'), () => {
          const { status, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
          expect([status, stderr]).toEqual([1, expect.stringContaining(`/snapshots/${last}/shown'`)]);
          expect(stderr).toContain(`/snapshots/.prune-${FIRST}/shown': Device or resource busy`);
          expect(backup.snapshots()).toContain(last);
        });
      });
    }
  });

  it('is found under any name, and at the folder itself', () => {
    const root = newFolder();
    const check = (...folders: string[]): number | null => {
      const [program = '', ...words] = nothingMounted(...folders);
      return spawnSync(program, words).status;
    };
    for (const name of ['plain', 'with space', 'line\nend\ttab', 'back\\slash', '\\040', '* [a]?', '-n', 'ünï']) {
      const folder = join(root, name);
      mkdirSync(join(folder, 'in it'), { recursive: true });
      mkdirSync(join(root, `${name} and more`));
      for (const at of [folder, join(folder, 'in it')]) {
        execFileSync('mount', ['-t', 'tmpfs', 'none', at]);
        try {
          expect([name, check(folder)]).toEqual([name, 1]);
          expect([name, check(join(root, `${name} and more`), folder)]).toEqual([name, 1]);
          expect([name, check(join(root, `${name} and more`))]).toEqual([name, 0]);
        } finally {
          execFileSync('umount', [at]);
        }
      }
      expect([name, check(folder, join(root, 'not there'))]).toEqual([name, 0]);
    }
  });
});
