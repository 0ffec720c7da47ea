import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
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
function refused(): void {
  for (const command of [['run'], ['snapshots', 'prune', '--yes'], ['recover', '--yes'], ['prepare', '--yes']]) {
    const { stdout, stderr, code } = subject.sandbox.nbkp(...command);
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
