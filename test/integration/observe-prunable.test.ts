import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { countPrunable } from '../../src/hosts/observe/prunable.ts';
import { localTransport } from '../../src/hosts/transport/local.ts';
import type { Step } from '../../src/planner/model/step.ts';
import { withBtrfs } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { makeTempDir } from '../support/tempdir.ts';
import { sampleStep } from '../unit/planner/plan-file/sample.ts';

const [A, B, C, D] = [3, 4, 5, 6].map((day) => `2026-03-0${day}T12:00:00.000Z`) as [string, string, string, string];
const SIZE = 1 << 20;

function pruning(root: string, kind: string, names: string[], previous: string): Step {
  const remove = names.map((name) => ({ name, kind, leftover: false }));
  return sampleStep('prune:photos', { params: { kind: 'prune', sync: 'photos', root, previous, remove } });
}

function counted(...parameters: Parameters<typeof pruning>): ReturnType<typeof countPrunable> {
  return countPrunable(pruning(...parameters), localTransport());
}

it('what pruning hard-linked snapshots gives back is what no other of them has', async () => {
  const dir = await makeTempDir();
  const [a, b, c] = [A, B, C].map((name) => join(dir.path, 'snapshots', name)) as [string, string, string];
  mkdirSync(a, { recursive: true });
  for (const name of ['only a', 'a and b\n', 'all']) writeFileSync(join(a, name), Buffer.alloc(SIZE));
  execFileSync('cp', ['-al', a, b]);
  rmSync(join(b, 'only a'));
  execFileSync('cp', ['-al', b, c]);
  rmSync(join(c, 'a and b\n'));
  const bytesOf = async (...names: string[]): Promise<unknown> =>
    (await counted(dir.path, 'directory', names, D))?.bytes;
  expect(await bytesOf(A)).toEqual({ low: SIZE, high: SIZE });
  expect(await bytesOf(B)).toEqual({ low: 0, high: 0 });
  expect(await bytesOf(A, B)).toEqual({ low: 2 * SIZE, high: 2 * SIZE });
  // The next snapshot will have links to what the one before it has.
  expect(await counted(dir.path, 'directory', [A, B], B)).toEqual({
    snapshots: [A, B],
    bytes: { low: 0, high: 2 * SIZE },
  });
  expect(await counted(dir.path, 'directory', [A, D], B)).toBeNull();
  await dir.remove();
});

describeWithMounts('on btrfs', () => {
  it('what pruning subvolumes gives back is at least what is theirs alone, and at most all of it', async () => {
    await withBtrfs(120, async ({ path }) => {
      const first = join(path, 'snapshots', A);
      mkdirSync(join(path, 'snapshots'));
      execFileSync('btrfs', ['-q', 'subvolume', 'create', first]);
      for (const name of ['shared', 'gone']) writeFileSync(join(first, name), Buffer.alloc(SIZE, name));
      execFileSync('btrfs', ['-q', 'subvolume', 'snapshot', first, join(path, 'snapshots', B)]);
      rmSync(join(path, 'snapshots', B, 'gone'));
      execFileSync('sync', ['-f', path]);
      expect(await counted(path, 'subvolume', [A], B)).toEqual({
        snapshots: [A],
        bytes: { low: SIZE, high: 2 * SIZE },
      });
    });
  });
});
