import { afterAll, beforeAll } from 'vitest';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { builtIn } from './built-in.ts';
import { describeExecutor } from './describe-executor.ts';
import { snapshots, unprepared } from './worlds.ts';

describeWithMounts('on btrfs', () => {
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());
  const place = (): string => btrfs.path;

  describeExecutor({ name: 'btrfs', executor: builtIn('btrfs'), world: snapshots('btrfs', place) });
  describeExecutor({ name: 'prepare', executor: builtIn('prepare'), world: unprepared('btrfs', place) });
});
