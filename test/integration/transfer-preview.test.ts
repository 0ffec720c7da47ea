import { chmod, mkdir, readdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { previewTransfer } from '../../src/hosts/rsync/preview.ts';
import type { TransferPreview } from '../../src/planner/model/facts.ts';
import type { Transport } from '../../src/hosts/transport/transport.ts';
import { transportThrough } from '../support/observing.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { syncOf, TransferWorld } from '../support/transfer.ts';
import { stateOf } from '../support/tree.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

async function previewOf(world: TransferWorld): Promise<TransferPreview> {
  const { step } = await world.plan();
  const preview = await previewTransfer(step, world.transport);
  if (!preview.ok) throw new Error(preview.findings.map(({ message }) => message).join(' '));
  expect(preview.findings).toEqual([]);
  return preview.value;
}

/** One change of each kind. */
async function changeEverything(world: TransferWorld): Promise<void> {
  await world.files({ 'new/file': '12345', changed: 'longer than before', plain: 'same' });
  await chmod(join(world.source, 'mode'), 0o600);
  await symlink('a -> b', join(world.source, 'li -> nk'));
  await rm(join(world.source, 'gone'), { recursive: true });
}

async function worldBefore(mode: 'none' | 'hard-link'): Promise<TransferWorld> {
  const world = await TransferWorld.make(dir.path, mode);
  await world.files({ changed: 'short', mode: '1', 'gone/a': '', 'gone/b': '', same: 'same', plain: 'file' });
  for (const name of ['plain', 'changed']) await utimes(join(world.source, name), 1, 1_000_000_000);
  await world.run();
  return world;
}

describe('a preview', () => {
  test('tells what seems to have another name only, and counts it neither as copied nor as too much to lose', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link');
    await world.files(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`old/${index}`, `text ${index}`])));
    await world.files({ changed: 'before' });
    await world.run();
    await rename(join(world.source, 'old'), join(world.source, 'new'));
    await world.files({ changed: 'afterwards', fresh: 'new' });
    const preview = await previewOf(world);
    expect(preview).toMatchObject({ files: 2, bytes: 13, lost: 31, moved: { entries: 31, files: 30, bytes: 200 } });
    expect(preview.lostInDetail).toBeUndefined();
    expect((await world.run()).result.changes).toMatchObject({ files: 2, bytes: 13, moved: { files: 30, bytes: 200 } });
  });

  test.each(['none', 'hard-link'] as const)('counts what would change and names it (mode %s)', async (mode) => {
    const world = await worldBefore(mode);
    await changeEverything(world);
    const preview = await previewOf(world);

    expect(preview).toMatchObject({
      ...{ files: 3, bytes: 5 + 18 + 4, creates: 3, updates: 3, deletes: 3 },
      ...{ sourceEntries: 7, destinationEntries: 7, truncated: false },
    });
    expect(preview.items.map(({ change, path, size, code }) => [change, path, size, code])).toEqual([
      ['update', 'changed', 18, '>f.st......'],
      ['create', 'new/file', 5, '>f+++++++++'],
      ['update', 'plain', 4, '>f..t......'],
      ['create', 'li -> nk', 0, 'cL+++++++++'],
      ['update', 'mode', 1, '.f...p.....'],
      ['create', 'new/', 0, 'cd+++++++++'],
      ['delete', 'gone/b', 0, '*deleting'],
      ['delete', 'gone/a', 0, '*deleting'],
      ['delete', 'gone/', 0, '*deleting'],
    ]);
  });

  test('says what the transfer then does', async () => {
    const world = await worldBefore('none');
    await changeEverything(world);
    const preview = await previewOf(world);
    const { result } = await world.run();

    expect(result.changes).toEqual({
      ...{ files: preview.files, bytes: preview.bytes, created: preview.creates },
      ...{ deleted: preview.deletes, entries: preview.sourceEntries },
    });
  });

  test.each(['none', 'hard-link'] as const)('changes nothing on either side (mode %s)', async (mode) => {
    const world = await worldBefore(mode);
    await changeEverything(world);
    const before = await stateOf(dir.path);
    await previewOf(world);
    expect(await stateOf(dir.path)).toEqual(before);
  });

  test('needs no target: before the first snapshot everything is new', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link');
    await world.files({ a: '1', 'b/c': '23' });
    expect(await previewOf(world)).toMatchObject({ files: 2, bytes: 3, creates: 3, updates: 0, destinationEntries: 0 });
    expect(await readdir(join(world.destination, 'snapshots'))).toEqual([]);
  });

  test('reports the bytes of a file and not those of the dry run', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    execFileSync('truncate', ['-s', '200M', join(world.source, 'big')]);
    expect(await previewOf(world)).toMatchObject({ files: 1, bytes: 209_715_200 });
  });

  test('of an unchanged source is empty', async () => {
    const world = await worldBefore('hard-link');
    expect(await previewOf(world)).toMatchObject({ files: 0, creates: 0, updates: 0, deletes: 0, items: [] });
  });

  test('keeps names as rsync escapes them, and so on one line', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    execFileSync('sh', ['-c', 'printf x > "$(printf "a\\nb\\033\\377")"'], { cwd: world.source });
    expect((await previewOf(world)).items.map(({ path }) => path)).toEqual(['a\\#012b\\#033\\#377']);
  });

  test('names the largest 200 changes and 200 deletions, and says that there are more', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    const old = Array.from({ length: 230 }, (_, index) => [join(world.destination, `old${index}`), ''] as const);
    await world.files(Object.fromEntries(old));
    await mkdir(join(world.source, 'sub'));
    const write = (index: number) =>
      writeFile(join(world.source, 'sub', `n${index}`), 'x'.repeat((index * 7919) % 1009));
    await Promise.all(Array.from({ length: 1_000 }, (_, index) => write(index)));
    const preview = await previewOf(world);

    expect(preview).toMatchObject({ creates: 1_001, deletes: 230, truncated: true });
    const sizes = preview.items.filter(({ change }) => change === 'create').map(({ size }) => size);
    const all = Array.from({ length: 1_000 }, (_, index) => (index * 7919) % 1009).sort((a, b) => b - a);
    expect(sizes).toEqual(all.slice(0, 200));
    expect(preview.items.filter(({ change }) => change === 'delete')).toHaveLength(200);
  });

  test('counts no deletions with rsync.delete = false', async () => {
    const world = await TransferWorld.make(dir.path, 'none', { rsync: { ...syncOf('none').rsync, delete: false } });
    await world.files({ a: '', [join(world.destination, 'old')]: '' });
    expect(await previewOf(world)).toMatchObject({ creates: 1, deletes: 0 });
  });

  test('of a source that cannot be read fails with the reason', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    const { step } = await world.plan();
    await rm(world.source, { recursive: true });
    expect(await previewTransfer(step, world.transport)).toMatchObject({
      ok: false,
      findings: [{ severity: 'error', sync: 'photos' }],
    });
  });

  test('of something that is not there yet is a bug of the caller', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    const { step } = await world.plan();
    await expect(previewTransfer({ ...step, deferred: 'later' }, world.transport)).rejects.toThrow('later');
  });
});

