import {
  chmod,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { TransferWorld } from '../support/transfer.ts';
import { treeOf } from '../support/tree.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

describe('a transfer', () => {
  test('keeps names of any bytes, links, owners, modes and times', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    await world.files({ 'a/b/c': 'deep', ' lead': '1', 'trail ': '2', '-n': '3', 'a*[b]?\\c': '4', 'x:y': '5' });
    execFileSync('sh', ['-c', 'printf x > "$(printf "new\\nline")"; printf y > "$(printf "bad\\377byte")"'], {
      cwd: world.source,
    });
    await chmod(join(world.source, 'a/b'), 0o700);
    await symlink('b/c', join(world.source, 'a/relative'));
    execFileSync('chown', ['1234:2345', join(world.source, '-n')]);
    await utimes(join(world.source, '-n'), 1, 1_000_000_000.25);

    const { result } = await world.run();

    expect(result).toMatchObject({ outcome: 'done', changes: { files: 8, created: 11, deleted: 0, entries: 11 } });
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });

  test('with -H makes names of one file of equal files, also where nothing else differs', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    world.sync = { ...world.sync, rsync: { ...world.sync.rsync, extraOptions: ['-H'] } };
    const inodes = async (folder: string): Promise<number[]> =>
      (await Promise.all(['a', 'b'].map((name) => lstat(join(folder, name))))).map(({ ino }) => ino);
    await world.files({ a: 'same', b: 'same' });
    await Promise.all(['a', 'b', '.'].map((name) => utimes(join(world.source, name), 1, 1_000_000_000)));
    await world.run();
    expect(new Set(await inodes(world.destination)).size).toBe(2);
    await rm(join(world.source, 'b'));
    await link(join(world.source, 'a'), join(world.source, 'b'));
    await utimes(world.source, 1, 1_000_000_000);
    await world.run();
    expect(new Set(await inodes(world.destination)).size).toBe(1);
  });

  test('keeps absolute symlinks, also those that lead out of the source', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    await symlink('/etc/passwd', join(world.source, 'absolute'));
    await symlink('/nowhere/at/all', join(world.source, 'dangling'));
    await symlink('../../..', join(world.source, 'upwards'));

    await world.run();

    const targets = ['absolute', 'dangling', 'upwards'].map((name) => readlink(join(world.destination, name)));
    expect(await Promise.all(targets)).toEqual(['/etc/passwd', '/nowhere/at/all', '../../..']);
  });

  test('works between folders whose names begin with a dash or hold blanks, signs and colons', async () => {
    const odd = join(dir.path, "-r it's a:b *[?]\\ $(x)~");
    await mkdir(odd);
    const world = await TransferWorld.make(odd, 'hard-link');
    await world.files({ f: 'first' });
    await world.run();
    await world.files({ g: 'second' });
    const { result, snapshot } = await world.run();

    expect(result).toMatchObject({ outcome: 'done', changes: { files: 1, entries: 2 } });
    expect(await treeOf(snapshot ?? '')).toEqual(await treeOf(world.source));
  });

  test('neither copies nor deletes sentinels, whatever flags and filters the user gives', async () => {
    const world = await TransferWorld.make(dir.path, 'none', {
      rsync: {
        ...{ compress: false, checksum: false, bandwidth: null, delete: true },
        options: ['-rt', '--delete', '--delete-excluded', '--include=*'],
        extraOptions: ['--delete-before'],
      },
      filters: [
        { kind: 'include', pattern: '.nbkp-*' },
        { kind: 'rule', rule: 'S .nbkp-*' },
        { kind: 'rule', rule: 'R .nbkp-*' },
      ],
    });
    await world.files({ f: '1', 'sub/.nbkp-src': '' });
    await world.files({ [join(world.destination, 'gone')]: '', [join(world.destination, '.nbkp-lock')]: '' });

    const { result } = await world.run();

    expect(result).toMatchObject({ outcome: 'done', changes: { deleted: 1 } });
    expect((await readdir(world.destination)).sort()).toEqual(['.nbkp-dst', '.nbkp-lock', 'f', 'sub']);
    expect(await readdir(join(world.destination, 'sub'))).toEqual([]);
  });

  test('links what has not changed to the last snapshot', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link');
    await world.files({ same: '1', 'dir/same': '2', changed: 'old' });
    const before = await world.run();
    await world.files({ changed: 'new!' });
    const after = await world.run();

    const inode = async (snapshot: string | null, name: string) => (await lstat(join(snapshot ?? '', name))).ino;
    expect(await inode(after.snapshot, 'dir/same')).toBe(await inode(before.snapshot, 'dir/same'));
    expect(await inode(after.snapshot, 'changed')).not.toBe(await inode(before.snapshot, 'changed'));
    expect(await readFile(join(before.snapshot ?? '', 'changed'), 'utf8')).toBe('old');
    expect(await treeOf(after.snapshot ?? '')).toEqual(await treeOf(world.source));
  });

  test('reports how far it is', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    await world.files({ a: 'x'.repeat(3_000_000) });
    await world.many(200);
    const seen: number[] = [];
    await world.run({ onProgress: ({ bytes }) => seen.push(bytes) });

    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});

