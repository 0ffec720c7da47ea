import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { freeze } from '../support/running.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { BY_PASSES, syncOf, TransferWorld, type Mode } from '../support/transfer.ts';
import { treeOf } from '../support/tree.ts';

const passes = (ran: readonly string[][]): string[][] => ran.filter((argv) => !argv.includes('--dry-run'));

/** Names of one file, which take the least time to make. */
function manyNames(folder: string, count: number): void {
  const make = 'mkdir $ARGV[0]; chdir $ARGV[0]; open F, ">", 0; link 0, $_ or die $! for 1 .. $ARGV[1] - 1';
  execFileSync('perl', ['-e', make, folder, String(count)]);
}

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

/**
 * These bring about an order of events: the file `a` comes first and takes a while because of the limited bandwidth.
 * With its first progress rsync is stopped until the world has changed.
 */
describe('a source that changes while it is read', () => {
  const slow = { rsync: { ...syncOf('none').rsync, bandwidth: '2m' } };
  const byPasses = { rsync: { ...BY_PASSES, bandwidth: '2m' } };

  async function changing(world: TransferWorld, change: () => Promise<void>, allowDestructive = false) {
    await world.files({ a: 'x'.repeat(6_000_000) });
    let changed: Promise<void> | null = null;
    const changeNow = (): Promise<void> => {
      const goOn = freeze(dir.path);
      return change().finally(goOn);
    };
    const onProgress = () => void (changed ??= changeNow());
    const ended = await world.run({ onProgress, allowDestructive, onRan: () => changed ?? undefined });
    expect(changed).not.toBeNull();
    return ended;
  }

  test('by a vanished file still succeeds, with a warning', async () => {
    const world = await TransferWorld.make(dir.path, 'none', slow);
    await world.many(5);
    const { result, context } = await changing(world, () => rm(join(world.source, 'f4')));

    expect(result).toMatchObject({ outcome: 'done', findings: [{ severity: 'warning', code: 'files-vanished' }] });
    expect(passes(context.ran)).toHaveLength(1);
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });

  test('by a vanished file fails when the user does not tolerate it', async () => {
    const world = await TransferWorld.make(dir.path, 'none', { ...slow, tolerate: [] });
    await world.many(5);
    const { result } = await changing(world, () => rm(join(world.source, 'f4')));
    expect(result).toMatchObject({ outcome: 'failed', findings: [{ severity: 'error', code: 'files-vanished' }] });
  });

  test.each(['none', 'btrfs'] as const)(
    'looks again when something vanished, so that a file that does in every run keeps no other (%s)',
    async (mode) => {
      const world = await TransferWorld.make(dir.path, mode, byPasses, mode === 'btrfs' ? btrfs.path : undefined);
      await world.many(40);
      await world.run();
      for (let run = 0; run < 2; run += 1) {
        await rm(join(world.source, `f${run}`));
        await world.files({ z: `temporary ${run}`, a: `${run}` });
        const { codes, result, snapshot } = await changing(world, () => rm(join(world.source, 'z')));
        expect([result.outcome, codes]).toEqual(['done', ['files-vanished']]);
        expect(result).toMatchObject({ changes: { deleted: 1 } });
        expect(await treeOf(snapshot ?? world.destination)).toEqual(await treeOf(world.source));
      }
    },
  );

  test('does not delete what only vanished, before the next run', async () => {
    const world = await TransferWorld.make(dir.path, 'none', byPasses);
    await world.many(40);
    await world.run();
    await world.removeMany(5);
    await world.files({ f39: 'changed' });
    const { codes, result } = await changing(world, () => rm(join(world.source, 'f39')));

    expect([result.outcome, codes]).toEqual(['done', ['files-vanished', 'deletes-postponed']]);
    expect(result).toMatchObject({ changes: { deleted: 5 } });
    expect((await world.run()).result).toMatchObject({ outcome: 'done', changes: { deleted: 1 }, findings: [] });
  });

  test('copies a file that moves on while it runs before what it was is deleted', async () => {
    const rsync = { ...slow.rsync, detectRenames: false as const };
    const world = await TransferWorld.make(dir.path, 'none', { ...slow, rsync });
    await world.files({ 'a-early/x': '', 'z-old': 'moves' });
    await world.run();
    await rename(join(world.source, 'z-old'), join(world.source, 'y-moved'));
    await changing(world, () => rename(join(world.source, 'y-moved'), join(world.source, '.moved-on')));

    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });

  test('is not left with a folder where a file has to be', async () => {
    const world = await TransferWorld.make(dir.path, 'none', byPasses);
    await world.many(40);
    await world.files({ folder: 'now a file', [join(world.destination, 'folder/x')]: '' });
    const { result } = await changing(world, () => rm(join(world.source, 'f39')));

    expect(result).toMatchObject({ outcome: 'done', findings: [{ code: 'files-vanished' }] });
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });

  test.each([
    // While rsync waits for something to do it scans ahead, but no more than 10,000 entries.
    ['in passes', byPasses, 10_500, 'refused', ['source-empty']],
    // What differed is copied, and nothing else is looked at.
    ['by names', slow, 100, 'done', []],
  ] as const)('by being emptied in the middle of the scan deletes nothing (%s)', async (_, how, many, ...expected) => {
    const world = await TransferWorld.make(dir.path, 'none', how);
    manyNames(join(world.source, 'd0'), many);
    await Promise.all([1, 2, 3].map((folder) => world.many(10, `d${folder}/f`)));
    // As a first run would leave it.
    execFileSync('cp', ['-al', ...[0, 1, 2, 3].map((folder) => join(world.source, `d${folder}`)), world.destination]);
    const emptied = (): Promise<void> => {
      execFileSync('find', [world.source, '-mindepth', '1', '!', '-name', '.nbkp-src', '-delete']);
      return Promise.resolve();
    };
    const { result, codes } = await changing(world, emptied);

    expect([result.outcome, codes]).toEqual(expected);
    const left = readdirSync(world.destination, { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => name.startsWith('d'))).toHaveLength(many + 30 + 4);
    expect((await world.run()).result).toMatchObject({ outcome: 'refused' });
  });

  test('by its drive going away fails and says so, though vanished files alone are tolerated', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link', slow);
    await world.many(5);
    const { result, snapshot } = await changing(world, () => rm(join(dir.path, 'laptop'), { recursive: true }));

    expect(result).toMatchObject({ outcome: 'failed' });
    expect(result.findings[0]).toMatchObject({ code: 'drive-gone' });
    expect(snapshot).toBeNull();
  });

  test('goes on with what an interrupted run left, and does not take its own renaming for a drive that is gone', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link', slow);
    await world.many(5);
    await mkdir(join(world.destination, 'snapshots/.partial-2026-03-06T14:30:00.000Z'));
    const { result, codes, snapshot } = await changing(world, () => rm(join(world.source, 'f4')));

    expect([result.outcome, codes]).toEqual(['done', ['files-vanished']]);
    expect(await treeOf(snapshot ?? '')).toEqual(await treeOf(world.source));
  });

  test('fails for the reason that rsync gave when it goes on with what an interrupted run left', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link', { ...slow, tolerate: [] });
    await world.many(5);
    await mkdir(join(world.destination, 'snapshots/.partial-2026-03-06T14:30:00.000Z'));
    const { result, codes } = await changing(world, () => rm(join(world.source, 'f4')));

    expect([result.outcome, codes]).toEqual(['failed', ['files-vanished']]);
  });

  test('fails and tells of no drive when somebody moves latest meanwhile', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link', slow);
    const moved = async (): Promise<void> => {
      await rm(join(world.destination, 'latest'));
      await symlink('elsewhere', join(world.destination, 'latest'));
      await rm(join(world.source, 'f4'));
    };
    await world.many(5);
    const { result } = await changing(world, moved);

    expect(result).toMatchObject({ outcome: 'failed', findings: [{ code: 'plan-stale' }] });
    expect(result.findings[0]?.message).toMatch(/^Something else changed .* latest of usb:photos /);
  });

  test('between the passes by a lost sentinel fails, and nothing is deleted', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    await world.many(40);
    await world.run();
    await world.removeMany(5);
    const { result, context } = await world.run({ onRan: () => rm(join(world.source, '.nbkp-src'), { force: true }) });

    expect(result).toMatchObject({ outcome: 'failed', findings: [{ code: 'drive-gone' }] });
    expect(context.ran.flat()).not.toContain('--filter=merge -');
    expect(await readdir(world.destination)).toHaveLength(41);
  });

  test.each([
    ['before the first pass', '--dry-run', ['deletes-postponed']],
    ['after it', '--max-delete=0', []],
  ])('by further losses %s deletes no more than was judged, and the next run judges these', async (_, after, said) => {
    const world = await TransferWorld.make(dir.path, 'none', { rsync: BY_PASSES });
    await world.many(100);
    await world.run();
    await world.removeMany(5);
    const onRan = async (argv: readonly string[]): Promise<void> => {
      if (!argv.includes(after)) return;
      for (let index = 50; index < 90; index += 1) await rm(join(world.source, `f${index}`));
    };
    const { result, codes } = await world.run({ onRan });

    expect(result).toMatchObject({ outcome: 'done', changes: { deleted: 5 } });
    expect(codes).toEqual(said);
    expect(await readdir(world.destination)).toHaveLength(96);
    expect((await world.run()).result).toMatchObject({ outcome: 'refused' });
    expect(await readdir(world.destination)).toHaveLength(96);
  });
});

