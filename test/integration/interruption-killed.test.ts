import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { KillAt } from '../support/kill-at.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { growTree, treeOf } from '../support/tree.ts';

let dir: TempDir;
let killAt: KillAt;

beforeAll(async () => {
  dir = await makeTempDir();
  killAt = new KillAt(join(dir.path, 'programs'));
});

afterAll(() => dir.remove());

const FILES = 10;

/** For hundreds of runs, on a busy machine too. */
const MINUTES = 900_000;

/** Something is new, changed and gone in each turn; sizes differ, since all may happen within one second. */
function change(subject: Backup, turn: number): void {
  subject.write({ [`new-${turn}`]: 'new', changing: 'x'.repeat(turn + 1), [`folder/g${turn % 3}`]: 'y'.repeat(turn) });
  if (turn > 1) rmSync(join(subject.source, `new-${turn - 1}`));
}

function begin(name: string, mode: Backup['mode'], drive?: string): Backup {
  const keep = mode === 'none' ? '' : 'snapshots.keep.last = 2';
  const subject = new Backup(join(dir.path, name), { mode, sync: keep, ...(drive === undefined ? {} : { drive }) });
  growTree(subject.source);
  subject.many(FILES);
  change(subject, 1);
  for (let run = 0; run < 3; run += 1) subject.run(0);
  return subject;
}

/** All that was ever seen under the name of a snapshot, and was complete then. */
class Known {
  readonly #trees = new Map<string, string[]>();
  readonly #subject: Backup;

  constructor(subject: Backup) {
    this.#subject = subject;
  }

  /** Every name is that of a whole snapshot, the old ones are as they were, and latest names one of them. */
  async check(): Promise<void> {
    const names = this.#subject.snapshots();
    for (const name of names) {
      const tree = await treeOf(this.#subject.snapshot(name));
      expect([name, tree]).toEqual([name, this.#trees.get(name) ?? (await treeOf(this.#subject.source))]);
      this.#trees.set(name, tree);
    }
    expect(names.map((name) => `snapshots/${name}`)).toContain(this.#subject.latest());
  }
}

/** What only `recover` takes away, since it is in nobody's way. */
function leftovers(subject: Backup): string[] {
  const all = [...subject.entries(), ...readdirSync(subject.destination)];
  return all.filter((name) => name.startsWith('.prune-') || name.startsWith('.nbkp-latest-'));
}

function recover(subject: Backup): void {
  subject.expectCode(0, subject.sandbox.nbkp('recover', '--yes'));
  expect(leftovers(subject)).toEqual([]);
  const answer = subject.expectCode(0, subject.sandbox.nbkp('recover', '--json'));
  expect(JSON.parse(answer.stdout)).toMatchObject({ purpose: 'recover', steps: [] });
}

async function survives(subject: Backup): Promise<void> {
  const known = new Known(subject);
  await known.check();
  change(subject, 2);
  subject.expectCode(0, subject.sandbox.nbkpWith(killAt.environment(0), 'run'));
  const programs = killAt.count();
  expect(programs).toBeGreaterThan(10);
  let recovered = 0;
  for (let at = 1; at <= programs; at += 1) {
    await known.check();
    const [before, latest] = [subject.snapshots(), subject.latest()];
    change(subject, at + 2);
    expect(subject.sandbox.nbkpWith(killAt.environment(at), 'run')).toMatchObject({ signal: 'SIGKILL' });
    await known.check();
    // Nothing is pruned before latest has moved.
    if (subject.latest() === latest) expect(subject.snapshots()).toEqual(expect.arrayContaining(before));
    if (leftovers(subject).length > 0) {
      recover(subject);
      await known.check();
      recovered += 1;
    }
    const record = subject.run(0);
    expect(subject.latest()).toBe(`snapshots/${record.syncs[0]?.snapshot}`);
    expect(subject.entries().filter((name) => name.startsWith('.'))).toEqual([]);
  }
  expect(recovered).toBeGreaterThan(1);
  await known.check();
  recover(subject);
  const { source, restored } = await subject.roundTrip();
  expect(restored).toEqual(source.filter((line) => !line.startsWith('linked ')));
}

describe('a run that is killed (-9) before any of the programs that it starts', () => {
  it(
    'has lost nothing with hard-link snapshots, and the next one succeeds',
    async () => {
      await survives(begin('hard-link', 'hard-link'));
    },
    MINUTES,
  );

  it(
    'has lost nothing without snapshots, and the next one succeeds',
    async () => {
      const subject = begin('none', 'none');
      change(subject, 2);
      subject.expectCode(0, subject.sandbox.nbkpWith(killAt.environment(0), 'run'));
      const programs = killAt.count();
      for (let at = 1; at <= programs; at += 1) {
        const before = await treeOf(subject.destination);
        change(subject, at + 2);
        const allowed = new Set([...before, ...(await treeOf(subject.source))]);
        expect(subject.sandbox.nbkpWith(killAt.environment(at), 'run')).toMatchObject({ signal: 'SIGKILL' });
        expect((await treeOf(subject.destination)).filter((line) => !allowed.has(line))).toEqual([]);
        subject.run(0);
        expect(await treeOf(subject.destination)).toEqual(await treeOf(subject.source));
      }
      const { source, restored } = await subject.roundTrip();
      expect(restored).toEqual(source.filter((line) => !line.startsWith('linked ')));
    },
    MINUTES,
  );
});

describeWithMounts('a run on btrfs that is killed (-9) before any of the programs that it starts', () => {
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());

  it(
    'has lost nothing, and the next one succeeds',
    async () => {
      await survives(begin('btrfs', 'btrfs', join(btrfs.path, 'drive')));
    },
    MINUTES,
  );
});