describe('of files that the user may not read', () => {
  const asNobody = transportThrough(['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']);

  test('names those that would be copied, as the run will', async () => {
    const world = await TransferWorld.make(dir.path, 'none', { filters: [{ kind: 'exclude', pattern: 'left?out' }] });
    await world.files({ open: '1', closed: '22', 'left out': '333', 'n\nm': '4444' });
    await mkdir(world.destination, { recursive: true });
    for (const name of ['closed', 'left out', 'n\nm']) await chmod(join(world.source, name), 0);
    execFileSync('chmod', ['a+x', dir.path]);
    const { step } = await world.plan();
    const preview = await previewTransfer(step, asNobody);
    expect(preview).toMatchObject({ ok: true, value: { files: 3 } });
    expect(preview.findings).toMatchObject([
      {
        ...{ code: 'files-unreadable', severity: 'warning', sync: 'photos' },
        message: `This user may not read in the source: ${world.source}/closed, ${world.source}/n\\#012m.`,
      },
    ]);
  });

  test('says nothing of what is in the copy already, and asks nothing as root', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    await world.files({ closed: '22' });
    await world.run();
    await chmod(join(world.source, 'closed'), 0);
    await chmod(join(world.destination, 'closed'), 0);
    execFileSync('chmod', ['a+x', dir.path]);
    const { step } = await world.plan();
    expect((await previewTransfer(step, asNobody)).findings).toEqual([]);
    const asked: string[] = [];
    const run: Transport['run'] = (argv, options) => {
      asked.push(argv[0] ?? '');
      return world.transport.run(argv, options);
    };
    await previewTransfer(step, { run }, { isRoot: true });
    expect(asked).not.toContain('find');
  });
});
