import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeBtrfs } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { stateOf, treeOf, wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;
let places = 0;
const mounts: string[] = [];

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

afterEach(() => {
  for (const mount of mounts.splice(0)) execFileSync('umount', [mount]);
});

function newPlace(): string {
  places += 1;
  return join(dir.path, String(places));
}

function tmpfs(path: string, options: string): string {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]);
  mounts.push(path);
  return path;
}

/** A file system that root, too, can fill to the last block. */
function ext4(): string {
  const path = newPlace();
  mkdirSync(path);
  execFileSync('truncate', ['-s', '20M', `${path}.img`]);
  execFileSync('mkfs.ext4', ['-q', '-m', '0', `${path}.img`]);
  execFileSync('mount', ['-o', 'loop', `${path}.img`, path]);
  mounts.push(path);
  return path;
}

async function expectRestorable(subject: Backup): Promise<void> {
  const { source, restored } = await subject.roundTrip();
  expect(restored).toEqual(source);
}

/** Zeros would be copied as holes, which take no room. */
function fill(subject: Backup, name: string, megabytes: number): void {
  writeFileSync(join(subject.source, name), Buffer.alloc(megabytes * 1_000_000, name));
}

/** A backup with a snapshot, then too much in the source, then room again. */
async function survivesFullDisk(subject: Backup, makeRoom: () => void): Promise<void> {
  subject.write({ file: 'first', 'folder/file': 'kept' });
  const first = subject.run(0).syncs[0]?.snapshot;
  const before = subject.mode === 'none' ? [] : await treeOf(subject.copy());
  subject.write({ file: 'second version' });
  fill(subject, 'a-fits', 2);
  fill(subject, 'b-does-not', 200);
  const record = subject.run(1);
  expect(record.syncs).toMatchObject([{ outcome: 'failed', pruned: [] }]);
  expect(record.steps[0]?.findings).toMatchObject([
    { code: 'disk-full', help: expect.stringMatching(/room|larger drive/) },
  ]);
  if (subject.mode !== 'none') {
    expect(subject.snapshots()).toEqual([first]);
    expect(subject.latest()).toBe(`snapshots/${first}`);
    expect(await treeOf(subject.copy())).toEqual(before);
  }
  makeRoom();
  expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded', pruned: first === undefined ? [] : [first] }]);
  await expectRestorable(subject);
}

/** A drive with room for two of these files, and two snapshots on it that have one each. */
function twoSnapshots(policy: string): Backup {
  const root = newPlace();
  const drive = tmpfs(join(root, 'usb'), 'size=20m');
  const subject = new Backup(root, { mode: 'hard-link', drive, sync: `snapshots.keep.last = 2\n${policy}` });
  subject.many(60);
  for (const name of ['one', 'two']) {
    fill(subject, name, 7);
    subject.run(0);
    rmSync(join(subject.source, name));
  }
  fill(subject, 'three', 7);
  return subject;
}

describeWithMounts('a drive that has no room for one snapshot more than are kept', () => {
  it('names what could go and what that frees', () => {
    const subject = twoSnapshots('');
    const [oldest = ''] = subject.snapshots();
    const { help = '' } = subject.run(1).steps[0]?.findings[0] ?? {};
    expect(help).toContain(oldest);
    expect(help).toContain('prune-first');
    // A page of tmpfs holds 4 KiB.
    expect(help).toContain('frees 6.7 MiB');
    expect(subject.snapshots()).toHaveLength(2);
  });

  it('gets room by hand, where several go and there is none for a folder', () => {
    const subject = new Backup(newPlace(), { mode: 'hard-link', drive: ext4(), sync: 'snapshots.keep.last = 2' });
    for (const text of ['1', '2', '3', '4']) {
      subject.write({ file: text });
      subject.run(0, '--no-prune');
    }
    const filler = join(subject.drive, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1k']);
    expect(() => mkdirSync(subject.snapshot('folder'))).toThrow('ENOSPC');
    subject.expectCode(0, subject.sandbox.nbkp('snapshots', 'prune', '--yes'));
    expect(subject.entries()).toHaveLength(2);
  });

  it('gets the room first with policy.prune-first, and keeps the latest meanwhile', async () => {
    const subject = twoSnapshots('policy.prune-first = true');
    const [oldest = '', latest = ''] = subject.snapshots();
    expect(subject.plan().steps.map(({ id }) => id)).toEqual([
      ...['judge:documents', 'prune:documents', 'transfer:documents', 'snapshot:documents', 'record:documents'],
    ]);
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded', pruned: [oldest] }]);
    expect(subject.snapshots()[0]).toBe(latest);
    await expectRestorable(subject);
    subject.respec({ mode: 'hard-link', sync: 'snapshots.keep.last = 1\npolicy.prune-first = true' });
    rmSync(join(subject.source, 'three'));
    const newest = subject.snapshots()[1] ?? '';
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded', pruned: [latest, newest] }]);
  });

  it('prunes nothing first for a run that a guard refuses', () => {
    const subject = twoSnapshots('policy.prune-first = true');
    const before = subject.snapshots();
    for (let index = 0; index < 60; index += 1) rmSync(join(subject.source, `f${index}`));
    const { syncs, steps } = subject.run(3);
    expect(syncs).toMatchObject([{ outcome: 'refused', pruned: [] }]);
    expect(steps.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['judge:documents', 'refused'],
      ...['prune', 'transfer', 'snapshot', 'record'].map((kind) => [`${kind}:documents`, 'not-run']),
    ]);
    expect(subject.entries()).toEqual(before);
    rmSync(join(subject.source, 'three'));
    expect(subject.run(3).syncs).toMatchObject([{ outcome: 'blocked', pruned: [] }]);
    expect(subject.entries()).toEqual(before);
  });

  it('nor for one that would replace too many files', () => {
    const subject = twoSnapshots('policy.prune-first = true\npolicy.max-change = 50');
    const before = subject.snapshots();
    subject.many(60, 'locked');
    const { steps } = subject.run(3);
    expect(steps[0]).toMatchObject({ id: 'judge:documents', findings: [{ code: 'max-change-exceeded' }] });
    expect(subject.entries()).toEqual(before);
  });

  it('copies although a snapshot cannot be removed first, and says so', () => {
    const subject = twoSnapshots('policy.prune-first = true');
    rmSync(join(subject.source, 'three'));
    const [oldest = ''] = subject.snapshots();
    mkdirSync(join(subject.snapshot(oldest), 'busy'));
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', join(subject.snapshot(oldest), 'busy')]);
    const { syncs, steps } = subject.run(0);
    execFileSync('umount', [join(subject.snapshot(oldest), 'busy')]);
    expect(syncs).toMatchObject([{ outcome: 'succeeded' }]);
    expect(steps.find(({ id }) => id === 'prune:documents')?.findings).toMatchObject([
      { severity: 'warning', code: 'snapshot-mounted' },
    ]);
  });
});

