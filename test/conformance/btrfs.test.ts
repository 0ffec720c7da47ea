import { afterAll, beforeAll } from 'vitest';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { describeBuiltIn } from './built-in.ts';
import { snapshots, unprepared } from './worlds.ts';

describeWithMounts('on btrfs', () => {
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());
  const place = (): string => btrfs.path;

  describeBuiltIn('btrfs', snapshots('btrfs', place));
  describeBuiltIn('prepare', unprepared('btrfs', place));
});