/** The transport forces the order: the source goes away after the last look at it and before rsync has begun. */
describe('a source that goes away as the last pass begins', () => {
  async function goingAway(mode: Mode, how: string) {
    const sync = mode === 'hard-link' ? {} : { rsync: BY_PASSES };
    const world = await TransferWorld.make(dir.path, mode, sync, mode === 'btrfs' ? join(btrfs.path, how) : undefined);
    await world.many(100);
    await world.run();
    await world.removeMany(15);
    await world.many(20, 'new', 'of another size');
    const run: TransferWorld['transport']['run'] = async (argv, options) => {
      const isLast = argv.includes(mode === 'hard-link' ? '--files-from=-' : '--filter=merge -');
      if (!isLast || !argv.includes(`${world.source}/`) || argv.includes('--dry-run'))
        return world.transport.run(argv, options);
      await rename(world.source, join(dir.path, 'unplugged'));
      if (how === 'bare') await mkdir(world.source);
      return world.transport.run(argv, options);
    };
    return { world, ended: await world.run({ transport: { ...world.transport, run } }) };
  }

  test.each([
    ['none', 'missing'],
    ['none', 'bare'],
    ['btrfs', 'missing'],
    ['btrfs', 'bare'],
    ['hard-link', 'missing'],
    ['hard-link', 'bare'],
  ] as const)('deletes nothing but what was judged, and gives no snapshot its name (%s, %s)', async (mode, how) => {
    const { world, ended } = await goingAway(mode, how);

    expect(ended.result).toMatchObject({ outcome: 'failed', findings: [{ code: 'drive-gone' }] });
    // What the first pass counted was so, but the last one saw another world.
    expect([undefined, 105]).toContain(ended.result.outcome === 'failed' ? ended.result.changes?.entries : null);
    expect(ended.snapshot).toBeNull();
    const target = { none: '.', btrfs: 'staging', 'hard-link': 'latest' }[mode];
    const left = await readdir(join(world.destination, target));
    const kept = [...Array.from({ length: 85 }, (_, index) => `f${index + 15}`)];
    if (mode !== 'hard-link') kept.push(...Array.from({ length: 20 }, (_, index) => `new${index}`));
    expect(left).toEqual(expect.arrayContaining(kept));
  });
});
