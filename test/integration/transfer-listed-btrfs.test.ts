import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Sync } from '../../src/planner/model/spec.ts';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { churn, fingerprint } from '../support/churning.ts';
import { killAlong } from '../support/killed.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { settle, syncOf, TransferWorld, type Ended } from '../support/transfer.ts';
import { treeOf, wholeTreeOf } from '../support/tree.ts';

/** How many seeds. */
const SEEDS = Number(process.env['NBKP_LINK_SEEDS'] ?? 3);
const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1);

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

/** Whether a pass over everything has written. */
function isPlain({ context }: Pick<Ended, 'context'>): boolean {
  return context.ran.some((argv) => argv.includes('--max-delete=0'));
}

describeWithMounts('a snapshot of btrfs in which what differs is copied and deleted by names', () => {
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());

  const makeWorld = (changes: Partial<Sync> = {}): Promise<TransferWorld> =>
    TransferWorld.make(dir.path, 'btrfs', changes, join(btrfs.path, dir.path.replaceAll('/', '-')));

  type Run = Ended & { snapshot: string | null };

  /** Runs, and expects the snapshot to be what the source is, and older ones what they were. */
  async function runTo(world: TransferWorld, older: string[] = []): Promise<Run> {
    const before = older.map((path) => fingerprint(path));
    const run = await world.run({ allowDestructive: true });
    expect([run.result.outcome, run.codes]).toEqual(['done', []]);
    expect(await wholeTreeOf(run.snapshot ?? '')).toEqual(await wholeTreeOf(world.source));
    expect(older.map((path) => fingerprint(path))).toEqual(before);
    return run;
  }

  async function withSnapshot(): Promise<{ world: TransferWorld; snapshot: string }> {
    const world = await makeWorld({ rsync: { ...syncOf('btrfs').rsync, detectRenames: false } });
    await world.files({ 'a/stays': 'as it is', 'a/goes': 'text', 'b/stays': 'too' });
    const { snapshot } = await runTo(world);
    rmSync(join(world.source, 'a/goes'));
    return { world, snapshot: snapshot ?? '' };
  }

  it.each(seeds)('is what its source is: seed %i', async (seed) => {
    const extraOptions = ['--modify-window=-1', '-H', ...(seed % 2 === 0 ? ['-A', '-X'] : [])];
    const world = await makeWorld({ rsync: { ...syncOf('btrfs').rsync, extraOptions } });
    churn(world.source, seed, 600);
    const snapshots = [(await runTo(world)).snapshot ?? ''];
    let plain = 0;
    for (const time of [1, 2, 3]) {
      churn(world.source, seed + time * 1_000_000, 5 + (seed % 200));
      const run = await runTo(world, snapshots);
      plain += isPlain(run) ? 1 : 0;
      snapshots.push(run.snapshot ?? '');
    }
    expect(plain).toBeLessThan(3);
  });

  it('takes one look at everything', async () => {
    const { world, snapshot } = await withSnapshot();
    await world.files({ 'b/new': 'new' });
    const { result, context } = await runTo(world, [snapshot]);
    expect(result).toMatchObject({ changes: { files: 1, bytes: 3, created: 1, deleted: 1, entries: 5 } });
    expect(context.ran.map(([program]) => program)).toEqual(['sh', 'sh', 'rsync', 'perl', 'rsync']);
    const again = await runTo(world, [snapshot]);
    expect(again.context.ran.map(([program]) => program)).toEqual(['sh', 'sh', 'rsync']);
    expect(again.result).toMatchObject({ changes: { files: 0, created: 0, deleted: 0, entries: 5 } });
  });

  const comparedWith = ({ context }: Pick<Ended, 'context'>): string => {
    const compared = context.ran.find((argv) => argv.includes('--dry-run')) ?? [];
    return compared.at(-1)?.slice(0, -1) ?? '';
  };

  it('compares with what is likely to be in memory, which only a young snapshot is made of', async () => {
    const { world, snapshot } = await withSnapshot();
    const now = (): number => Date.now() + 7 * 3_600_000;
    const old = await world.apply(await world.plan(), { now });
    expect([comparedWith(old), isPlain(old)]).toEqual([snapshot, false]);
  });

  it('takes the look that tells whether anything changed for the one that lists it', async () => {
    const { world, snapshot } = await withSnapshot();
    world.sync = { ...world.sync, snapshots: { ...world.sync.snapshots, when: 'changed' } };
    const { context, snapshot: second } = await runTo(world, [snapshot]);
    expect(context.ran.map(([program]) => program)).toEqual(['rsync', 'sh', 'sh', 'perl', 'rsync']);
    const again = await world.run();
    expect(again.result.outcome).toBe('unneeded');
    expect(again.context.ran.map(([program]) => program)).toEqual(['rsync']);
    await world.files({ 'b/new': 'new' });
    const last = await runTo(world, [snapshot, second ?? '']);
    expect(isPlain(last)).toBe(false);
  });

  it('has nothing of another subvolume within: there is none until that is gone, and then all of it', async () => {
    const { world, snapshot } = await withSnapshot();
    const within = join(world.destination, 'staging/b');
    rmSync(within, { recursive: true });
    execFileSync('btrfs', ['-q', 'subvolume', 'create', within]);
    await expect(world.run({ allowDestructive: true })).rejects.toThrow('Move away the subvolume that is within');
    execFileSync('btrfs', ['-q', 'subvolume', 'delete', within]);
    await runTo(world, [snapshot]);
  });

  it('compares with the last one where that has an empty folder in the place of another subvolume', async () => {
    const { world } = await withSnapshot();
    const within = join(world.destination, 'staging/b');
    rmSync(within, { recursive: true });
    execFileSync('btrfs', ['-q', 'subvolume', 'create', within]);
    // As a user's run makes it, who is not told what is within.
    const last = join(world.destination, `snapshots/${new Date().toISOString()}`);
    execFileSync('btrfs', ['-q', 'subvolume', 'snapshot', '-r', join(world.destination, 'staging'), last]);
    execFileSync('ln', ['-sfn', `snapshots/${basename(last)}`, join(world.destination, 'latest')]);
    const run = await world.apply(await world.plan(), { allowDestructive: true });
    expect(comparedWith(run)).toBe(last);
  });

  it('makes room in one go for what is of another kind', async () => {
    const { world, snapshot } = await withSnapshot();
    rmSync(join(world.source, 'a'), { recursive: true });
    rmSync(join(world.source, 'b/stays'));
    await world.files({ a: 'a file now', 'b/stays/in/it': 'a folder now' });
    expect(isPlain(await runTo(world, [snapshot]))).toBe(false);
  });

  it.each([
    ['a file more', (staging: string): void => writeFileSync(join(staging, 'a/more'), 'of nobody')],
    ['another file', (staging: string): void => writeFileSync(join(staging, 'b/stays'), 'of another size')],
    ['a file less', (staging: string): void => rmSync(join(staging, 'b/stays'))],
    [
      'another folder in its place',
      (staging: string): void => {
        renameSync(staging, `${staging}-before`);
        execFileSync('btrfs', ['-q', 'subvolume', 'create', staging]);
      },
    ],
  ])('looks at everything where what it is made of has changed since the last one: %s', async (_, change) => {
    const { world, snapshot } = await withSnapshot();
    change(join(world.destination, 'staging'));
    const run = await runTo(world, [snapshot]);
    expect(isPlain(run)).toBe(true);
    const { context } = await runTo(world, [snapshot]);
    expect(isPlain({ context })).toBe(false);
  });

  it('looks at everything where the last one is no longer what it was', async () => {
    const { world, snapshot } = await withSnapshot();
    const set = (value: string): void => {
      execFileSync('btrfs', ['property', 'set', '-f', snapshot, 'ro', value]);
    };
    set('false');
    rmSync(join(snapshot, 'b/stays'));
    set('true');
    expect(isPlain(await runTo(world))).toBe(true);
  });

  it('has what is deleted no longer where the source changes before that, and is what it is then', async () => {
    const { world, snapshot } = await withSnapshot();
    await world.files({ 'b/new': 'new' });
    const onRan = (argv: readonly string[]): void => {
      if (argv.includes('--dry-run')) rmSync(join(world.source, 'b/new'), { force: true });
    };
    const run = await world.run({ onRan });
    expect(run.result.outcome).toBe('done');
    expect(isPlain(run)).toBe(true);
    expect(await wholeTreeOf(run.snapshot ?? '')).toEqual(await wholeTreeOf(world.source));
    await runTo(world, [snapshot]);
  });

  it('is refused where too much is gone, and made once that is allowed', async () => {
    const world = await makeWorld();
    await world.many(100);
    const { snapshot } = await runTo(world);
    await world.removeMany(26);
    await world.files({ new: 'text' });
    const staging = join(world.destination, 'staging');
    const { result, codes } = await world.run();
    expect([result.outcome, codes]).toEqual(['refused', ['max-delete-exceeded']]);
    expect(await wholeTreeOf(staging)).toEqual(await wholeTreeOf(snapshot ?? ''));
    await runTo(world, [snapshot ?? '']);
  });

  it('has what is gone removed by a list too where something has touched its folder', async () => {
    const { world, snapshot } = await withSnapshot();
    const staging = join(world.destination, 'staging');
    writeFileSync(join(staging, 'a/stays'), 'touched');
    settle(world.source);
    const run = await runTo(world, [snapshot]);
    expect(isPlain(run)).toBe(true);
    expect(run.result).toMatchObject({ changes: { files: 1, deleted: 1 } });
    expect(run.context.ran.some((argv) => argv.includes('--filter=merge -'))).toBe(false);
    expect(run.context.ran.filter(([program]) => program === 'perl')).toHaveLength(1);
  });

  it('is made by names after a run that was refused, which has written nothing', async () => {
    const { world, snapshot } = await withSnapshot();
    const { photos } = world.history;
    if (photos?.lastRun === undefined || photos.lastRun === null) throw new Error('no run is recorded');
    world.history = { photos: { ...photos, lastRun: { ...photos.lastRun, outcome: 'refused' } } };
    expect(isPlain(await runTo(world, [snapshot]))).toBe(false);
  });

  it('is whole after a run that was killed', async () => {
    const drive = join(btrfs.path, 'killed');
    mkdirSync(drive);
    const backup = new Backup(join(dir.path, 'killed'), { mode: 'btrfs', sync: 'snapshots.keep.last = 100', drive });
    const copy = join(backup.destination, 'latest/');
    backup.many(60);
    backup.run(0);
    let last = 0;
    const change = (): void => {
      rmSync(join(backup.source, `sub-${last}`), { recursive: true, force: true });
      last += 1;
      backup.write({ [`sub-${last}/goes`]: 'x', [`sub-${last}/in/goes`]: 'y', changes: 'z'.repeat(last) });
    };
    change();
    backup.run(0);
    const isWhole = async (): Promise<void> => expect(await treeOf(copy)).toEqual(await treeOf(backup.source));
    await killAlong(backup, join(dir.path, 'programs'), SEEDS > 3 ? null : 5, change, async () => {
      await isWhole();
      // The run after an interruption is another one.
      change();
      backup.run(0);
      await isWhole();
    });
  });
});
