import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldersCommand, markCommand } from '../../src/planner/kinds/create/commands.ts';
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
  const restore = ['restore', 'documents', '--to', join(dir.path, 'restored'), '--yes'];
  for (const command of [
    ['run'],
    ['snapshots', 'prune', '--yes'],
    ['recover', '--yes'],
    ['prepare', '--yes'],
    restore,
  ]) {
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

it('a link that takes the place of snapshots in the middle of a run ends it', () => {
  const script = `mv ${subject.destination}/snapshots ${subject.drive}/moved; ln -s ${foreign} ${subject.destination}/snapshots`;
  subject.respec({ mode: 'hard-link', sync: `before = [["sh", "-c", ${JSON.stringify(script)}]]` });
  const before = readdirSync(foreign);
  const { findings } = subject.run(1).steps.find(({ id }) => id === 'transfer:documents') ?? { findings: [] };
  expect(findings).toMatchObject([{ code: 'plan-stale', message: expect.stringContaining('snapshots') }]);
  expect(readdirSync(foreign)).toEqual(before);
  rmSync(join(subject.destination, 'snapshots'));
  renameSync(join(subject.drive, 'moved'), join(subject.destination, 'snapshots'));
  subject.respec({ mode: 'hard-link' });
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

it('a sentinel can be read by all, whatever the umask', () => {
  const through = ['sh', '-c', 'umask 077; exec "$@"', 'sh'];
  const careful = new Backup(join(dir.path, 'careful'), { mode: 'hard-link', through });
  const marks = [
    join(careful.drive, '.nbkp-vol'),
    join(careful.destination, '.nbkp-dst'),
    join(careful.source, '.nbkp-src'),
  ];
  for (const path of marks) expect((statSync(path).mode & 0o777).toString(8), path).toBe('644');
});

it('no sentinel is made through a link', () => {
  const { sandbox, drive, destination, source } = new Backup(join(dir.path, 'marks'), { mode: 'none' });
  const nowhere = join(dir.path, 'nobody');
  for (const path of [join(drive, '.nbkp-vol'), join(destination, '.nbkp-dst'), join(source, '.nbkp-src')]) {
    rmSync(path);
    symlinkSync(nowhere, path);
    const { stdout, stderr, code } = sandbox.nbkp('prepare', '--yes');
    expect(code, path).toBe(1);
    expect(stdout + stderr, path).toContain('mark-not-file');
    expect(existsSync(nowhere), path).toBe(false);
    rmSync(path);
    writeFileSync(path, '');
  }
});

describe.each([[['sh']], [['bash', '--posix']], [['busybox', 'ash']]])('with %j', (shell) => {
  const run = ([, ...args]: readonly string[]) => {
    const [program = '', ...first] = shell;
    return spawnSync(program, [...first, ...args], { encoding: 'utf8' });
  };

  it('folders are made in the volume, through links within it too, and none behind a link out of it', () => {
    const volume = mkdtempSync(join(dir.path, 'volume-'));
    const outside = mkdtempSync(join(dir.path, 'outside-'));
    mkdirSync(join(volume, 'inner'));
    symlinkSync('inner', join(volume, 'within'));
    symlinkSync(outside, join(volume, 'out'));
    symlinkSync(join(outside, 'new'), join(volume, 'dangling'));
    expect(run(foldersCommand(volume, "-a b/it's\n/c"))).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(join(volume, "-a b/it's\n/c"))).toBe(true);
    expect(run(foldersCommand(volume, 'within/deep'))).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(join(volume, 'inner/deep'))).toBe(true);
    expect(run(foldersCommand(volume, 'out/deep'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`A link leads to ${outside}, out of the volume ${volume}.`),
    });
    expect(run(foldersCommand(volume, 'dangling/deep')).status).not.toBe(0);
    expect(readdirSync(outside)).toEqual([]);
  });

  it('a sentinel is made once, over no file and through no link', () => {
    const volume = mkdtempSync(join(dir.path, 'volume-'));
    const path = join(volume, '-it\'s "one"\n');
    expect(run(markCommand(path))).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(path, 'kept');
    expect(run(markCommand(path))).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(path, 'utf8')).toBe('kept');
    symlinkSync(join(volume, 'other'), join(volume, 'link'));
    symlinkSync(path, join(volume, 'to-file'));
    for (const name of ['link', 'to-file']) expect(run(markCommand(join(volume, name))).status, name).not.toBe(0);
    expect(readdirSync(volume).sort()).toEqual(['-it\'s "one"\n', 'link', 'to-file']);
    expect(readFileSync(path, 'utf8')).toBe('kept');
  });
});

it('the path of a volume may be a link of another owner: rsync is told where it leads', () => {
  const linked = new Backup(join(dir.path, 'linked'), { mode: 'hard-link' });
  linked.write({ file: '1' });
  const link = join(dir.path, 'link');
  symlinkSync(linked.drive, link);
  lchownSync(link, 65_534, 65_534);
  linked.sandbox.writeSpec(readFileSync(linked.sandbox.spec, 'utf8').replaceAll(linked.drive, link));
  linked.run(0);
  expect(linked.snapshots()).toHaveLength(1);
});

describe.skipIf(process.getuid?.() !== 0)('for an ordinary user', () => {
  it('a folder of snapshots that belongs to somebody else is told before anything runs', () => {
    const user = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    const theirs = new Backup(join(dir.path, 'theirs'), { mode: 'hard-link' });
    execFileSync('chmod', ['711', dir.path]);
    execFileSync('chown', ['-R', '65534:65534', theirs.sandbox.root]);
    const snapshots = join(theirs.destination, 'snapshots');
    execFileSync('chown', ['root:root', snapshots]);
    for (const command of ['plan', 'check', 'run']) {
      const { code, stdout, stderr } = theirs.sandbox.nbkpThrough(user, command, '--json');
      expect([command, code]).toEqual([command, 1]);
      expect(stdout + stderr).toContain('destination-not-writable');
      expect(stdout + stderr).toContain(`${snapshots} cannot be written to`);
    }
    execFileSync('chown', ['65534:65534', snapshots]);
    expect(theirs.sandbox.nbkpThrough(user, 'run').code).toBe(0);
  });
});
