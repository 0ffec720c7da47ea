import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, lstatSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Sync } from '../../src/planner/model/spec.ts';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { fingerprint } from '../support/churning.ts';
import { killAlong } from '../support/killed.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { makeTempDir, NASTY_NAMES, type TempDir } from '../support/tempdir.ts';
import { alike, settle, syncOf, TransferWorld, type Ended } from '../support/transfer.ts';
import { treeOf, wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

type Mode = 'none' | 'btrfs';
/** A look, size and time of what is gone, what is in both, and the new names. */
const SEEN_AND_RENAMED = ['rsync', 'rsync', 'rsync', 'rsync', 'perl'];
type Run = Ended & { snapshot: string | null };

/** Has some of the tests that both modes have to pass. @param drive where the destination is; null for a folder */
function scenes(mode: Mode, drive: () => string | null): void {
  const makeWorld = (changes: Partial<Sync['rsync']> = {}, sync: Partial<Sync> = {}): Promise<TransferWorld> => {
    const usb = drive();
    const all = { ...sync, rsync: { ...syncOf(mode).rsync, ...changes } };
    return TransferWorld.make(dir.path, mode, all, ...(usb === null ? [] : [join(usb, dir.path.replaceAll('/', '-'))]));
  };
  const copyOf = (world: TransferWorld): string =>
    mode === 'none' ? world.destination : join(world.destination, 'staging');
  const inodeOf = (world: TransferWorld, name: string): number => lstatSync(join(copyOf(world), name)).ino;
  /** Runs, and expects the copy to be what the source is, and an older snapshot what it was. */
  async function runTo(world: TransferWorld, options = {}): Promise<Run> {
    const older = execFileSync('find', [world.destination, '-path', '*/snapshots/*', '-prune', '-print'], {
      encoding: 'utf8',
    });
    const snapshots = older.split('\n').filter((path) => path !== '');
    const before = snapshots.map((path) => fingerprint(path));
    const run = await world.run(options);
    expect([run.result.outcome, run.codes]).toEqual(['done', []]);
    expect(await wholeTreeOf(run.snapshot ?? world.destination)).toEqual(await wholeTreeOf(world.source));
    expect(snapshots.map((path) => fingerprint(path))).toEqual(before);
    return run;
  }

  it('gets its new name in the copy: a folder with all that is in it', async () => {
    const world = await makeWorld();
    const names = ['one', 'two', 'sub/three', 'sub/deep/four', ...NASTY_NAMES.map((name) => `nasty/${name}`)];
    await world.files(Object.fromEntries(names.map((name, index) => [`old/${name}`, `text ${'x'.repeat(index)}`])));
    mkdirSync(join(world.source, 'old/empty'));
    symlinkSync('one', join(world.source, 'old/link'));
    await world.files({ stays: 'as it is' });
    await runTo(world);
    const inodes = names.map((name) => inodeOf(world, `old/${name}`));
    world.move('old', 'new');
    // What the content is tells, and not what else there is of it.
    chmodSync(join(world.source, 'new/two'), 0o600);
    const { result, context } = await runTo(world);
    const bytes = names.reduce((sum, _, index) => sum + 5 + index, 0);
    expect(result.changes).toMatchObject({ files: 0, bytes: 0, moved: { files: names.length, bytes } });
    expect(names.map((name) => inodeOf(world, `new/${name}`))).toEqual(inodes);
    expect(context.copiedFiles.map(({ path }) => path)).toContain('new/sub/deep/four');
    expect(context.copiedFiles).toHaveLength(names.length);
  });

  it('is copied where its content differs under the same size and time, or several could be it', async () => {
    const world = await makeWorld();
    await world.files({ 'a/changed': 'before', 'a/kept': 'the same', 'a/1': 'x', 'a/2': 'y' });
    alike(world.source, 'a/changed', 'a/1', 'a/2');
    await runTo(world);
    world.move('a', 'b');
    world.move('b/1', 'b/3');
    world.move('b/2', 'b/4');
    writeFileSync(join(world.source, 'b/changed'), 'after!');
    alike(world.source, 'b/changed');
    const { result } = await runTo(world);
    expect(result.changes).toMatchObject({ files: 3, bytes: 8, moved: { files: 1, bytes: 8 } });
  });

  it('is copied where something has taken its place, or that of its folder', async () => {
    const world = await makeWorld();
    await world.files({ a: 'a file', 'b/file': 'text', c: 'more', 'd/in it': 'something' });
    await runTo(world);
    rmSync(join(world.source, 'a'));
    world.move('b', 'a');
    rmSync(join(world.source, 'd'), { recursive: true });
    world.move('c', 'd');
    await runTo(world);
  });

  it('is copied where it changes after it was read', async () => {
    const world = await makeWorld();
    await world.files({ 'a/file': 'texts', 'a/more': 'and more', 'a/less': 'less' });
    alike(world.source, 'a/file', 'a/more', 'a/less');
    await runTo(world);
    world.move('a', 'b');
    let acted = 0;
    const onRan = (argv: readonly string[]): void => {
      if (argv[0] !== 'perl') return;
      acted += 1;
      writeFileSync(join(world.source, 'b/file'), 'other');
      rmSync(join(world.source, 'b/more'));
      mkdirSync(join(world.source, 'b/more'));
    };
    await runTo(world, { onRan });
    expect(acted).toBe(1);
  });

  it('keeps names of one file together, with -H, and does not make one of two', async () => {
    const world = await makeWorld({ extraOptions: ['-H'] });
    await world.files({ 'a/one': 'linked', 'a/single': 'alone', here: 'twice', there: '' });
    linkSync(join(world.source, 'a/one'), join(world.source, 'a/two'));
    rmSync(join(world.source, 'there'));
    linkSync(join(world.source, 'here'), join(world.source, 'there'));
    await runTo(world);
    world.move('a', 'b');
    execFileSync('cp', ['-a', 'there', 'new'], { cwd: world.source });
    rmSync(join(world.source, 'there'));
    const { result } = await runTo(world);
    expect(result.changes?.moved).toEqual({ files: 1, bytes: 5 });
  });

  it('is no loss, but for what is another file', async () => {
    const world = await makeWorld();
    await world.many(100, 'one folder/f');
    const names = Array.from({ length: 100 }, (_, index) => `f${index}`);
    await runTo(world);
    world.move('one folder', 'another');
    const { result } = await runTo(world);
    expect(result.changes).toMatchObject({ created: 101, deleted: 1, moved: { files: 100, bytes: 100 } });
    const before = await treeOf(copyOf(world));
    for (const name of names) writeFileSync(join(world.source, 'another', name), 'y');
    alike(world.source, ...names.map((name) => `another/${name}`));
    alike(copyOf(world), ...names.map((name) => `another/${name}`));
    world.move('another', 'third');
    const refused = await world.run();
    expect([refused.result.outcome, refused.codes]).toEqual(['refused', ['max-delete-exceeded']]);
    if (mode === 'none') {
      const kept = (await treeOf(world.destination)).filter((line) => !line.includes('third'));
      expect(kept.map((line) => line.split('\t')[0])).toEqual(before.map((line) => line.split('\t')[0]));
    }
  });

  it('is a loss, and copied, where the spec wants no renames', async () => {
    const world = await makeWorld({ detectRenames: false });
    await world.many(100, 'one folder/f');
    await runTo(world);
    world.move('one folder', 'another');
    expect((await world.run()).codes).toEqual(['max-delete-exceeded']);
    const { result } = await runTo(world, { allowDestructive: true });
    expect(result.changes?.moved).toBeUndefined();
  });

  it('that is on its way when a run is killed is what the source has, after the next', async () => {
    const usb = drive();
    const options = usb === null ? {} : { drive: join(usb, 'killed') };
    if (usb !== null) mkdirSync(options.drive ?? '');
    const backup = new Backup(join(dir.path, 'killed'), { mode, sync: 'snapshots.keep.last = 100', ...options });
    const copy = join(backup.destination, mode === 'none' ? '' : 'latest/');
    backup.write(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`0/folder/f${index}`, `text ${index}`])));
    backup.many(60);
    backup.run(0);
    /** All files get another name; one that looks like its old one is another file. */
    let last = 0;
    const rename = (): void => {
      renameSync(join(backup.source, String(last)), join(backup.source, String(last + 1)));
      last += 1;
      writeFileSync(join(backup.source, String(last), 'folder/f7'), `${String(last).padStart(5)} 7`);
      alike(backup.source, `${last}/folder/f7`);
    };
    // By hand all of them.
    const tries = Number(process.env['NBKP_LINK_SEEDS'] ?? 1) > 1 ? null : 7;
    await killAlong(backup, join(dir.path, 'programs'), tries, rename, async () => {
      expect(await treeOf(copy)).toEqual(await treeOf(backup.source));
    });
  });
}

