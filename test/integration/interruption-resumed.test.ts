import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryDocument } from '../../src/planner/model/documents.ts';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, withBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { isCopying, processesAbout, until, untilWhile } from '../support/running.ts';
import type { Running } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import type { Mode } from '../support/transfer.ts';
import { wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

const SLOW = 'rsync.bandwidth = "4m"';
/** And then one that takes a while, so that there is always something left to do. */
const FILES = 40;
const SIZE = 50_000;
const LAST = { z: 'z'.repeat(8_000_000) };

/** As a power cut does: the run and all of its processes are gone at once. */
async function cutThePower(subject: Backup, running: Running): Promise<void> {
  running.kill('SIGKILL');
  await running.ended;
  for (const line of processesAbout(`${subject.destination}/`)) killQuietly(Number.parseInt(line, 10));
  await until(() => processesAbout(`${subject.destination}/`).length === 0);
}

/** It may have ended meanwhile. */
function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    expect(error).toMatchObject({ code: 'ESRCH' });
  }
}

/** Where the transfer writes; null before it has begun. */
function target(subject: Backup): string | null {
  if (subject.mode === 'none') return subject.destination;
  if (subject.mode === 'btrfs') return join(subject.destination, 'staging');
  const partial = subject.entries().find((name) => name.startsWith('.partial-'));
  return partial === undefined ? null : subject.snapshot(partial);
}

function complete(subject: Backup): number {
  const folder = target(subject);
  return folder === null || !existsSync(folder) ? 0 : readdirSync(folder).filter((name) => /^f\d+$/.test(name)).length;
}

async function expectRestorable(subject: Backup): Promise<void> {
  const { source, restored } = await subject.roundTrip();
  expect(restored).toEqual(source);
}

function resumes(mode: Mode, drive: () => string | undefined): void {
  it.each([1, 36])('after %i of 40 files it goes on there, and copies none of them again', async (reached) => {
    const place = drive();
    const subject = new Backup(join(dir.path, `${mode}-${reached}`), {
      mode,
      sync: SLOW,
      ...(place === undefined ? {} : { drive: join(place, String(reached)) }),
    });
    const files = Array.from({ length: FILES }, (_, index) => [`f${index}`, `${index % 10}`.repeat(SIZE)]);
    subject.write({ ...(Object.fromEntries(files) as Record<string, string>), ...LAST });
    const running = subject.sandbox.start(['run']);
    await untilWhile(running, () => complete(subject) >= reached);
    await cutThePower(subject, running);
    const there = complete(subject);
    expect(subject.snapshots()).toEqual([]);
    expect(subject.plan().syncs).toMatchObject([{ lastSuccess: null }]);

    subject.respec({ mode });
    const record = subject.run(0);
    expect(record.syncs[0]?.files).toBeLessThanOrEqual(FILES + 1 - there);
    expect(subject.entries()).toEqual(mode === 'none' ? [] : [record.syncs[0]?.snapshot]);
    expect(readdirSync(subject.copy()).filter((name) => name.startsWith('.f'))).toEqual([]);
    await expectRestorable(subject);
  });
}

describe('a first backup without snapshots that loses its power', () => resumes('none', () => undefined));

describe('a first backup with hard-link snapshots that loses its power', () => resumes('hard-link', () => undefined));

describeWithMounts('a first backup with btrfs snapshots that loses its power', () => {
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());
  resumes('btrfs', () => btrfs.path);
});

describe('what an interrupted run left of a snapshot', () => {
  it('is no part of the next one unless the source still has it, also with rsync.delete = false', async () => {
    const subject = new Backup(join(dir.path, 'no-delete'), {
      mode: 'hard-link',
      sync: `${SLOW}\nrsync.delete = false`,
    });
    subject.write({ a: '1', 'b-gone': '2', 'folder/gone': '3', ...LAST });
    const running = subject.sandbox.start(['run']);
    await untilWhile(running, () => isCopying(subject.destination, 'z'));
    await cutThePower(subject, running);
    // This is what rsync itself leaves when nothing but it is killed.
    writeFileSync(join(target(subject) ?? '', '.z.AbCdEf'), 'half of it');
    for (const name of ['b-gone', 'folder']) rmSync(join(subject.source, name), { recursive: true });
    subject.respec({ mode: 'hard-link', sync: 'rsync.delete = false' });
    subject.run(0);
    await expectRestorable(subject);
  });
});

