import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { inUse, settle, TransferWorld } from '../support/transfer.ts';
import { treeOf } from '../support/tree.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

/** Names with a meaning in a filter rule, in rsync's output or at a line's end, and others that a loose rule would take too. */
const GONE = [
  '-x',
  '#y',
  ';z',
  'a:b',
  'n\nl',
  'c\rr',
  'st*r',
  'q?',
  '[x]',
  'b\\s',
  'b\\*s',
  ' lead',
  'trail ',
  't\tx',
  '** ',
];
const LIKE = ['stXr', 'qq', 'x', 'nXl', 'n\tl', 'cXr', 'c\nr', 'b\\Xs', 't x', 'b\\\\s', 'lead', 'trail'];
const ESCAPED = ['x\\#012y', '\\#134', 'ünï'];

test.each([settle, inUse])('what is gone is deleted by exactly its name', async (put) => {
  const world = await TransferWorld.make(dir.path, 'none');
  const inside = join(world.destination, 'folder');
  await world.files({ 'folder/kept': '', 'now-a-file': '' });
  await mkdir(join(dir.path, 'elsewhere'));
  await writeFile(join(dir.path, 'elsewhere/theirs'), '');
  await mkdir(inside);
  await symlink(join(dir.path, 'elsewhere'), join(inside, 'link'));
  const gone = ['sub/in/1', 'sub/2', '.rsync-partial/3', 'sub/.rsync-partial/4', '\n/\r/*'];
  const all = [...GONE, ...ESCAPED, ...gone].map((name) => join(inside, name));
  await world.files(Object.fromEntries([...all, join(world.destination, 'now-a-file/x')].map((path) => [path, ''])));
  await writeFile(Buffer.from(`${inside}/\xff`, 'latin1'), '');
  // They appear after the list was made.
  const onRan = async (argv: readonly string[]): Promise<void> => {
    if (!argv.includes('--dry-run')) return;
    await world.files(Object.fromEntries([...LIKE, 'sub/in/new'].map((name) => [join(inside, name), ''])));
    await world.files({ 'folder/st*r': 'it is back' });
  };
  const { result } = await world.run({ onRan, allowDestructive: true });

  expect(result).toMatchObject({ outcome: 'done', findings: [{ code: 'deletes-postponed' }] });
  expect((await readdir(inside)).sort()).toEqual(['.rsync-partial', 'kept', 'st*r', 'sub', ...LIKE].sort());
  expect(await treeOf(join(inside, 'sub'))).toHaveLength((await treeOf(join(inside, 'sub/in'))).length + 1);
  expect(await readdir(join(inside, 'sub'))).toEqual(['in']);
  expect(await readdir(join(inside, 'sub/in'))).toEqual(['new']);
  expect(await readdir(join(dir.path, 'elsewhere'))).toEqual(['theirs']);

  // Now they were seen, and go.
  put(world.source);
  expect((await world.run({ allowDestructive: true })).result).toMatchObject({ outcome: 'done', findings: [] });
  expect((await readdir(inside)).sort()).toEqual(['.rsync-partial', 'kept', 'st*r']);
});
