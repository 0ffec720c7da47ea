import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sync } from '../../src/planner/model/spec.ts';
import { Backup } from '../support/backup.ts';
import { churn } from '../support/churning.ts';
import { killAlong } from '../support/killed.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { alike, settle, syncOf, TransferWorld, type Ended } from '../support/transfer.ts';
import { treeOf, wholeTreeOf } from '../support/tree.ts';

/** How many seeds of each kind; more of them begin with the fewer. */
const SEEDS = Number(process.env['NBKP_LINK_SEEDS'] ?? 2);
const FIRST = Number(process.env['NBKP_LINK_FIRST'] ?? 1);
const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST + index);

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

const hasLinks = (seed: number): boolean => seed % 3 !== 1;

function optionsOf(seed: number): Partial<Sync> {
  const more = [...(seed % 2 === 0 ? ['-A', '-X'] : []), ...(hasLinks(seed) ? ['-H'] : [])];
  return { rsync: { ...syncOf('none').rsync, extraOptions: ['--modify-window=-1', ...more] } };
}

const makeWorld = (changes: Partial<Sync> = {}): Promise<TransferWorld> =>
  TransferWorld.make(dir.path, 'none', changes);

/** Whether a pass over everything has written. */
function isPlain({ context }: Pick<Ended, 'context'>): boolean {
  return context.ran.some((argv) => argv.includes('--max-delete=0'));
}

function exactTimes(folder: string): string[] {
  const find = ['.', '!', '-name', '.nbkp-*', '-printf', String.raw`%P\t%y %T@\0`];
  return execFileSync('find', find, { cwd: folder, encoding: 'latin1' }).split('\0').sort();
}

