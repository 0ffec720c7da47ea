import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backup, type BackupOptions } from '../support/backup.ts';
import { makeBtrfs, makeFileSystem, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

/** Files that are written anew within one second, with the same size: rsync by itself takes them for unchanged. */
let dir: TempDir;
let places = 0;

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

function backup(options: BackupOptions): Backup {
  places += 1;
  return new Backup(join(dir.path, String(places)), options);
}

const SECOND = '2026-03-10T10:00:00';

function write(path: string, content: string, fraction: string): void {
  writeFileSync(path, content);
  execFileSync('touch', ['-d', `${SECOND}.${fraction}`, path]);
}

function copied(subject: Backup, name: string): string {
  const { mode, destination } = subject;
  return readFileSync(join(mode === 'none' ? destination : join(destination, 'latest'), name), 'utf8');
}

function windows(subject: Backup): string[] {
  const { steps } = subject.plan();
  const words = steps.flatMap(({ kind, commands }) => (kind === 'transfer' ? commands.flat() : []));
  return [...new Set(words.filter((word) => word.includes('modify-window')))];
}

function expectRewriteCopied(subject: Backup): void {
  write(join(subject.source, 'note'), 'one', '100');
  subject.run(0);
  write(join(subject.source, 'note'), 'two', '900');
  subject.run(0);
  expect(copied(subject, 'note')).toBe('two');
}

describe('a file that was written twice in one second', () => {
  it.each(['none', 'hard-link'] as const)('is copied again, mode %s', (mode) => {
    const subject = backup({ mode });
    expectRewriteCopied(subject);
    expect(windows(subject)).toEqual(['--modify-window=-1']);
  });

  it('is copied again where an earlier run is known from the destination alone', () => {
    const subject = backup({ mode: 'none' });
    write(join(subject.source, 'note'), 'one', '100');
    subject.run(0);
    execFileSync('rm', ['-r', subject.sandbox.state]);
    write(join(subject.source, 'note'), 'two', '900');
    subject.run(0);
    expect(copied(subject, 'note')).toBe('two');
  });

  it('is copied again where a script or another machine made the last copy', () => {
    const subject = backup({ mode: 'none' });
    write(join(subject.source, 'note'), 'one', '100');
    subject.run(0);
    const note = join(subject.destination, '.nbkp-last.json');
    const noted = JSON.parse(readFileSync(note, 'utf8')) as object;
    writeFileSync(note, `${JSON.stringify({ ...noted, at: new Date(Date.now() + 1000).toISOString() })}\n`);
    expect(windows(subject)).toEqual(['--modify-window=-1']);
    write(join(subject.source, 'note'), 'two', '900');
    subject.run(0);
    expect(copied(subject, 'note')).toBe('two');
  });
});

describe('a copy that has whole seconds', () => {
  it('is not copied again for its times', () => {
    const subject = backup({ mode: 'none' });
    subject.many(5);
    for (let index = 0; index < 5; index += 1) {
      const copy = join(subject.destination, `f${index}`);
      writeFileSync(copy, `x${index}`);
      const seconds = Math.floor(statSync(join(subject.source, `f${index}`)).mtimeMs / 1_000);
      utimesSync(copy, seconds, seconds);
    }
    expect(windows(subject)).toEqual([]);
    expect(subject.run(0).syncs).toMatchObject([{ files: 0 }]);
    expect(windows(subject)).toEqual([]);
  });
});

describe('options of the user', () => {
  it('win', () => {
    const own = backup({ mode: 'none', sync: 'rsync.options = ["-a", "--delete"]' });
    expect(windows(own)).toEqual([]);
    const further = backup({ mode: 'none', sync: 'rsync.extra-options = ["--modify-window=0"]' });
    write(join(further.source, 'note'), 'one', '100');
    further.run(0);
    expect(windows(further)).toEqual(['--modify-window=-1', '--modify-window=0']);
    write(join(further.source, 'note'), 'two', '900');
    expect(further.run(0).syncs).toMatchObject([{ files: 0 }]);
  });
});

describeWithMounts('on file systems of their own', () => {
  const mounts: BtrfsMount[] = [];
  afterAll(async () => {
    for (const mount of mounts) await mount.remove();
  });

  it('a file that was written twice in one second is copied again, mode btrfs', async () => {
    const mount = await makeBtrfs();
    mounts.push(mount);
    expectRewriteCopied(backup({ mode: 'btrfs', drive: mount.path }));
  });

  it('a drive that keeps whole seconds is compared by them, and nothing is copied twice', async () => {
    const mount = await makeFileSystem(64, ['mkfs.ext4', '-q', '-F', '-I', '128']);
    mounts.push(mount);
    const drive = join(mount.path, 'backups');
    mkdirSync(drive);
    const subject = backup({ mode: 'hard-link', drive });
    subject.many(5);
    subject.run(0);
    expect(windows(subject)).toEqual([]);
    expect(subject.run(0).syncs).toMatchObject([{ files: 0 }]);
  });
});