describe('when = "changed"', () => {
  const snapshots = { mode: 'hard-link', keep: null, when: 'changed' as const };

  test('does nothing at all when a dry run finds nothing to do', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link', { snapshots });
    await world.files({ a: '1', 'd/b': '2' });
    const first = await world.run();
    const { result, context } = await world.apply(await world.plan());

    const name = first.snapshot?.split('/').at(-1);
    expect(result).toEqual({ outcome: 'unneeded', findings: [], values: { '{snapshot:photos}': name } });
    expect(context.ran).toHaveLength(1);
    expect(context.ran[0]).toContain('--dry-run');
    expect(await readdir(join(world.destination, 'snapshots'))).toEqual([name]);
  });

  test.each([
    ['a new file', (source: string) => writeFile(join(source, 'new'), '')],
    ['a deleted file', (source: string) => rm(join(source, 'a'))],
    ['a changed mode', (source: string) => chmod(join(source, 'a'), 0o600)],
    ['a new link', (source: string) => link(join(source, 'a'), join(source, 'a2'))],
  ])('transfers because of %s', async (_what, change) => {
    const world = await TransferWorld.make(dir.path, 'hard-link', { snapshots });
    await world.files({ a: '1', 'd/b': '2' });
    await world.run();
    await change(world.source);
    const { result, snapshot, context } = await world.run();

    expect(result.outcome).toBe('done');
    expect(context.ran.filter((argv) => argv.includes('--dry-run'))).toHaveLength(1);
    expect(await treeOf(snapshot ?? '')).toEqual(await treeOf(world.source));
  });
});

describe('the name of a snapshot', () => {
  test('is the time at which its transfer starts, and free', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link');
    await world.files({ a: '1' });
    const now = () => Date.UTC(2026, 2, 6, 14, 30);
    const first = await world.run({ now });
    const second = await world.run({ now });

    expect(first.snapshot).toBe(join(world.destination, 'snapshots/2026-03-06T14:30:00.000Z'));
    expect(second.snapshot).toBe(join(world.destination, 'snapshots/2026-03-06T14:30:00.001Z'));
    expect(second.codes).toEqual([]);
  });

  test('that is not later than the one before is used and said', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link');
    await world.files({ a: '1' });
    await world.run({ now: () => Date.UTC(2030, 0) });
    const { snapshot, codes } = await world.run({ now: () => Date.UTC(2026, 0) });

    expect(codes).toEqual(['clock-behind-latest']);
    expect(await treeOf(snapshot ?? '')).toEqual(await treeOf(world.source));
  });
});
