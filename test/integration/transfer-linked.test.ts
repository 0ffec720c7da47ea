import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sync } from '../../src/planner/model/spec.ts';
import { Backup } from '../support/backup.ts';
import { churn, fingerprint, whileChurning } from '../support/churning.ts';
import { KillAt } from '../support/kill-at.ts';
import { processesAbout, until } from '../support/running.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { syncOf, TransferWorld, type Ended } from '../support/transfer.ts';
import { treeOf, wholeTreeOf } from '../support/tree.ts';

/** How many seeds of each kind; more of them begin with the fewer. */
const SEEDS = Number(process.env['NBKP_LINK_SEEDS'] ?? 3);
const FIRST = Number(process.env['NBKP_LINK_FIRST'] ?? 1);
const IS_ROOT = process.getuid?.() === 0;
const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST + index);

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(async () => {
  // Who is not root cannot empty a folder that is 0555.
  execFileSync('chmod', ['-R', 'u+rwX', dir.path]);
  await dir.remove();
});

/** Names that are the very files of an older snapshot. */
function linked(folder: string, older: string): string[] {
  const inodes = (path: string): string[] =>
    execFileSync('find', [path, '!', '-type', 'd', '-printf', String.raw`%i %P\0`], { encoding: 'latin1' }).split('\0');
  const there = new Set(inodes(older));
  return inodes(folder)
    .filter((line) => there.has(line))
    .sort();
}

function exactTimes(folder: string): string[] {
  const find = ['.', '-printf', String.raw`%P\t%y %T@\0`];
  return execFileSync('find', find, { cwd: folder, encoding: 'latin1' }).split('\0').sort();
}

/** Which of its commands a transfer ran. */
function way({ context }: Ended): 'links' | 'plain' | 'both' {
  const ran = (word: string): boolean => context.ran.some((argv) => argv.includes(word));
  const plain = context.ran.some(
    (argv) => argv[0] === 'rsync' && !argv.includes('--dry-run') && !argv.includes('--files-from=-'),
  );
  return ran('perl') ? (plain ? 'both' : 'links') : 'plain';
}

/** One of three seeds has links among its files, one has none of these options. */
function moreOptions(seed: number): string[] {
  return [...(seed % 2 === 0 ? ['-A', '-X'] : []), ...(seed % 3 === 1 ? [] : ['-H'])];
}

function withOptions(...extraOptions: string[]): Partial<Sync> {
  return { rsync: { ...syncOf('hard-link').rsync, extraOptions: ['--modify-window=-1', ...extraOptions] } };
}

describe('a snapshot that begins as links', () => {
  it.each(seeds)('is what rsync --link-dest makes of the same trees: seed %i', async (seed) => {
    const more = moreOptions(seed);
    const world = await TransferWorld.make(dir.path, 'hard-link', withOptions(...more));
    churn(world.source, seed, 800);
    const first = await world.run();
    churn(world.source, seed + 1_000_000, 20 + (seed % 300));
    const before = fingerprint(first.snapshot ?? '');
    const second = await world.run({ allowDestructive: true });
    expect([second.result.outcome, way(second)]).toEqual(['done', 'links']);
    const expected = join(dir.path, 'expected');
    mkdirSync(expected);
    const argv = ['-a', ...more, '--modify-window=-1', '--exclude=/.nbkp-src', `--link-dest=${first.snapshot ?? ''}`];
    execFileSync('rsync', [...argv, `${world.source}/`, `${expected}/`]);
    const made = second.snapshot ?? '';
    expect(await wholeTreeOf(made)).toEqual(await wholeTreeOf(expected));
    expect(exactTimes(made)).toEqual(exactTimes(expected));
    // What has another name is linked, too.
    const links = linked(made, first.snapshot ?? '');
    expect(links).toEqual(expect.arrayContaining(linked(expected, first.snapshot ?? '')));
    expect(fingerprint(first.snapshot ?? '')).toEqual(before);
  });

  it.each(seeds)(
    'leaves older ones alone where the source changes after each of its commands: seed %i',
    async (seed) => {
      const world = await TransferWorld.make(dir.path, 'hard-link', withOptions(...moreOptions(seed)));
      churn(world.source, seed, 600);
      const first = await world.run();
      const before = fingerprint(first.snapshot ?? '');
      let changes = 0;
      const onRan = (): Promise<void> => {
        churn(world.source, seed * 1000 + changes++, 1 + (seed % 40));
        return Promise.resolve();
      };
      const second = await world.run({ allowDestructive: true, onRan });
      expect(way(second)).not.toBe('plain');
      expect(fingerprint(first.snapshot ?? '')).toEqual(before);
      const between = second.snapshot === null ? [] : fingerprint(second.snapshot);
      const third = await world.run({ allowDestructive: true });
      expect(third.result.outcome).toBe('done');
      const expected = join(dir.path, 'expected');
      mkdirSync(expected);
      execFileSync('rsync', ['-a', '--modify-window=-1', '--exclude=/.nbkp-src', `${world.source}/`, `${expected}/`]);
      // Names that were of one file once stay so in a snapshot if nothing else differs.
      const look = moreOptions(seed).includes('-H') ? treeOf : wholeTreeOf;
      expect(await look(third.snapshot ?? '')).toEqual(await look(expected));
      expect(fingerprint(first.snapshot ?? '')).toEqual(before);
      if (second.snapshot !== null) expect(fingerprint(second.snapshot)).toEqual(between);
    },
  );

  it.each(seeds)('leaves older ones alone while the source changes all the time: seed %i', async (seed) => {
    const world = await TransferWorld.make(dir.path, 'hard-link', withOptions(...moreOptions(seed)));
    churn(world.source, seed, 600);
    await world.run();
    const older = new Map<string, string[]>();
    const folder = join(world.destination, 'snapshots');
    const ways: string[] = [];
    await whileChurning(world.source, seed, async () => {
      for (let run = 0; run < 3; run++) {
        for (const name of readdirSync(folder).filter((each) => !each.startsWith('.'))) {
          if (!older.has(name)) older.set(name, fingerprint(join(folder, name)));
        }
        const ended = await world.run({ allowDestructive: true });
        ways.push(`${way(ended)} ${ended.result.outcome} ${ended.codes.join()}`);
        for (const [name, before] of older) expect(fingerprint(join(folder, name))).toEqual(before);
      }
    });
    // Where its source changes kinds of entries too often, rsync goes on in what the links were.
    expect(ways.filter((each) => !each.startsWith('plain'))).not.toEqual([]);
  });
});

