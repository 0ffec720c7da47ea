import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sync } from '../../src/planner/model/spec.ts';
import { fingerprint } from '../support/churning.ts';
import { makeTempDir, NASTY_NAMES, type TempDir } from '../support/tempdir.ts';
import { alike, syncOf, TransferWorld, type Ended } from '../support/transfer.ts';
import { treeOf, wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

type Run = Ended & { snapshot: string | null };

function rsyncOf(changes: Partial<Sync['rsync']>): Partial<Sync> {
  return { rsync: { ...syncOf('hard-link').rsync, ...changes } };
}

function makeWorld(changes: Partial<Sync['rsync']> = {}): Promise<TransferWorld> {
  return TransferWorld.make(dir.path, 'hard-link', rsyncOf(changes));
}

function inodeOf(run: Run, name: string): number {
  return lstatSync(join(run.snapshot ?? '', name)).ino;
}

/** The names that were given to the command that copies. */
function copied({ context }: Run): string[] {
  return context.copiedFiles.map(({ path }) => path).sort();
}

/** Like the source, with the older snapshot as it was. */
async function expectWhole(world: TransferWorld, run: Run, older: Run, before: string[]): Promise<void> {
  expect(run.result.outcome).toBe('done');
  expect(await treeOf(run.snapshot ?? '')).toEqual(await treeOf(world.source));
  expect(fingerprint(older.snapshot ?? '')).toEqual(before);
}

describe('what has another name only', () => {
  it('is linked from the last snapshot: a folder with all that is in it', async () => {
    const world = await makeWorld();
    const names = ['one', 'two', 'sub/three', 'sub/deep/four', ...NASTY_NAMES.map((name) => `nasty/${name}`)];
    await world.files(Object.fromEntries(names.map((name, index) => [`old/${name}`, `text ${'x'.repeat(index)}`])));
    mkdirSync(join(world.source, 'old/empty'));
    symlinkSync('one', join(world.source, 'old/link'));
    await world.files({ stays: 'as it is' });
    const first = await world.run();
    const before = fingerprint(first.snapshot ?? '');
    world.move('old', 'new');
    const second = await world.run();
    await expectWhole(world, second, first, before);
    const bytes = names.reduce((sum, _, index) => sum + 5 + index, 0);
    expect(second.result.changes).toMatchObject({ files: 0, bytes: 0, moved: { files: names.length, bytes } });
    for (const name of [...names, 'link']) expect(inodeOf(second, `new/${name}`)).toBe(inodeOf(first, `old/${name}`));
    // Its checksum is noted under the new name, as that of what is copied.
    expect(copied(second)).toHaveLength(names.length);
    expect(copied(second)).toContain('new/sub/deep/four');
  });

  it('is linked to a place in a folder that was there, and among what is new', async () => {
    const world = await makeWorld();
    await world.files({ 'a/file': 'moves', 'b/there': 'stays', other: 'goes' });
    const first = await world.run();
    const before = fingerprint(first.snapshot ?? '');
    await world.files({ 'new/folder/fresh': 'is new' });
    world.move('a/file', 'b/renamed');
    world.move('b/there', 'new/folder/there');
    rmSync(join(world.source, 'other'));
    const second = await world.run();
    await expectWhole(world, second, first, before);
    expect(second.result.changes).toMatchObject({ files: 1, bytes: 6, moved: { files: 2, bytes: 10 } });
    expect(inodeOf(second, 'new/folder/there')).toBe(inodeOf(first, 'b/there'));
  });

  it('is copied where several could be it, unless the name tells', async () => {
    const world = await makeWorld();
    const names = ['a/one', 'a/two', 'a/same', 'a/other'];
    await world.files(Object.fromEntries(names.map((name, index) => [name, `text ${index}`])));
    alike(world.source, ...names);
    const first = await world.run();
    const before = fingerprint(first.snapshot ?? '');
    mkdirSync(join(world.source, 'b'));
    world.move('a/one', 'b/1');
    world.move('a/two', 'b/2');
    world.move('a/same', 'b/same');
    const second = await world.run();
    await expectWhole(world, second, first, before);
    expect(second.result.changes).toMatchObject({ files: 2, moved: { files: 1, bytes: 6 } });
    expect(inodeOf(second, 'b/same')).toBe(inodeOf(first, 'a/same'));
  });

  it('is copied where its content differs under the same size and time', async () => {
    const world = await makeWorld();
    await world.files({ 'a/changed': 'before', 'a/kept': 'the same' });
    alike(world.source, 'a/changed');
    const first = await world.run();
    const before = fingerprint(first.snapshot ?? '');
    world.move('a', 'b');
    writeFileSync(join(world.source, 'b/changed'), 'after!');
    alike(world.source, 'b/changed');
    const second = await world.run();
    await expectWhole(world, second, first, before);
    expect(second.result.changes).toMatchObject({ files: 1, bytes: 6, moved: { files: 1, bytes: 8 } });
  });

  it('is copied where its mode differs, which a link cannot have', async () => {
    const world = await makeWorld();
    await world.files({ 'a/file': 'text' });
    const first = await world.run();
    const before = fingerprint(first.snapshot ?? '');
    world.move('a', 'b');
    chmodSync(join(world.source, 'b/file'), 0o600);
    const second = await world.run();
    await expectWhole(world, second, first, before);
    expect(second.result.changes?.moved).toBeUndefined();
    expect(inodeOf(second, 'b/file')).not.toBe(inodeOf(first, 'a/file'));
  });

  it('is copied where the spec wants no renames', async () => {
    const world = await makeWorld({ detectRenames: false });
    await world.files({ 'a/file': 'text' });
    await world.run();
    world.move('a', 'b');
    const second = await world.run();
    expect(second.result.changes).toMatchObject({ files: 1, bytes: 4 });
    expect(second.result.changes?.moved).toBeUndefined();
    expect(await treeOf(second.snapshot ?? '')).toEqual(await treeOf(world.source));
  });

  it('is copied where a file has become the folder that it is in', async () => {
    const world = await makeWorld();
    await world.files({ a: 'a file', 'b/file': 'text' });
    const first = await world.run();
    const before = fingerprint(first.snapshot ?? '');
    rmSync(join(world.source, 'a'));
    world.move('b', 'a');
    const second = await world.run();
    await expectWhole(world, second, first, before);
  });
});

describe('what has another name, with -H', () => {
  it('keeps its further names', async () => {
    const world = await makeWorld({ extraOptions: ['-H'] });
    await world.files({ 'a/one': 'linked', 'a/single': 'alone' });
    linkSync(join(world.source, 'a/one'), join(world.source, 'a/two'));
    const first = await world.run();
    const before = fingerprint(first.snapshot ?? '');
    world.move('a', 'b');
    const second = await world.run();
    expect(await wholeTreeOf(second.snapshot ?? '')).toEqual(await wholeTreeOf(world.source));
    await expectWhole(world, second, first, before);
    expect(second.result.changes).toMatchObject({ files: 0, moved: { files: 3, bytes: 17 } });
    expect(inodeOf(second, 'b/two')).toBe(inodeOf(first, 'a/one'));
  });

  it('does not become one with a file that is another one by now', async () => {
    const world = await makeWorld({ extraOptions: ['-H'] });
    await world.files({ one: 'linked' });
    linkSync(join(world.source, 'one'), join(world.source, 'two'));
    await world.run();
    execFileSync('cp', ['-a', 'two', 'new'], { cwd: world.source });
    rmSync(join(world.source, 'two'));
    const second = await world.run();
    expect(await wholeTreeOf(second.snapshot ?? '')).toEqual(await wholeTreeOf(world.source));
    expect(second.result.changes?.moved).toBeUndefined();
  });

  it('does not make one of two that were one', async () => {
    const world = await makeWorld({ extraOptions: ['-H'] });
    await world.files({ 'a/one': 'linked' });
    linkSync(join(world.source, 'a/one'), join(world.source, 'a/two'));
    await world.run();
    mkdirSync(join(world.source, 'b'));
    for (const name of ['one', 'two']) execFileSync('cp', ['-a', `a/${name}`, `b/${name}`], { cwd: world.source });
    rmSync(join(world.source, 'a'), { recursive: true });
    const second = await world.run();
    expect(await wholeTreeOf(second.snapshot ?? '')).toEqual(await wholeTreeOf(world.source));
  });
});

describe('while the source changes', () => {
  /** Does something before the command after the one that has a word. */
  async function runWith(world: TransferWorld, word: string, act: () => void): Promise<Run> {
    let done = false;
    const onRan = (argv: readonly string[]): void => {
      if (done || !argv.some((each) => each.includes(word))) return;
      done = true;
      act();
    };
    const run = await world.run({ onRan });
    expect(done).toBe(true);
    return run;
  }

  const MOVE = 'my ($base, $into, $once)';

  it.each([
    ['is removed', (path: string) => rmSync(path)],
    ['becomes a folder', (path: string) => (rmSync(path), mkdirSync(path))],
    ['gets other content of the same size', (path: string) => writeFileSync(path, 'other')],
  ])('a file that %s before it is compared is not taken for the old one', async (_, act) => {
    const world = await makeWorld();
    await world.files({ 'a/file': 'texts', 'a/more': 'and more' });
    const first = await world.run();
    const before = fingerprint(first.snapshot ?? '');
    world.move('a', 'b');
    const second = await runWith(world, MOVE, () => act(join(world.source, 'b/file')));
    await expectWhole(world, second, first, before);
  });
});

describe('the guard', () => {
  it('lets a hundred files that only have other names pass', async () => {
    const world = await makeWorld();
    await world.many(100, 'one folder/f');
    const first = await world.run();
    const before = fingerprint(first.snapshot ?? '');
    world.move('one folder', 'another');
    const second = await world.run();
    await expectWhole(world, second, first, before);
    expect(second.result.changes?.moved).toEqual({ files: 100, bytes: 100 });
  });

  it('refuses where they have other content as well, and leaves nothing', async () => {
    const world = await makeWorld();
    await world.many(100, 'one folder/f');
    const names = Array.from({ length: 100 }, (_, index) => `f${index}`);
    alike(world.source, ...names.map((name) => `one folder/${name}`));
    const first = await world.run();
    const before = fingerprint(first.snapshot ?? '');
    world.move('one folder', 'another');
    for (const name of names) writeFileSync(join(world.source, 'another', name), 'y');
    alike(world.source, ...names.map((name) => `another/${name}`));
    const second = await world.run();
    expect([second.result.outcome, second.codes]).toEqual(['refused', ['max-delete-exceeded']]);
    expect(fingerprint(first.snapshot ?? '')).toEqual(before);
    const left = execFileSync('ls', ['-A', join(world.destination, 'snapshots')], { encoding: 'utf8' });
    expect(left.trim()).toBe(first.snapshot?.split('/').at(-1));
  });

  it('counts what is gone beside them, and does not say that it looks renamed', async () => {
    const world = await makeWorld();
    await world.many(100, 'one folder/f');
    await world.many(60, 'gone');
    await world.run();
    world.move('one folder', 'another');
    for (let index = 0; index < 60; index += 1) rmSync(join(world.source, `gone${index}`));
    const { result } = await world.run();
    const [finding] = result.findings;
    expect(finding?.code).toBe('max-delete-exceeded');
    expect(finding?.message).toMatch(/^photos would lose 60 of 161 entries; /);
  });

  it('lets them pass, copied, where a run goes on with another that was interrupted', async () => {
    const world = await makeWorld();
    await world.many(100, 'one folder/f');
    const first = await world.run();
    const before = fingerprint(first.snapshot ?? '');
    world.move('one folder', 'another');
    mkdirSync(join(world.destination, 'snapshots', `.partial-${first.snapshot?.split('/').at(-1) ?? ''}`));
    const second = await world.run();
    await expectWhole(world, second, first, before);
    expect(second.result.changes).toMatchObject({ files: 100 });
    expect(second.result.changes?.moved).toBeUndefined();
  });

  it('refuses as before where the spec wants no renames', async () => {
    const world = await makeWorld({ detectRenames: false });
    await world.many(100, 'one folder/f');
    await world.run();
    world.move('one folder', 'another');
    const second = await world.run();
    expect(second.codes).toEqual(['max-delete-exceeded']);
  });
});
