import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { TransferWorld } from '../support/transfer.ts';
import { RSYNC_RULES } from '../support/filter-rules.ts';

const run = promisify(execFile);

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

describe('filters', () => {
  test('keep sentinels when a filter file in the source clears its own list', async () => {
    const world = await TransferWorld.make(dir.path, 'none', {
      filters: [{ kind: 'dir-merge', name: '.rsync-filter', excludeSelf: false }],
    });
    await world.files({ '.rsync-filter': '!\n- *.tmp\n', 'a.tmp': '', a: '' });
    await world.files({ 'sub/.rsync-filter': '!\n', 'sub/b.tmp': '', [join(world.destination, 'sub/.nbkp-x')]: '' });

    await world.run();

    expect((await readdir(world.destination)).sort()).toEqual(['.nbkp-dst', '.rsync-filter', 'a', 'sub']);
    expect((await readdir(join(world.destination, 'sub'))).sort()).toEqual(['.nbkp-x', '.rsync-filter', 'b.tmp']);
  });

  test('of the spec act in their order, those of files with rules included', async () => {
    const world = await TransferWorld.make(dir.path, 'none', {
      filters: [
        { kind: 'include', pattern: 'keep.tmp' },
        { kind: 'merge', path: 'rules' },
        { kind: 'dir-merge', name: '.rules', excludeSelf: true },
      ],
      filterFile: 'more-rules',
    });
    await world.files({ [join(dir.path, 'rules')]: '# rules\n\n; more\n- *.tmp\n' });
    await world.files({ [join(dir.path, 'more-rules')]: '- /x\r\n' });
    await world.files({ 'keep.tmp': '', 'other.tmp': '', x: '', 'sub/x': '', 'sub/.rules': '- y\n', 'sub/y': '' });

    await world.run();

    expect((await readdir(world.destination)).sort()).toEqual(['.nbkp-dst', 'keep.tmp', 'sub']);
    expect(await readdir(join(world.destination, 'sub'))).toEqual(['x']);
  });

  test.each([...RSYNC_RULES, ...['!x', '*.tmp', 'x', '-', '- ', '-q x', 'exclude', 'excluding x', 'clear_', 'hide,s']])(
    'are accepted where rsync accepts them, and refused before it does otherwise: %j',
    async (rule) => {
      const empty = join(dir.path, 'empty');
      await mkdir(empty);
      const accepted = await run('rsync', ['-n', `--filter=${rule}`, `${empty}/`, `${dir.path}/other/`]).then(
        () => true,
        () => false,
      );
      const world = await TransferWorld.make(dir.path, 'none', { filters: [{ kind: 'rule', rule }] });
      expect((await world.attempt()).step !== null).toBe(accepted);
    },
  );
});