describe('a snapshot of a source in which nothing changed', () => {
  it.each([
    ['is links and folders, without a second look at the source', 'u+rwX', 1],
    ['has its folders filled in at the end where only root could write into some of them', 'u+rX,u-w', IS_ROOT ? 1 : 2],
  ])('%s', async (_, mode, looks) => {
    const world = await TransferWorld.make(dir.path, 'hard-link', withOptions('-A', '-X', '-H'));
    churn(world.source, FIRST, 400);
    execFileSync('find', [world.source, '-type', 'd', '-exec', 'chmod', mode, '{}', '+']);
    const first = await world.run();
    const before = fingerprint(first.snapshot ?? '');
    const second = await world.run();
    const fromSource = second.context.ran.filter((argv) => argv.includes(`${world.source}/`));
    expect([second.result.outcome, fromSource.length]).toEqual(['done', looks]);
    const [made, older] = [second.snapshot ?? '', first.snapshot ?? ''];
    expect(await wholeTreeOf(made)).toEqual(await wholeTreeOf(older));
    expect(exactTimes(made)).toEqual(exactTimes(older));
    const names = linked(older, older);
    expect(linked(made, older)).toEqual(names);
    expect(second.result).toMatchObject({ changes: { files: 0, bytes: 0, entries: exactTimes(made).length - 2 } });
    expect(fingerprint(older)).toEqual(before);
  });

  it('gets the attributes of the uppermost folder where these alone differ', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link', withOptions());
    await world.files({ 'folder/file': 'text' });
    await world.run();
    chmodSync(world.source, 0o711);
    const second = await world.run();
    expect([second.result.outcome, way(second)]).toEqual(['done', 'links']);
    expect(exactTimes(second.snapshot ?? '')).toEqual(
      exactTimes(world.source).filter((line) => !line.startsWith('.nbkp')),
    );
    expect(statSync(second.snapshot ?? '').mode & 0o777).toBe(0o711);
  });
});

describe('a snapshot that begins as links and is refused', () => {
  it('leaves nothing, and so the next one begins as links too', async () => {
    const world = await TransferWorld.make(dir.path, 'hard-link');
    await world.many(100);
    const first = await world.run();
    const before = fingerprint(first.snapshot ?? '');
    await world.removeMany(60);
    await world.files({ 'new/file': 'new' });
    const refused = await world.run();
    expect([refused.result.outcome, way(refused), refused.codes]).toEqual([
      'refused',
      'links',
      ['max-delete-exceeded'],
    ]);
    expect(readdirSync(join(world.destination, 'snapshots'))).toEqual([basename(first.snapshot ?? '')]);
    const next = await world.run({ allowDestructive: true });
    expect([next.result.outcome, way(next)]).toEqual(['done', 'links']);
    expect(await treeOf(next.snapshot ?? '')).toEqual(await treeOf(world.source));
    expect(fingerprint(first.snapshot ?? '')).toEqual(before);
  });
});

describe('a run that is killed before one of its commands', () => {
  it('leaves older snapshots alone, and the next one makes a whole one', async () => {
    const subject = new Backup(join(dir.path, 'killed'), { mode: 'hard-link', sync: 'snapshots.keep.last = 100' });
    const killAt = new KillAt(join(dir.path, 'programs'));
    churn(subject.source, FIRST, 500);
    subject.run(0);
    churn(subject.source, FIRST + 1, 50);
    subject.expectCode(0, subject.sandbox.nbkpWith(killAt.environment(0), 'run', '--allow-destructive'));
    const programs = killAt.count();
    // By hand all of them; else a few that are spread over the run.
    const step = SEEDS > 3 ? 1 : Math.ceil(programs / 5);
    let killed = 0;
    for (let at = 1; at <= programs; at += step) {
      churn(subject.source, FIRST + at, 50);
      const before = subject.snapshots().map((name) => fingerprint(subject.snapshot(name)));
      const { signal } = subject.sandbox.nbkpWith(killAt.environment(at), 'run', '--allow-destructive');
      // A run that had less to do than the one that was counted has ended before.
      killed += signal === 'SIGKILL' ? 1 : 0;
      await until(() => processesAbout(`${subject.destination}/`).length === 0);
      subject.expectCode(0, subject.sandbox.nbkp('recover', '--yes'));
      subject.expectCode(0, subject.sandbox.nbkp('run', '--allow-destructive'));
      expect(await treeOf(subject.copy())).toEqual(await treeOf(subject.source));
      const after = subject.snapshots().slice(0, before.length);
      expect(after.map((name) => fingerprint(subject.snapshot(name)))).toEqual(before);
    }
    expect(killed).toBeGreaterThan(programs / step / 2);
  });
});