describeWithMounts('a full drive', () => {
  it.each(['none', 'hard-link'] as const)(
    'fails the sync, moves nothing, and with more room the next run goes on (mode %s)',
    async (mode) => {
      const root = newPlace();
      const drive = tmpfs(join(root, 'usb'), 'size=20m');
      const sync = mode === 'none' ? '' : 'snapshots.keep.last = 1';
      const subject = new Backup(root, { mode, drive, sync });
      await survivesFullDisk(subject, () => {
        // What is too large for any drive of this test goes, and the drive grows.
        rmSync(join(subject.source, 'b-does-not'));
        execFileSync('mount', ['-o', 'remount,size=100m', drive]);
      });
    },
  );

  it('of btrfs fails the sync, moves nothing, and with room the next run goes on', async () => {
    const btrfs = await makeBtrfs(120);
    try {
      const subject = new Backup(newPlace(), { mode: 'btrfs', drive: btrfs.path, sync: 'snapshots.keep.last = 1' });
      await survivesFullDisk(subject, () => rmSync(join(subject.source, 'b-does-not')));
    } finally {
      await btrfs.remove();
    }
  });
});

describeWithMounts('a drive that is mounted read-only', () => {
  it('blocks its sync with what to do, and can be restored from', async () => {
    const root = newPlace();
    const drive = tmpfs(join(root, 'usb'), 'size=20m');
    const subject = new Backup(root, { mode: 'hard-link', drive });
    subject.write({ file: '1' });
    subject.run(0);
    const before = await stateOf(drive);
    execFileSync('mount', ['-o', 'remount,ro', drive]);
    expect(subject.run(1).findings).toMatchObject([
      { code: 'destination-not-writable', message: expect.stringContaining('read-only') },
    ]);
    await expectRestorable(subject);
    expect(await stateOf(drive)).toEqual(before);
    execFileSync('mount', ['-o', 'remount,rw', drive]);
    subject.run(0);
    await expectRestorable(subject);
  });
});

describeWithMounts('the state directory', () => {
  function withState(options: string, sync = ''): Backup {
    const root = newPlace();
    tmpfs(join(root, 'state'), options);
    const subject = new Backup(root, { mode: 'hard-link', sync });
    subject.write({ file: '1' });
    return subject;
  }

  it('that is read-only lets nothing run, since nobody could tell what a crash left; plans are made', async () => {
    const subject = withState('size=8m');
    const { state } = subject.sandbox;
    execFileSync('mount', ['-o', 'remount,ro', state]);
    const before = await stateOf(subject.drive);
    const { code, stdout } = subject.sandbox.nbkp('run', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([1, { findings: [{ code: 'state-unwritable' }] }]);
    expect(await stateOf(subject.drive)).toEqual(before);
    subject.expectCode(0, subject.sandbox.nbkp('plan'));
    subject.expectCode(0, subject.sandbox.nbkp('status'));
    expect(subject.sandbox.nbkp('check').stdout).toContain('state-unwritable');
    execFileSync('mount', ['-o', 'remount,rw', state]);
    subject.run(0);
    await expectRestorable(subject);
  });

  it('that becomes full in the middle of a run stops it before the next step, and later runs go on', async () => {
    const subject = withState('size=2m');
    const { state } = subject.sandbox;
    // What it says goes into the journal, for which there is no room then.
    const talk = `for line in $(seq 50); do echo '${'x'.repeat(200)}' >&2; done`;
    const fillUp = `before = [["sh", "-c", "cat /dev/zero > ${state}/fill; ${talk}"]]`;
    subject.respec({ mode: 'hard-link', sync: fillUp });
    const { code, stderr } = subject.sandbox.nbkp('run');
    expect([code, stderr]).toEqual([1, expect.stringContaining('journal-unwritable')]);
    expect(readdirSync(join(subject.destination, 'snapshots'))).toEqual([]);
    rmSync(join(state, 'fill'));
    subject.respec({ mode: 'hard-link' });
    expect(subject.sandbox.nbkp('recover', '--yes').code).toBe(0);
    subject.run(0);
    expect(await wholeTreeOf(subject.copy())).toEqual(await wholeTreeOf(subject.source));
    await expectRestorable(subject);
  });
});
