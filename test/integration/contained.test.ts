import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const FOREIGN = ['2020-01-01T00:00:00.000Z', '2020-01-02T00:00:00.000Z', '.prune-2020-01-03T00:00:00.000Z'];

let dir: TempDir;
let subject: Backup;
let foreign: string;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link', sync: 'snapshots.keep.last = 1' });
  subject.write({ file: '1' });
  subject.run(0);
  foreign = join(dir.path, 'foreign');
  for (const name of FOREIGN) mkdirSync(join(foreign, name), { recursive: true });
});

afterAll(() => dir.remove());

/** What each command that writes says while something leads out of the volume. */
function refused({ sandbox }: Backup = subject): void {
  for (const command of [['run'], ['snapshots', 'prune', '--yes'], ['recover', '--yes'], ['prepare', '--yes']]) {
    const { stdout, stderr, code } = sandbox.nbkp(...command);
    expect(code, command.join(' ')).toBe(1);
    expect(stdout + stderr, command.join(' ')).toContain('destination-leads-out');
  }
}

it('nothing is removed behind a link in the place of snapshots', () => {
  const snapshots = join(subject.destination, 'snapshots');
  const moved = join(subject.drive, 'moved');
  const [latest = ''] = subject.snapshots();
  mkdirSync(join(foreign, latest));
  renameSync(snapshots, moved);
  symlinkSync(foreign, snapshots);
  const before = readdirSync(foreign);
  refused();
  expect(readdirSync(foreign)).toEqual(before);
  rmSync(snapshots);
  renameSync(moved, snapshots);
  subject.run(0);
});

it('nothing is written through a link below the root of the volume that leads out of it', () => {
  const outside = join(dir.path, 'outside');
  renameSync(subject.destination, outside);
  symlinkSync(outside, subject.destination);
  const before = readdirSync(join(outside, 'snapshots'));
  refused();
  expect(readdirSync(join(outside, 'snapshots'))).toEqual(before);
  rmSync(subject.destination);
  renameSync(outside, subject.destination);
});

it('the path of the volume itself may be a link', () => {
  const real = join(dir.path, 'real');
  renameSync(subject.drive, real);
  symlinkSync(real, subject.drive);
  subject.run(0);
  expect(existsSync(join(real, 'documents', 'latest', 'file'))).toBe(true);
});

it('nothing is made behind a link to nowhere in the place of snapshots', () => {
  const fresh = new Backup(join(dir.path, 'fresh'), { mode: 'none' });
  const nowhere = join(dir.path, 'nowhere');
  symlinkSync(nowhere, join(fresh.destination, 'snapshots'));
  fresh.respec({ mode: 'hard-link' });
  const { stdout, stderr, code } = fresh.sandbox.nbkp('prepare', '--yes');
  expect(code).toBe(1);
  expect(stdout + stderr).toContain('destination-leads-out');
  expect(existsSync(nowhere)).toBe(false);
});

describeWithMounts('on btrfs', () => {
  let mount: BtrfsMount;
  beforeAll(async () => {
    mount = await makeBtrfs(120);
  });
  afterAll(() => mount.remove());

  it('nothing is copied into a subvolume behind a link in the place of staging', () => {
    const backup = new Backup(join(dir.path, 'btrfs'), { mode: 'btrfs', drive: mount.path });
    backup.write({ file: '1' });
    backup.run(0);
    const other = join(mount.path, 'somebody');
    execFileSync('btrfs', ['subvolume', 'create', other]);
    writeFileSync(join(other, 'theirs'), '');
    execFileSync('btrfs', ['subvolume', 'delete', join(backup.destination, 'staging')]);
    symlinkSync(other, join(backup.destination, 'staging'));
    refused(backup);
    expect(readdirSync(other)).toEqual(['theirs']);
  });
});
