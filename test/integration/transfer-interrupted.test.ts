import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SyncHistory } from '../../src/planner/model/facts.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { settle, syncOf, TransferWorld, withFullDrive, type Ended } from '../support/transfer.ts';
import { stateOf, treeOf, wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

const SLOW = { ...syncOf('none').rsync, bandwidth: '4m' };
const BIG = 12_000_000;

const INTERRUPTED: SyncHistory = {
  lastRun: { run: 'r', outcome: 'interrupted', at: '2026-03-06T14:30:00.000Z' },
  lastSuccess: null,
};

/** Runs with limited bandwidth and aborts at the first progress that satisfies the condition. */
async function interrupted(world: TransferWorld, when: (bytes: number) => boolean): Promise<Ended> {
  const { rsync } = world.sync;
  world.sync = { ...world.sync, rsync: SLOW };
  const controller = new AbortController();
  const ended = await world.run({
    signal: controller.signal,
    onProgress: ({ bytes }) => when(bytes) && controller.abort(),
  });
  world.sync = { ...world.sync, rsync };
  const before = world.history['photos'];
  world.history = { photos: { ...INTERRUPTED, lastSuccess: before?.lastSuccess ?? null } };
  return ended;
}

function literalBytes({ context }: Ended): number {
  return context.stdout.reduce((sum, text) => sum + Number(/^Literal data: (\d+)/m.exec(text)?.[1] ?? 0), 0);
}

/** Processes whose command line names the test's folder. */
function processes(): string[] {
  const list = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' });
  return list.split('\n').filter((line) => line.includes(dir.path));
}

describe('an interrupted transfer', () => {
  test('says so and leaves no process', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    await writeFile(join(world.source, 'big'), randomBytes(BIG));
    const { result } = await interrupted(world, () => true);

    expect(result).toMatchObject({ outcome: 'interrupted', findings: [] });
    await expect.poll(processes).toEqual([]);
  });

  test('that was aborted before it began runs nothing', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link');
    const controller = new AbortController();
    controller.abort();
    const { result, context } = await world.run({ signal: controller.signal });

    expect(result).toEqual({ outcome: 'interrupted', findings: [] });
    expect(context.ran).toEqual([]);
    expect(await readdir(join(world.destination, 'snapshots'))).toEqual([]);
  });

  test.each(['none', 'hard-link'] as const)('goes on within the file where it was (mode %s)', async (mode) => {
    const world = await TransferWorld.make(dir.path, mode);
    await writeFile(join(world.source, 'big'), randomBytes(BIG));
    await interrupted(world, (bytes) => bytes > BIG / 3);
    const again = await world.run();

    expect(again.result.outcome).toBe('done');
    expect(literalBytes(again)).toBeGreaterThan(0);
    expect(literalBytes(again)).toBeLessThan((BIG * 3) / 4);
    expect(await treeOf(again.snapshot ?? world.destination)).toEqual(await treeOf(world.source));
  });

  test.each([
    ['by a list', 'long ago', 1],
    ['in a pass, where the source is in use', 'just now', 0],
  ])('that goes on deletes what is gone %s', async (_, when, lists) => {
    const world = await TransferWorld.make(dir.path, 'none');
    await world.files({ 'sub/stays': 'text', 'sub/in/goes': 'other', 'goes/too': 'yet another' });
    await world.run();
    await world.files({ big: randomBytes(BIG / 2).toString('hex') });
    await interrupted(world, (bytes) => bytes > BIG / 3);
    for (const name of ['sub/in', 'goes']) await rm(join(world.source, name), { recursive: true });
    if (when === 'long ago') settle(world.source);
    const again = await world.run({ allowDestructive: true });

    expect(again.result).toMatchObject({
      outcome: 'done',
      changes: { files: 1, deleted: 4, entries: 3 },
      findings: [],
    });
    expect(literalBytes(again)).toBeLessThan((BIG * 3) / 4);
    expect(again.context.ran.filter(([program]) => program === 'perl')).toHaveLength(lists);
    expect(again.context.ran.some((argv) => argv.includes('--filter=merge -'))).toBe(lists === 0);
    expect(await wholeTreeOf(world.destination)).toEqual(await wholeTreeOf(world.source));
    expect((await world.run()).result).toMatchObject({ changes: { files: 0, deleted: 0 } });
  });

  test('keeps the files that were complete: a first backup does not start again from zero', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link');
    for (const name of ['a', 'b', 'c', 'd']) await writeFile(join(world.source, name), randomBytes(500_000));
    await writeFile(join(world.source, 'z'), randomBytes(BIG));
    await interrupted(world, (bytes) => bytes > 3_000_000);
    const again = await world.run();

    expect(again.result).toMatchObject({ outcome: 'done', changes: { files: 1, entries: 5 } });
    expect(await readdir(join(world.destination, 'snapshots'))).toEqual([again.snapshot?.split('/').at(-1)]);
    expect(await treeOf(again.snapshot ?? '')).toEqual(await treeOf(world.source));
  });

  test('leaves no partial files of a file that is gone when it goes on', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link');
    await world.files({ 'sub/big': 'x'.repeat(BIG), other: '1' });
    await interrupted(world, (bytes) => bytes > BIG / 3);
    execFileSync('mv', [join(world.source, 'sub/big'), join(world.source, 'sub/renamed')]);
    const again = await world.run();

    expect(again.result.outcome).toBe('done');
    expect(await treeOf(again.snapshot ?? '')).toEqual(await treeOf(world.source));
  });

  test('that goes on never touches a file of an older snapshot', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link');
    const names = ['a-owner', 'b-mode', 'c-time', 'd-content', 'e-same'];
    for (const name of names) await world.files({ [name]: `content of ${name}` });
    const older = await world.run();
    const before = await stateOf(older.snapshot ?? '');
    await writeFile(join(world.source, 'z-big'), randomBytes(BIG));
    await interrupted(world, (bytes) => bytes > BIG / 4);

    // The partial folder holds links to the older snapshot now; all of them change before it goes on.
    await chown(join(world.source, 'a-owner'), 1234, 1234);
    await chmod(join(world.source, 'b-mode'), 0o600);
    await utimes(join(world.source, 'c-time'), 1, 1_000_000_000);
    await world.files({ 'd-content': 'something else' });
    const again = await world.run();

    expect(again.result.outcome).toBe('done');
    // Removing links from the partial folder moves the change time of what they shared; nothing else may differ.
    const settled = (lines: string[]): string[] =>
      lines.map((line) => line.replace(/^(.*\tf .*?) \d+\.\d+ (\d+) \d+ /, '$1 $2 '));
    expect(settled(await stateOf(older.snapshot ?? ''))).toEqual(settled(before));
    expect((await stat(join(older.snapshot ?? '', 'e-same'))).ino).toBe(
      (await stat(join(again.snapshot ?? '', 'e-same'))).ino,
    );
    expect(await treeOf(again.snapshot ?? '')).toEqual(await treeOf(world.source));
  });
});

