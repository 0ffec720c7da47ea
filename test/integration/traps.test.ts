import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup, type BackupOptions } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { freeze, isCopying, untilWhile } from '../support/running.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { wholeTreeOf } from '../support/tree.ts';

/** What rsync, btrfs, links and removals really do. The traps of a single transfer are in `transfer*.test.ts`. */
let dir: TempDir;
let places = 0;

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

function backup(options: Partial<BackupOptions> = {}): Backup {
  places += 1;
  const mode = options.mode ?? 'hard-link';
  const drive = options.drive === undefined ? {} : { drive: join(options.drive, String(places)) };
  return new Backup(join(dir.path, String(places)), { ...options, mode, ...drive });
}

const BIG = 'x'.repeat(6_000_000);

async function expectRestorable(subject: Backup): Promise<void> {
  const { source, restored } = await subject.roundTrip();
  expect(restored).toEqual(source);
}

describe('a rule that would clear the protection of sentinels', () => {
  it('is an error in the spec', () => {
    const subject = backup({ mode: 'none' });
    subject.respec({ mode: 'none', sync: 'filters = ["!"]' });
    const { code, stderr } = subject.sandbox.nbkp('run');
    expect([code, stderr]).toEqual([65, expect.stringContaining('filter-clears-rules')]);
  });

  it('blocks the sync when it is in a filter file', async () => {
    const subject = backup({ mode: 'none' });
    subject.respec({ mode: 'none', sync: `filter-file = "${subject.sandbox.root}/rules"` });
    subject.sandbox.files({ rules: '- *.tmp\n!\n' });
    subject.write({ file: '1' });
    expect(subject.run(1).findings).toMatchObject([{ code: 'filter-clears-protection' }]);
    expect(readdirSync(subject.destination)).toEqual(['.nbkp-dst']);
    subject.sandbox.files({ rules: '- *.tmp\n' });
    subject.run(0);
    await expectRestorable(subject);
  });
});

