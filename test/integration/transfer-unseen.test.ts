import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { BY_PASSES, TransferWorld } from '../support/transfer.ts';
import { treeOf } from '../support/tree.ts';

let dir: TempDir;
let btrfs: BtrfsMount;
beforeAll(async () => {
  btrfs = await makeBtrfs(200);
});
afterAll(() => btrfs.remove());
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

const isDryRun = (argv: readonly string[]): boolean => argv.includes('--dry-run');
const isPass = (argv: readonly string[]): boolean => argv[0] === 'rsync' && !isDryRun(argv);
const listsGone = (argv: readonly string[]): boolean => isDryRun(argv) && argv.at(-1)?.endsWith('/staging/.') === true;
/** Of what is to be deleted by name. */
const isLastPass = (argv: readonly string[]): boolean => argv.includes('--filter=merge -');

/** rsync is the real one; that a folder vanished for it and was there again for the next is forced. */
function notSeeing(world: TransferWorld, which: (argv: readonly string[]) => boolean): TransferWorld['transport'] {
  const run: TransferWorld['transport']['run'] = async (argv, options) => {
    const result = await world.transport.run(argv, options);
    if (!which(argv)) return result;
    options?.onStderrLine?.(`directory has vanished: "${join(world.source, 'folder')}"`);
    return { ...result, code: 24 };
  };
  return { ...world.transport, run };
}

describe('what a command of rsync did not see of the source', () => {
  test('is copied by the next, though nothing else differs', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    await world.many(5);
    await world.run();
    const seen = await world.run();
    expect(seen.context.ran.filter(isPass)).toEqual([]);
    const { result, context } = await world.run({ transport: notSeeing(world, isDryRun) });
    expect(result).toMatchObject({ outcome: 'done', findings: [] });
    expect(context.ran.filter(isPass)).toHaveLength(1);
  });

  test.each([
    ['none', 'before anything is copied', isDryRun],
    ['btrfs', 'before anything is copied', isDryRun],
    ['btrfs', 'when it lists what is gone', listsGone],
  ] as const)('is not deleted from the copy (%s, %s)', async (mode, when, which) => {
    const world = await TransferWorld.make(
      ...([dir.path, mode, { rsync: BY_PASSES }] as const),
      mode === 'btrfs' ? join(btrfs.path, when) : undefined,
    );
    await world.many(40);
    await world.run();
    await world.removeMany(5);
    const { result, codes, context } = await world.run({ transport: notSeeing(world, which) });
    expect([result.outcome, codes]).toEqual(['done', ['deletes-postponed']]);
    expect(context.ran.filter(which)).toHaveLength(1);
    expect(context.ran.filter(isLastPass)).toEqual([]);
    const copy = join(world.destination, mode === 'btrfs' ? 'staging' : '.');
    expect(await readdir(copy)).toEqual(expect.arrayContaining(['f0', 'f4']));
    expect((await world.run()).result).toMatchObject({ outcome: 'done', changes: { deleted: 5 } });
    expect(await readdir(copy)).not.toContain('f4');
  });

  test('is told of, where the pass that deletes left some of what was judged', async () => {
    const world = await TransferWorld.make(dir.path, 'none', { rsync: BY_PASSES });
    await world.many(40);
    await world.run();
    await world.removeMany(5);
    const onRan = (argv: readonly string[]) =>
      argv.includes('--max-delete=0') ? world.files({ f0: 'back' }) : undefined;
    const { codes } = await world.run({ onRan, transport: notSeeing(world, isLastPass) });
    expect(codes).toEqual(['files-vanished', 'deletes-postponed']);

    await world.removeMany(1);
    await rm(join(world.source, 'f5'));
    const again = await world.run({ onRan });
    expect(again.codes).toEqual([]);
    expect((await readdir(world.destination)).filter((name) => /^f[05]$/.test(name))).toEqual(['f0']);
  });

  test('is not deleted either where a list of the source says what has no place in the destination', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    // Only what the destination cannot hold is forced.
    const observe = world.observe.bind(world);
    world.observe = async () => {
      const facts = await observe();
      const { directory } = facts.endpoints['usb:photos'] ?? {};
      if (directory?.mount) directory.mount.fsType = 'vfat';
      return facts;
    };
    await world.many(40);
    await world.run();
    await world.removeMany(5);
    const isListing = (argv: readonly string[]): boolean => argv.includes('/.nbkp-nowhere/');
    const { result, codes, context } = await world.run({ transport: notSeeing(world, isListing) });
    expect(context.ran.filter(isListing)).toHaveLength(1);
    expect([result.outcome, codes]).toEqual(['done', ['deletes-postponed']]);
    expect(await readdir(world.destination)).toHaveLength(41);
    const after = await world.run();
    expect(after.result).toMatchObject({ outcome: 'done', changes: { deleted: 5 } });
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });
});