describe('what has another name only, without snapshots', () => {
  scenes('none', () => null);

  it('leaves nothing to delete, so that nobody looks whether that is still gone', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    await world.files({ 'a/one': 'first', 'b/two': 'the second', 'c/three': 'the third one', 'd/stays': '' });
    await world.run();
    const inodes = ['a/one', 'b/two'].map((name) => lstatSync(join(world.destination, name)).ino);
    world.move('a/one', 'a/new');
    world.move('b/two', 'd/two');
    settle(world.source);
    const renamed = await world.run();
    expect(renamed.context.ran.map(([program]) => program)).toEqual([...SEEN_AND_RENAMED, 'rsync']);
    expect(renamed.result).toMatchObject({ outcome: 'done', changes: { files: 0, deleted: 0, moved: { files: 2 } } });
    expect(await wholeTreeOf(world.destination)).toEqual(await wholeTreeOf(world.source));
    expect(['a/new', 'd/two'].map((name) => lstatSync(join(world.destination, name)).ino)).toEqual(inodes);
    world.move('a/new', 'a/newer');
    rmSync(join(world.source, 'c/three'));
    settle(world.source);
    const deleted = await world.run();
    expect(deleted.context.ran.map(([program]) => program)).toEqual([
      ...SEEN_AND_RENAMED,
      ...['rsync', 'rsync', 'perl', 'rsync'],
    ]);
    expect(await wholeTreeOf(world.destination)).toEqual(await wholeTreeOf(world.source));
  });
});

describeWithMounts('what has another name only, in snapshots of btrfs', () => {
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());

  scenes('btrfs', () => btrfs.path);
});
