import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sync } from '../../src/planner/model/spec.ts';
import { churn } from '../support/churning.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { syncOf, TransferWorld, type Ended } from '../support/transfer.ts';
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
function isPlain({ context }: Ended): boolean {
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
    const onRan = (): void => churn(world.source, seed * 1000 + changes++, 1 + (seed % 20));
    await world.run({ allowDestructive: true, onRan });
    expect(changes).toBeGreaterThan(1);
    const last = await world.run({ allowDestructive: true });
    expect(last.result.outcome).toBe('done');
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });

  /** Does something before one of its commands. */
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

  it('keeps what comes back before it is deleted', async () => {
    const world = await makeWorld();
    await world.files({ 'a/file': 'text', 'a/other': 'goes', stays: '' });
    utimesSync(join(world.source, 'a/file'), 1_700_000_000, 1_700_000_000);
    await world.run();
    const { ino } = lstatSync(join(world.destination, 'a/file'));
    rmSync(join(world.source, 'a'), { recursive: true });
    writeFileSync(join(world.source, 'new'), 'new');
    const { result } = await runWith(world, '--info=progress2', () => {
      mkdirSync(join(world.source, 'a'));
      writeFileSync(join(world.source, 'a/file'), 'text');
      utimesSync(join(world.source, 'a/file'), 1_700_000_000, 1_700_000_000);
    });
    expect(result).toMatchObject({ outcome: 'done', changes: { deleted: 1, created: 1 } });
    expect(lstatSync(join(world.destination, 'a/file')).ino).toBe(ino);
    expect(existsSync(join(world.destination, 'a/other'))).toBe(false);
  });

  it('has a file that moves on before it is copied before its old one is deleted', async () => {
    const world = await makeWorld({ rsync: { ...syncOf('none').rsync, detectRenames: false } });
    await world.files({ 'z-old': 'moves', stays: '' });
    await world.run();
    execFileSync('mv', ['z-old', 'y-new'], { cwd: world.source });
    const { result } = await runWith(world, '--dry-run', () =>
      execFileSync('mv', ['y-new', 'moved-on'], { cwd: world.source }),
    );
    expect(result.outcome).toBe('done');
    expect(await treeOf(world.destination)).toEqual(await treeOf(world.source));
  });
});
