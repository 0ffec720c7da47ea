import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Backup } from '../support/backup.ts';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { freeze, isCopying, until, untilWhile } from '../support/running.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import type { Mode } from '../support/transfer.ts';
import { growTree, stateOf, wholeTreeOf } from '../support/tree.ts';

let dir: TempDir;
let drive: BtrfsMount;
let subject: Backup;
let places = 0;
const mounts: string[] = [];

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

beforeEach(async () => {
  places += 1;
  drive = await makeBtrfs(120);
});

afterEach(async () => {
  for (const mount of mounts.splice(0)) execFileSync('umount', ['-R', mount]);
  await drive.remove();
});

function backup(mode: Mode, volume = ''): Backup {
  subject = new Backup(join(dir.path, String(places)), { mode, drive: drive.path, volume });
  return subject;
}

/** Leaves on the bare mountpoint all that a careless check would take for the drive. */
async function unplug(): Promise<string[]> {
  const copy = join(dir.path, `copy-${places}`);
  mkdirSync(copy);
  execFileSync('rsync', ['-a', '--exclude=/*/snapshots/*', '--exclude=staging', `${drive.path}/`, `${copy}/`]);
  await drive.unmount();
  execFileSync('rsync', ['-a', `${copy}/`, `${drive.path}/`]);
  return stateOf(drive.path);
}

function expectSkipped(record: RunRecord, text: RegExp): void {
  expect(record.syncs).toMatchObject([{ outcome: 'skipped', reason: expect.stringMatching(text) }]);
  expect(record.steps).toEqual([]);
}

async function expectRestorable(): Promise<void> {
  expect(await wholeTreeOf(subject.restore())).toEqual(await wholeTreeOf(subject.source));
}

describeWithMounts('a drive that is found by its UUID', () => {
  it('is used where it is mounted, without a path in the spec, wherever that is', async () => {
    backup('btrfs');
    growTree(subject.source);
    const spec = readFileSync(subject.sandbox.spec, 'utf8');
    const path = `path = ${JSON.stringify(drive.path)}`;
    expect(spec).toContain(path);
    subject.sandbox.writeSpec(spec.replace(path, `mount.device-uuid = "${drive.uuid.toUpperCase()}"`));
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded' }]);
    const elsewhere = join(subject.sandbox.root, 'elsewhere');
    mkdirSync(elsewhere);
    execFileSync('mount', ['--move', drive.path, elsewhere]);
    subject.write({ file: 'added' });
    subject.run(0);
    execFileSync('mount', ['--move', elsewhere, drive.path]);
    expect(subject.snapshots()).toHaveLength(2);
    const restored = await wholeTreeOf(subject.restore());
    expect(restored).toEqual(await wholeTreeOf(subject.source));
  });

  it.each(['none', 'hard-link', 'btrfs'] as const)(
    'is skipped when it is absent, sentinels on its bare mountpoint or not, and nothing is written there (mode %s)',
    async (mode) => {
      backup(mode, `mount.device-uuid = "${drive.uuid}"`);
      subject.write({ file: '1' });
      subject.run(0);
      const plan = join(subject.sandbox.root, 'a.plan');
      subject.write({ file: 'changed' });
      subject.expectCode(0, subject.sandbox.nbkp('plan', '--out', plan));
      const bare = await unplug();
      expectSkipped(subject.run(0), /usb is not plugged in: no device has the UUID/);
      expect(subject.run(4, '--strict').exitCode).toBe(4);
      expect(subject.run(4, '--require', 'usb').exitCode).toBe(4);
      expect(subject.sandbox.nbkp('prepare', 'usb', '--yes').code).toBe(4);
      expect(subject.sandbox.nbkp('restore', 'documents', '--to', join(subject.sandbox.root, 'x'), '--yes').code).toBe(
        4,
      );
      const skipped = subject.expectCode(0, subject.sandbox.nbkp('apply', plan, '--yes'));
      expect(skipped.stdout).toMatch(/documents\s+skipped: .*usb/s);
      expect(await stateOf(drive.path)).toEqual(bare);

      await drive.mount();
      subject.run(0);
      await expectRestorable();
    },
  );
});

