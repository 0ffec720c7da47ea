import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { SnapshotsDocument } from '../../src/planner/model/documents.ts';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { runScript } from '../support/scripted.ts';
import { newFolders } from '../support/tempdir.ts';

/** Root that may not read what its mode forbids, as any other user. */
const BOUND = ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-all'];
const SYNC = 'tolerate = [23, 24]\nsnapshots.keep = { last = 1 }';

describeWithMounts('snapshots for which not all of the source could be read', () => {
  const newFolder = newFolders();
  let btrfs: BtrfsMount | undefined;

  afterEach(async () => {
    await btrfs?.remove();
    btrfs = undefined;
  });

  /** One snapshot of all: `private/` with some files, and a file beside it. */
  async function aBackup(mode: 'hard-link' | 'btrfs', sync = SYNC): Promise<Backup> {
    btrfs = mode === 'btrfs' ? await makeBtrfs() : undefined;
    const drive = btrfs === undefined ? {} : { drive: btrfs.path };
    const backup = new Backup(newFolder(), { mode, sync, through: BOUND, ...drive });
    backup.many(40);
    backup.write(Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`private/${index}`, 'mine'])));
    backup.run(0);
    return backup;
  }

  const lock = ({ source }: Backup): void => chmodSync(join(source, 'private'), 0);
  const unlock = ({ source }: Backup): void => chmodSync(join(source, 'private'), 0o755);
  const codes = (of: { findings: { code: string }[] }): string[] => of.findings.map(({ code }) => code);

  it.each(['hard-link', 'btrfs'] as const)('let none go that has what they lack (%s)', async (mode) => {
    const backup = await aBackup(mode);
    const [whole = ''] = backup.snapshots();
    lock(backup);
    for (const text of ['a', 'b', 'c']) {
      backup.write({ f0: text });
      const run = backup.run(0);
      expect(run.syncs).toMatchObject([{ outcome: 'succeeded', pruned: [] }]);
      const said = run.steps.flatMap(({ findings }) => findings.map(({ code }) => code));
      expect(said.filter((code) => code === 'prune-held')).toHaveLength(text === 'a' ? 1 : said.length - 1);
    }
    expect(backup.snapshots()).toHaveLength(4);
    expect(backup.entries().filter((name) => name.startsWith('.incomplete-'))).toEqual(
      backup
        .snapshots()
        .slice(1)
        .map((name) => `.incomplete-${name}`),
    );
    expect(codes(backup.plan())).toContain('prune-held');
    const listed = backup.expectCode(0, backup.sandbox.nbkp('snapshots', 'list', '--json'));
    const { syncs } = JSON.parse(listed.stdout) as SnapshotsDocument;
    expect(syncs[0]?.snapshots.map(({ incomplete }) => incomplete)).toEqual([undefined, true, true, true]);
    expect(backup.expectCode(0, backup.sandbox.nbkp('status')).stdout).toContain('4 snapshots (3 incomplete)');
    // By hand no more than by a run.
    backup.expectCode(0, backup.sandbox.nbkp('snapshots', 'prune', '--yes'));
    expect(backup.snapshots()).toHaveLength(4);
    unlock(backup);
    // The run that reads all again still keeps them: only its snapshot shows that it did.
    backup.write({ f0: 'd' });
    expect(backup.run(0).syncs).toMatchObject([{ pruned: [] }]);
    expect(existsSync(join(backup.copy(), 'private/9'))).toBe(true);
    expect(existsSync(join(backup.snapshot(whole), 'private/9'))).toBe(true);
    backup.write({ f0: 'e' });
    expect(backup.run(0).syncs[0]?.pruned).toHaveLength(5);
    expect(backup.entries()).toEqual(backup.snapshots());
    expect(backup.snapshots()).toHaveLength(1);
  });

  it('count as lost what is gone when all can be read again', async () => {
    const backup = await aBackup('hard-link', `${SYNC}\npolicy.max-delete.percent = 5`);
    backup.write(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`private/more${index}`, 'mine'])));
    backup.run(0);
    lock(backup);
    backup.write({ f0: 'changed' });
    backup.run(0, '--allow-destructive');
    unlock(backup);
    rmSync(join(backup.source, 'private'), { recursive: true });
    const before = backup.snapshots();
    // The preview judges as the run does.
    expect(codes(backup.plan('--files'))).toContain('max-delete-exceeded');
    const refused = backup.run(3);
    expect(codes({ findings: refused.steps.flatMap(({ findings }) => findings) })).toContain('max-delete-exceeded');
    expect(backup.snapshots()).toEqual(before);
    // Whoever deleted it on purpose says so.
    backup.run(0, '--allow-destructive');
    expect(backup.snapshots()).toHaveLength(before.length + 1);
  });

  it('do not count as lost what has another name when all can be read again', async () => {
    const backup = await aBackup('hard-link', `${SYNC}\npolicy.max-delete.percent = 5`);
    backup.write(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`private/more${index}`, 'mine'])));
    backup.run(0);
    lock(backup);
    backup.write({ f0: 'changed' });
    backup.run(0, '--allow-destructive');
    unlock(backup);
    renameSync(join(backup.source, 'private'), join(backup.source, 'public'));
    expect(codes(backup.plan('--files'))).not.toContain('max-delete-exceeded');
    backup.run(0);
    expect(existsSync(join(backup.copy(), 'public/more29'))).toBe(true);
  });

  it('let none go to make room either (policy.prune-first)', async () => {
    const backup = await aBackup(
      'hard-link',
      'tolerate = [23, 24]\nsnapshots.keep.last = 2\npolicy.prune-first = true',
    );
    backup.write({ f0: 'second' });
    backup.run(0);
    lock(backup);
    backup.write({ f0: 'third' });
    const run = backup.run(0);
    expect(run.syncs).toMatchObject([{ outcome: 'succeeded', pruned: [] }]);
    expect(backup.snapshots()).toHaveLength(3);
  });

  it('are marked and kept by a script too', async () => {
    const backup = await aBackup('hard-link');
    const unreadable = join(backup.source, 'private/0');
    writeFileSync(unreadable, 'other');
    chmodSync(unreadable, 0);
    const script = (): number | null => {
      const plan = join(backup.sandbox.root, 'plan');
      rmSync(plan, { force: true });
      backup.plan('--out', plan);
      const made = backup.expectCode(0, backup.sandbox.nbkp('show', plan, '--format', 'sh'));
      return runScript(backup.sandbox, made.stdout).code;
    };
    backup.write({ f0: 'changed' });
    expect(script()).toBe(0);
    const [whole = '', second = ''] = backup.snapshots();
    expect(backup.entries()).toEqual([`.incomplete-${second}`, whole, second]);
    expect(readFileSync(join(backup.copy(), 'f0'), 'utf8')).toBe('changed');
    chmodSync(unreadable, 0o644);
    for (const text of ['again', 'and again']) {
      writeFileSync(join(backup.source, 'f0'), text);
      expect(script()).toBe(0);
    }
    expect(backup.entries()).toEqual(backup.snapshots());
    expect(backup.snapshots()).toHaveLength(1);
  });
});