describe('a piece of a file that the source has no more', () => {
  it.each(['none', 'hard-link'] as const)('goes with the next run, and is in no snapshot (mode %s)', async (mode) => {
    await expectNoPieces(new Backup(join(dir.path, `pieces-${mode}`), { mode, sync: SLOW }));
  });
});

describeWithMounts('a piece of a file that the source has no more, on btrfs,', () => {
  it('goes with the next run, and is in no snapshot', async () => {
    await withBtrfs(120, async ({ path }) => {
      await expectNoPieces(new Backup(join(dir.path, 'pieces-btrfs'), { mode: 'btrfs', sync: SLOW, drive: path }));
    });
  });
});

async function expectNoPieces(subject: Backup): Promise<void> {
  subject.write({ file: '1', 'folder/z': LAST.z });
  const running = subject.sandbox.start(['run']);
  await untilWhile(running, () => isCopying(subject.destination, 'z'));
  running.kill('SIGTERM');
  expect((await running.ended).code).toBe(143);
  const piece = join(target(subject) ?? '', 'folder/.rsync-partial/z');
  expect(existsSync(piece)).toBe(true);
  rmSync(join(subject.source, 'folder/z'));
  subject.respec({ mode: subject.mode });
  subject.run(0);
  expect(existsSync(piece)).toBe(false);
  expect(await wholeTreeOf(subject.copy())).toEqual(await wholeTreeOf(subject.source));
  await expectRestorable(subject);
}

describe('a run that is killed (-9) around each note in its journal', () => {
  it('has lost nothing, its record says how far it came, and the next one succeeds', async () => {
    const subject = new Backup(join(dir.path, 'journal'), { mode: 'hard-link', sync: 'snapshots.keep.last = 1' });
    subject.write({ file: '1' });
    subject.run(0);
    const runs = (): string[] => readdirSync(join(subject.sandbox.state, 'runs'));
    const notesOf = (run: string): number => {
      const journal = join(subject.sandbox.state, 'runs', run, 'journal.ndjson');
      return existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').length - 1 : 0;
    };
    // The header, then beginning and end of the transfer, the snapshot and the pruning.
    for (let notes = 1; notes <= 6; notes += 1) {
      subject.write({ file: 'x'.repeat(notes + 1) });
      const [before, latest] = [subject.snapshots(), subject.latest()];
      const old = new Set(runs());
      const running = subject.sandbox.start(['run']);
      const own = (): string => runs().find((run) => !old.has(run)) ?? '';
      await until(() => notesOf(own()) >= notes);
      await cutThePower(subject, running);
      expect(subject.snapshots().map((name) => `snapshots/${name}`)).toContain(subject.latest());
      if (subject.latest() === latest) expect(subject.snapshots()).toEqual(expect.arrayContaining(before));
      const history = JSON.parse(subject.sandbox.nbkp('history', '--json').stdout) as HistoryDocument;
      expect(history.runs[0]?.run).toBe(own());
      if (notesOf(own()) < 6) expect(history.runs[0]).toMatchObject({ exitCode: null });

      expect(subject.sandbox.nbkp('recover', '--yes').code).toBe(0);
      const record = subject.run(0);
      expect(subject.entries()).toEqual([record.syncs[0]?.snapshot]);
      expect(readFileSync(join(subject.copy(), 'file'), 'utf8')).toBe('x'.repeat(notes + 1));
    }
    await expectRestorable(subject);
  });
});