describeWithMounts('a drive whose spec names only the path of its mountpoint', () => {
  it('is skipped when it is absent, because its last backup was on a file system of its own', async () => {
    backup('hard-link');
    subject.write({ file: '1' });
    subject.run(0);
    const bare = await unplug();
    expectSkipped(
      subject.run(0),
      /was on the file system mounted at .* when it was last backed up; nothing is mounted there now/,
    );
    expect(await stateOf(drive.path)).toEqual(bare);
    await drive.mount();
    subject.run(0);
    await expectRestorable();
  });
});

describeWithMounts('a drive that is pulled while a backup is written to it', () => {
  it.each([
    ['the first snapshot', 0],
    ['one that begins as links', 1],
  ])('makes %s fail: nothing is written to the bare mountpoint, and no snapshot is named', async (_, before) => {
    backup('hard-link', `mount.device-uuid = "${drive.uuid}"`);
    for (let run = 0; run < before; run += 1) subject.run(0);
    subject.respec({
      mode: 'hard-link',
      volume: `mount.device-uuid = "${drive.uuid}"`,
      sync: 'rsync.bandwidth = "8m"',
    });
    await drive.unmount();
    mkdirSync(join(drive.path, 'documents/snapshots'), { recursive: true });
    for (const name of ['.nbkp-vol', 'documents/.nbkp-dst']) subject.sandbox.files({ [name]: '' });
    for (const name of ['.nbkp-vol', 'documents/.nbkp-dst'])
      renameSync(join(subject.sandbox.root, name), join(drive.path, name));
    symlinkSync('/dev/null', join(drive.path, 'documents/latest'));
    const bare = await stateOf(drive.path);
    await drive.mount();
    subject.write({ big: 'x'.repeat(24_000_000) });
    const running = subject.sandbox.start(['run', '--json']);
    await untilWhile(running, () => isCopying(subject.destination, 'big'));
    const goOn = freeze(`${subject.destination}/`);
    execFileSync('umount', ['-l', drive.path]);
    goOn();
    const record = subject.recordOf(1, await running.ended);
    expect(record.syncs).toMatchObject([{ outcome: 'failed' }]);
    const codes = record.steps.flatMap(({ findings }) => findings.map(({ code }) => code));
    expect(codes).toEqual(['drive-gone']);
    expect(await stateOf(drive.path)).toEqual(bare);
    await until(() => !execFileSync('losetup', ['-a'], { encoding: 'utf8' }).includes(drive.image));

    await drive.mount();
    expect(subject.snapshots()).toHaveLength(before);
    subject.respec({ mode: 'hard-link', volume: `mount.device-uuid = "${drive.uuid}"` });
    expect(subject.run(0).syncs).toMatchObject([{ outcome: 'succeeded', files: 0 }]);
    await expectRestorable();
  });
});