describe('a transfer that takes longer than its timeout', () => {
  test('is ended, fails and leaves no process', async () => {
    const world = await TransferWorld.make(dir.path, 'none', { timeout: 700, rsync: SLOW });
    await writeFile(join(world.source, 'big'), randomBytes(BIG));
    const { result } = await world.run();

    expect(result).toMatchObject({ outcome: 'failed', findings: [{ code: 'transfer-timed-out' }] });
    await expect.poll(processes).toEqual([]);
  });
});

describe('an ordinary transfer', () => {
  test('copies files whole, and as soon as the last run broke it looks for partial files', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    expect((await world.plan()).step.commands.flat()).not.toContain('--no-whole-file');
    world.history = { photos: INTERRUPTED };
    expect((await world.plan()).step.commands.flat()).toContain('--no-whole-file');
  });

  test('replaces a changed file by a new one, so that no reader ever sees half of it', async () => {
    const world = await TransferWorld.make(dir.path, 'none');
    await world.files({ a: 'old' });
    await world.run();
    const before = await lstat(join(world.destination, 'a'));
    await world.files({ a: 'newer' });
    await world.run();
    expect((await lstat(join(world.destination, 'a'))).ino).not.toBe(before.ino);
    expect(await readFile(join(world.destination, 'a'), 'utf8')).toBe('newer');
  });
});

describe('an older snapshot, while the source changes between the passes of a transfer that goes on', () => {
  /** Changes owner, mode and time of a file that is linked by then, after each pass. The order is forced. */
  async function goesOn(world: TransferWorld): Promise<Ended & { snapshot: string | null }> {
    const kept = join(world.destination, 'latest/kept');
    const before = await stat(kept);
    let passes = 0;
    const ended = await world.run({
      onRan: async (argv) => {
        if (argv[0] !== 'rsync' || argv.includes('--dry-run')) return;
        passes += 1;
        await chmod(join(world.source, 'kept'), 0o600 + passes);
        await utimes(join(world.source, 'kept'), passes, passes);
      },
    });
    expect(passes).toBeGreaterThan(1);
    const { mode, mtimeMs } = await stat(kept);
    expect([mode, mtimeMs]).toEqual([before.mode, before.mtimeMs]);
    return ended;
  }

  test('stays as it is when the last pass sets the times of folders', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link');
    await world.files({ kept: 'kept', 'folder/new': 'new' });
    const { snapshot } = await world.run();
    const partial = join(world.destination, 'snapshots/.partial-2020-01-01T00:00:00.000Z');
    await mkdir(join(partial, 'folder/.rsync-partial'), { recursive: true });
    await utimes(join(world.source, 'folder'), 1, 1);
    const ended = await goesOn(world);
    const made = ended.snapshot ?? '';
    expect(ended.result.outcome).toBe('done');
    expect((await lstat(join(made, 'kept'))).ino).toBe((await lstat(join(snapshot ?? '', 'kept'))).ino);
    expect((await lstat(join(made, 'folder'))).mtimeMs).toBe(1000);
    expect(await readdir(join(made, 'folder'))).toEqual(['new']);
  });

  test('stays as it is when the drive was full and the transfer tries again', async () => {
    const usb = join(dir.path, 'small');
    await withFullDrive(usb, 'size=6m', async () => {
      const world = await TransferWorld.make(dir.path, 'hard-link', {}, usb);
      await world.files({ kept: 'kept' });
      await world.run();
      await writeFile(join(world.source, 'too-large'), randomBytes(8_000_000));
      expect((await world.run()).codes).toEqual(['disk-full']);
      expect((await goesOn(world)).codes).toEqual(['disk-full']);
    });
  });
});