describe('a chain', () => {
  const further = (more = ''): string => `
[volumes.shelf]
path = "{root}/shelf"
[syncs.offsite]
source = "usb:documents"
destination = "shelf:documents"
${more}`;

  function chained(more = '', sync = ''): Backup {
    places += 1;
    const root = join(dir.path, String(places));
    mkdirSync(join(root, 'shelf'), { recursive: true });
    return new Backup(root, { mode: 'hard-link', sync, more: further(more).replace('{root}', root) });
  }

  it('reads the snapshot that this very run has made', async () => {
    const subject = chained('', 'snapshots.keep.last = 1');
    for (const text of ['first', 'second']) {
      subject.write({ file: text });
      expect(subject.run(0).syncs.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
      expect(readFileSync(join(subject.sandbox.root, 'shelf/documents/file'), 'utf8')).toBe(text);
    }
    expect(
      subject
        .plan()
        .steps.find(({ id }) => id === 'transfer:offsite')
        ?.commands.flat(),
    ).toContain(`${subject.destination}/snapshots/{snapshot:documents}/`);
    expect(await wholeTreeOf(subject.restore('offsite'))).toEqual(await wholeTreeOf(subject.source));
  });

  it('reads the last complete snapshot when the sync before it is skipped or has nothing to do', async () => {
    const subject = chained('', 'snapshots.when = "changed"');
    subject.write({ file: '1' });
    subject.run(0);
    const outcomes = (): string[] => subject.run(0).syncs.map(({ outcome }) => outcome);
    expect(outcomes()).toEqual(['succeeded', 'succeeded']);
    expect(subject.snapshots()).toHaveLength(1);
    const laptop = join(subject.source, '..');
    renameSync(laptop, `${laptop}-away`);
    expect(outcomes()).toEqual(['skipped', 'succeeded']);
    renameSync(`${laptop}-away`, laptop);
    expect(await wholeTreeOf(subject.restore('offsite'))).toEqual(await wholeTreeOf(subject.source));
  });

  it('keeps prune and the next backup away from the snapshot that it reads', async () => {
    const subject = chained('rsync.bandwidth = "4m"', 'snapshots.keep.last = 1');
    subject.write({ a: BIG, z: 'last to be read' });
    subject.run(0, '--only', 'documents');
    const [read = ''] = subject.snapshots();
    const running = subject.sandbox.start(['run', '--only', 'offsite']);
    await untilWhile(running, () => isCopying(join(subject.sandbox.root, 'shelf'), 'a'));
    const goOn = freeze(join(subject.sandbox.root, 'shelf/'));
    expect(subject.run(75, '--only', 'documents').syncs).toMatchObject([{ outcome: 'locked' }]);
    expect(subject.snapshots()).toEqual([read]);
    goOn();
    expect((await running.ended).code).toBe(0);
    expect(subject.run(0, '--only', 'documents').syncs).toMatchObject([{ pruned: [read] }]);
    expect(await wholeTreeOf(subject.restore('offsite'))).toEqual(await wholeTreeOf(subject.source));
  });
});

describe('a snapshot', () => {
  it('is flushed to the drive before it gets its name, and again before latest moves', () => {
    const subject = backup();
    const step = subject.plan().steps.find(({ kind }) => kind === 'snapshot');
    const programs = step?.commands.map(([program = '', flag = '']) => `${program} ${flag}`);
    expect(programs).toEqual(['sync -f', 'mv -T', 'sync -f', 'ln -s', 'mv -T', 'sync -f']);
  });
});

describe.skipIf(process.getuid?.() !== 0)('for an ordinary user, a folder without write permission', () => {
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

  function ownedByNobody(): Backup {
    const subject = backup({ sync: 'snapshots.keep.last = 1' });
    subject.many(100);
    subject.write({ 'locked/folder/file': '1', 'closed/file': '2' });
    execFileSync('chmod', ['0555', join(subject.source, 'locked/folder'), join(subject.source, 'locked')]);
    execFileSync('chmod', ['0500', join(subject.source, 'closed')]);
    execFileSync('chown', ['-R', '65534:65534', subject.sandbox.root]);
    execFileSync('chmod', ['0755', dir.path]);
    return subject;
  }

  const run = (subject: Backup, code: number, ...flags: string[]): RunRecord =>
    subject.recordOf(code, subject.sandbox.nbkpThrough(asNobody, 'run', '--json', ...flags));

  it('can be pruned', async () => {
    const subject = ownedByNobody();
    const first = run(subject, 0);
    const second = run(subject, 0);
    expect(second.syncs).toMatchObject([{ pruned: [first.syncs[0]?.snapshot] }]);
    expect(subject.entries()).toEqual([second.syncs[0]?.snapshot]);
    const old = ['2020-01-01T00:00:00.000Z', '2020-01-02T00:00:00.000Z'];
    for (const name of old) {
      execFileSync('cp', ['-a', subject.copy(), subject.snapshot(name)]);
      chmodSync(subject.snapshot(name), 0o555);
    }
    const third = run(subject, 0);
    expect(third.syncs).toMatchObject([{ pruned: [...old, second.syncs[0]?.snapshot] }]);
    expect(subject.entries()).toEqual([third.syncs[0]?.snapshot]);
    await expectRestorable(subject);
  });

  it('is no obstacle for going on with what an earlier run has left', async () => {
    const subject = ownedByNobody();
    run(subject, 0);
    for (let index = 0; index < 50; index += 1) rmSync(join(subject.source, `f${index}`));
    run(subject, 3);
    // A refusal takes its links away, from such a folder too.
    expect(subject.entries()).toHaveLength(1);
    execFileSync('cp', ['-a', subject.copy(), subject.snapshot('.partial-2020-01-01T00:00:00.000Z')]);
    const { syncs } = run(subject, 0, '--allow-destructive');
    expect(subject.entries()).toEqual([syncs[0]?.snapshot]);
    await expectRestorable(subject);
  });
});

describe('pruning', () => {
  it('finishes what an interrupted removal has left, and never takes it for a snapshot', async () => {
    const subject = backup({ sync: 'snapshots.keep.last = 5' });
    subject.write({ 'folder/file': '1', other: '2' });
    subject.run(0);
    subject.run(0);
    const [first = '', second = ''] = subject.snapshots();
    renameSync(subject.snapshot(first), subject.snapshot(`.prune-${first}`));
    execFileSync('rm', [join(subject.snapshot(`.prune-${first}`), 'other')]);
    expect(subject.plan().syncs[0]?.retention.map(({ name }) => name)).toEqual([second]);
    subject.run(0);
    expect(subject.entries()).toHaveLength(2);
    expect(subject.entries()).not.toContain(`.prune-${first}`);
    await expectRestorable(subject);
  });
});

describeWithMounts('pruning on btrfs', () => {
  let btrfs: BtrfsMount;
  beforeAll(async () => {
    btrfs = await makeBtrfs();
  });
  afterAll(() => btrfs.remove());

  it('goes by what an entry is and not by the mode: a folder among subvolumes', async () => {
    const subject = backup({ mode: 'btrfs', drive: btrfs.path, sync: 'snapshots.keep.last = 1' });
    subject.write({ file: '1' });
    const adopted = '2020-02-02T02:02:02.000Z';
    mkdirSync(subject.snapshot(adopted));
    writeFileSync(join(subject.snapshot(adopted), 'file'), 'from an earlier tool');
    const first = subject.run(0);
    expect(first.syncs).toMatchObject([{ pruned: [] }]);
    const second = subject.run(0);
    expect(second.syncs).toMatchObject([{ pruned: [adopted, first.syncs[0]?.snapshot] }]);
    expect(subject.entries()).toEqual([second.syncs[0]?.snapshot]);
    await expectRestorable(subject);
  });

  it('makes no snapshot that would have an empty folder in the place of a subvolume', async () => {
    const subject = backup({ mode: 'btrfs', drive: btrfs.path });
    subject.write({ 'album/photo': '1' });
    const within = join(subject.destination, 'staging/album');
    execFileSync('btrfs', ['-q', 'subvolume', 'create', within]);
    const { steps } = subject.run(1);
    expect(steps.flatMap(({ findings }) => findings)).toMatchObject([{ code: 'snapshot-failed' }]);
    expect(subject.entries()).toEqual([]);
    execFileSync('btrfs', ['-q', 'subvolume', 'delete', within]);
    subject.run(0);
    await expectRestorable(subject);
  });

  it('goes by what an entry is and not by the mode: a subvolume among folders', async () => {
    const subject = backup({ mode: 'hard-link', drive: btrfs.path, sync: 'snapshots.keep.last = 1' });
    subject.write({ file: '1' });
    subject.run(0);
    const adopted = '2020-02-02T02:02:02.000Z';
    const staging = join(subject.drive, 'staging');
    execFileSync('btrfs', ['-q', 'subvolume', 'create', staging]);
    execFileSync('btrfs', ['-q', 'subvolume', 'snapshot', '-r', staging, subject.snapshot(adopted)]);
    expect(subject.run(0).syncs[0]?.pruned).toContain(adopted);
    expect(subject.entries()).toHaveLength(1);
    await expectRestorable(subject);
  });
});