describeWithMounts('two names of one place', () => {
  const home = (): string => join(subject.source, '..');
  /** What the volume is, the destination in it, and what is wrong with that. */
  const cases: [string, (volume: string) => void, string, string][] = [
    ['a symlink to the source', (at) => symlinkSync(home(), at), 'other:Documents', 'destination-is-source'],
    ['a bind mount of the source', (at) => bind(home(), at), 'other:Documents', 'destination-is-source'],
    [
      'a bind mount of a folder in it',
      (at) => bind(join(subject.source, 'inner'), at),
      'other:deep',
      'destination-inside-source',
    ],
    [
      'a symlink to what holds the source',
      (at) => symlinkSync(join(home(), '..'), at),
      'other:laptop',
      'source-inside-destination',
    ],
    [
      'a bind mount of what holds the source',
      (at) => bind(join(home(), '..'), at),
      'other:laptop',
      'source-inside-destination',
    ],
    [
      'a symlink to the drive of another sync',
      (at) => symlinkSync(subject.drive, at),
      'other:documents',
      'destinations-overlap',
    ],
    [
      'a bind mount of the drive of another sync',
      (at) => bind(subject.drive, at),
      'other:documents',
      'destinations-overlap',
    ],
    [
      'a second mount of a subvolume of it',
      (at) => mountSubvolume('sub', at),
      'other:documents',
      'destinations-overlap',
    ],
  ];

  function bind(from: string, at: string): void {
    mkdirSync(at);
    execFileSync('mount', ['--bind', from, at]);
    mounts.push(at);
  }

  function mountSubvolume(name: string, at: string): void {
    mkdirSync(at);
    execFileSync('mount', [
      '-o',
      `subvol=${name}`,
      execFileSync('findmnt', ['-no', 'SOURCE', drive.path], { encoding: 'utf8' }).trim(),
      at,
    ]);
    mounts.push(at);
  }

  it.each(cases)('are found: the destination is in %s', async (_, make, destination, code) => {
    // The drive is a subvolume, which can be mounted twice.
    const usb = join(drive.path, 'sub');
    execFileSync('btrfs', ['-q', 'subvolume', 'create', usb]);
    subject = new Backup(join(dir.path, String(places)), { mode: 'none', drive: usb });
    subject.write({ file: '1', 'inner/file': '2' });
    const volume = join(dir.path, `alias-${places}`);
    make(volume);
    const more = `[volumes.other]\npath = "${volume}"\n[syncs.alias]\nsource = "laptop:Documents"\ndestination = "${destination}"`;
    subject.respec({ mode: 'none', more });
    subject.expectCode(0, subject.sandbox.nbkp('prepare', '--yes'));
    const before = await stateOf(subject.source);
    const record = subject.run(1);
    const blocked = record.syncs.filter(({ outcome }) => outcome === 'blocked').map(({ name }) => name);
    expect(blocked).toContain('alias');
    expect(record.findings).toEqual(expect.arrayContaining([expect.objectContaining({ severity: 'error', code })]));
    expect(await stateOf(subject.source)).toEqual(before);
    expect(existsSync(join(subject.destination, 'file'))).toBe(!blocked.includes('documents'));
  });
});

describeWithMounts('a mount further down', () => {
  function bind(from: string, at: string): string {
    mkdirSync(at, { recursive: true });
    execFileSync('mount', ['--bind', from, at]);
    mounts.push(at);
    return at;
  }

  it('that shows the destination in the source stops the sync before anything is written', async () => {
    backup('hard-link');
    subject.write({ file: '1' });
    subject.run(0);
    const before = await stateOf(subject.destination);
    const shown = bind(drive.path, join(subject.source, 'in/side'));
    subject.write({ file: 'changed' });
    const finding = { severity: 'error', code: 'destination-inside-source', message: expect.stringContaining(shown) };
    expect(subject.run(1).findings).toEqual(expect.arrayContaining([expect.objectContaining(finding)]));
    expect(await stateOf(subject.destination)).toEqual(before);

    const filters = 'filters = ["- /in/side/documents/"]';
    subject.respec({ mode: 'hard-link', sync: filters });
    subject.run(0);
    execFileSync('umount', [mounts.pop()!]);
    subject.respec({ mode: 'hard-link' });
    subject.run(0);
    await expectRestorable();
  });

  it('that shows another place of the drive is copied like any folder', async () => {
    backup('hard-link');
    mkdirSync(join(drive.path, 'music'));
    subject.write({ file: '1' });
    bind(join(drive.path, 'music'), join(subject.source, 'music'));
    subject.write({ 'music/song': 'la' });
    subject.run(0);
    await expectRestorable();
  });

  it('that shows the source in the destination stops the sync before anything is deleted', () => {
    backup('none');
    subject.write({ file: '1' });
    subject.run(0);
    bind(subject.source, join(subject.destination, 'shown'));
    const record = subject.run(1);
    expect(record.findings).toMatchObject([{ severity: 'error', code: 'source-inside-destination' }]);
    expect(subject.read('laptop/Documents/file')).toBe('1');
  });
});