describe('a copy of which what differs is copied and deleted by names', () => {
  it.each(seeds)('is what its source is: seed %i', async (seed) => {
    const world = await makeWorld(optionsOf(seed));
    churn(world.source, seed, 600);
    await world.run();
    const look = hasLinks(seed) ? wholeTreeOf : treeOf;
    let plain = 0;
    for (const time of [1, 2, 3]) {
      churn(world.source, seed + time * 1_000_000, 5 + (seed % 200));
      settle(world.source);
      const ended = await world.run({ allowDestructive: true });
      plain += isPlain(ended) ? 1 : 0;
      expect([ended.result.outcome, ended.codes]).toEqual(['done', []]);
      expect(await look(world.destination)).toEqual(await look(world.source));
      expect(exactTimes(world.destination)).toEqual(exactTimes(world.source));
    }
    expect(plain).toBeLessThan(3);
    const { context } = await world.run();
    expect(context.ran.filter(([program]) => program === 'rsync')).toHaveLength(1);
  });

  it.each(seeds)('is that after the next run where it changes after each command: seed %i', async (seed) => {
    const world = await makeWorld(optionsOf(seed));
    churn(world.source, seed, 400);
    await world.run();
    churn(world.source, seed + 1, 50);
    let changes = 0;
    const onRan = (): void => {
      churn(world.source, seed * 1000 + changes++, 1 + (seed % 20));
      settle(world.source);
    };
    settle(world.source);
    await world.run({ allowDestructive: true, onRan });
    expect(changes).toBeGreaterThan(1);
    const last = await world.run({ allowDestructive: true });
    expect(last.result.outcome).toBe('done');
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });

  /** Does something once a command with this word has run, for the first time. */
  async function runWith(world: TransferWorld, word: string, act: () => void): Promise<Ended> {
    let done = false;
    const onRan = (argv: readonly string[]): void => {
      if (done || !argv.join(' ').includes(word)) return;
      done = true;
      act();
    };
    const ended = await world.run({ onRan });
    expect(done).toBe(true);
    return ended;
  }

  const FILLED = '--info=progress2';
  const LOOKED = '%M %t';

  /** Of two files in a folder, one is gone from the source for a while. */
  async function withOneGone(): Promise<TransferWorld> {
    const world = await makeWorld({ rsync: { ...syncOf('none').rsync, detectRenames: false } });
    await world.files({ 'a/stays': '', 'a/goes': 'its only copy', 'b/stays': '', 'c/stays': '' });
    await world.run();
    rmSync(join(world.source, 'a/goes'));
    settle(world.source);
    return world;
  }

  it('takes a look, a copy by names, and one at what is gone', async () => {
    const world = await withOneGone();
    await world.files({ 'b/new': 'text' });
    settle(world.source);
    const { result, context } = await world.run();
    expect(result).toMatchObject({
      outcome: 'done',
      changes: { files: 1, bytes: 4, created: 1, deleted: 1, entries: 7 },
    });
    expect(context.ran.map(([program]) => program)).toEqual(['rsync', 'rsync', 'rsync', 'perl', 'rsync']);
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });

  it('takes no copy where all that differs is what is gone', async () => {
    const world = await withOneGone();
    settle(world.source);
    const { result, context } = await world.run();
    expect(result).toMatchObject({ outcome: 'done', changes: { files: 0, created: 0, deleted: 1 } });
    expect(context.ran.map(([program]) => program)).toEqual(['rsync', 'rsync', 'perl', 'rsync']);
    expect(exactTimes(world.destination)).toEqual(exactTimes(world.source));
  });

  it('keeps what comes back before it is deleted', async () => {
    const world = await makeWorld();
    await world.files({ 'a/file': 'text', 'a/other': 'goes', stays: '' });
    alike(world.source, 'a/file');
    await world.run();
    const { ino } = lstatSync(join(world.destination, 'a/file'));
    rmSync(join(world.source, 'a'), { recursive: true });
    writeFileSync(join(world.source, 'new'), 'new');
    settle(world.source);
    const { result } = await runWith(world, FILLED, () => {
      mkdirSync(join(world.source, 'a'));
      writeFileSync(join(world.source, 'a/file'), 'text');
      alike(world.source, 'a/file');
      settle(world.source);
    });
    expect(result).toMatchObject({ outcome: 'done', changes: { deleted: 1, created: 1 } });
    expect(lstatSync(join(world.destination, 'a/file')).ino).toBe(ino);
    expect(existsSync(join(world.destination, 'a/other'))).toBe(false);
  });

  it('has a file that moves on before it is copied before its old one is deleted', async () => {
    const world = await withOneGone();
    await world.files({ 'b/new': 'its only copy' });
    settle(world.source);
    const copies: boolean[] = [];
    const { result } = await runWith(world, '--dry-run', () => {
      world.move('b/new', 'a/moved on');
      settle(world.source);
      copies.push(existsSync(join(world.destination, 'a/goes')));
    });
    expect([result.outcome, copies]).toEqual(['done', [true]]);
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });

  it.each(['from where it was copied', 'from where it was new', 'with its new folder'] as const)(
    'has a file that moved past the comparison before its old one is deleted: %s',
    async (how) => {
      const world = await withOneGone();
      const held = join(dir.path, 'held');
      writeFileSync(held, 'its only copy');
      // What the comparison does not see of a file that moves from a folder to which it comes later to one where it was.
      const folder = { 'from where it was copied': 'a', 'from where it was new': 'b', 'with its new folder': 'b/new' }[
        how
      ];
      mkdirSync(join(world.source, folder), { recursive: true });
      settle(world.source);
      utimesSync(join(world.source, folder), new Date(), new Date());
      const at = (path: string): boolean => existsSync(join(world.destination, path));
      const isThere: boolean[] = [];
      let moved = false;
      const onRan = (): void => {
        if (!moved) renameSync(held, join(world.source, 'c/z'));
        moved = true;
        isThere.push(at('a/goes') || at('c/z'));
      };
      const { result } = await world.run({ onRan });
      expect([result.outcome, new Set(isThere)]).toEqual(['done', new Set([true])]);
      expect([at('a/goes'), at('c/z')]).toEqual([false, true]);
    },
  );

  it('deletes nothing where what tells the time of a folder has changed its mind meanwhile', async () => {
    const world = await withOneGone();
    let now = Date.now();
    const { context } = await world.run({
      now: () => now,
      onRan: (argv) => {
        // A clock that is set forward makes all that just happened look old.
        if (argv.includes('--dry-run')) now += 3_600_000;
      },
    });
    expect(isPlain({ context })).toBe(true);
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });

  it('deletes nothing through a link that has taken the place of a folder', async () => {
    const world = await withOneGone();
    const outside = join(dir.path, 'outside');
    await world.files({ [join(outside, 'goes')]: 'of somebody else' });
    await runWith(world, LOOKED, () => {
      rmSync(join(world.destination, 'a'), { recursive: true });
      symlinkSync(outside, join(world.destination, 'a'));
    });
    expect(readFileSync(join(outside, 'goes'), 'utf8')).toBe('of somebody else');
    await world.run();
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
    expect(readdirSync(outside)).toEqual(['goes']);
  });

  it('has a folder of the source that becomes a link as that', async () => {
    const world = await withOneGone();
    const outside = join(dir.path, 'outside');
    await world.files({ [join(outside, 'goes')]: 'of somebody else', 'b/new': '' });
    settle(world.source);
    await runWith(world, '--dry-run', () => {
      renameSync(join(world.source, 'a'), join(dir.path, 'a'));
      symlinkSync(outside, join(world.source, 'a'));
    });
    await world.run();
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
    expect(readFileSync(join(outside, 'goes'), 'utf8')).toBe('of somebody else');
  });

  it.each([
    ['compared', '--dry-run'],
    ['copied', FILLED],
    ['looked', LOOKED],
  ])('deletes nothing of a source whose drive goes away once it has %s', async (_, word) => {
    const world = await withOneGone();
    await world.files({ 'b/new': 'text' });
    settle(world.source);
    const before = await treeOf(world.destination);
    const { result } = await runWith(world, word, () => {
      renameSync(join(world.root, 'laptop'), join(world.root, 'pulled'));
      mkdirSync(world.source, { recursive: true });
    });
    expect(result.outcome).toBe('failed');
    const left = await treeOf(world.destination);
    expect(before.filter((line) => line.startsWith('a/') && !left.includes(line))).toEqual([]);
  });

  it('stays as it is where too much is gone', async () => {
    const world = await makeWorld();
    await world.many(100);
    await world.run();
    await world.removeMany(26);
    await world.files({ new: 'text' });
    settle(world.source);
    const ended = await world.run();
    expect([ended.result.outcome, ended.codes, isPlain(ended)]).toEqual(['refused', ['max-delete-exceeded'], false]);
    expect(readdirSync(world.destination)).toHaveLength(101);
  });

  it('is whole after a run that was killed', async () => {
    const backup = new Backup(join(dir.path, 'killed'), { mode: 'none' });
    backup.many(60);
    backup.run(0);
    let last = 0;
    const change = (): void => {
      rmSync(join(backup.source, `sub-${last}`), { recursive: true, force: true });
      last += 1;
      backup.write({ [`sub-${last}/goes`]: 'x', [`sub-${last}/in/goes`]: 'y', changes: 'z'.repeat(last) });
      settle(backup.source);
    };
    change();
    backup.run(0);
    await killAlong(backup, join(dir.path, 'programs'), SEEDS > 2 ? null : 6, change, async () => {
      expect(await treeOf(backup.destination)).toEqual(await treeOf(backup.source));
      // The run after an interruption is another one.
      change();
      backup.run(0);
    });
  });
});
