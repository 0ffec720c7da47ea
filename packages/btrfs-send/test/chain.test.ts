import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPlan } from '../../../src/planner/purposes/backup.ts';
import type { Facts } from '../../../src/planner/model/facts.ts';
import { makeBtrfs, type BtrfsMount } from '../../../test/support/btrfs.ts';
import { usePackage } from '../../../test/support/local-plugin.ts';
import { inputFor, PLANNING, specFrom } from '../../../test/support/planning.ts';
import { describeWithMounts } from '../../../test/support/requirements.ts';
import { Sandbox, type Answer } from '../../../test/support/sandbox.ts';
import { makeTempDir, type TempDir } from '../../../test/support/tempdir.ts';
import { treeOf } from '../../../test/support/tree.ts';
import { btrfsSend } from '../src/hook.ts';

describeWithMounts('a chain from one btrfs to another', () => {
  let hub: BtrfsMount;
  let usb: BtrfsMount;
  let dir: TempDir;
  let sandbox: Sandbox;

  beforeAll(async () => {
    [hub, usb, dir] = await Promise.all([makeBtrfs(), makeBtrfs(), makeTempDir()]);
    sandbox = new Sandbox(dir.path);
    sandbox.files({ 'laptop/photos/1.jpg': 'one', 'laptop/photos/2.jpg': 'two' });
    usePackage(sandbox, 'btrfs-send');
    spec();
    expect(sandbox.nbkp('prepare', '--yes')).toMatchObject({ code: 0 });
  });
  afterAll(() => Promise.all([hub.remove(), usb.remove(), dir.remove()]));

  function spec(replica = 'snapshots = { mode = "btrfs", keep.last = 2 }', photos = ''): void {
    sandbox.writeSpec(`version = 1
volumes.laptop.path = "${dir.path}/laptop"
volumes.hub.path = "${hub.path}"
volumes.usb.path = "${usb.path}"
[syncs.photos]
source = "laptop:photos"
destination = "hub:photos"
snapshots = { mode = "btrfs", when = "changed" }
${photos}
[syncs.offsite]
source = "hub:photos"
destination = "usb:photos"
transfer = "btrfs-send"
${replica}
`);
  }

  const run = (...args: string[]): Answer => sandbox.nbkp('run', ...args);
  const latest = (volume: BtrfsMount): string => readlinkSync(join(volume.path, 'photos/latest'));
  const copies = async (): Promise<string[][]> =>
    Promise.all([hub, usb].map((volume) => treeOf(join(volume.path, 'photos', latest(volume)))));

  it('sends the snapshot that the sync before has just made, whole and then what has changed', async () => {
    expect(sandbox.nbkp('plan').stdout).toContain('the two ends have no snapshot in common: all of it');
    expect(run()).toMatchObject({ code: 0 });
    const first = latest(hub).slice('snapshots/'.length);
    writeFileSync(join(dir.path, 'laptop/photos/3.jpg'), 'three');
    expect(sandbox.nbkp('plan').stdout).toContain(`what has changed since ${first}`);
    expect(run()).toMatchObject({ code: 0 });
    expect(latest(usb)).toBe(latest(hub));
    const [there, here] = await copies();
    expect(here).toEqual(there);
    expect(here?.join('\n')).toContain('3.jpg');
  });

  /** Replicates, and runs a command when the receiver is about to begin. */
  function runWhen(receiving: string): Answer {
    sandbox.files({ 'bin/btrfs': `#!/bin/sh\n[ "$1" != receive ] || ${receiving}\nPATH=$REAL_PATH exec btrfs "$@"\n` });
    chmodSync(join(dir.path, 'bin/btrfs'), 0o755);
    const path = process.env['PATH'] ?? '';
    return sandbox.nbkpWith({ PATH: `${join(dir.path, 'bin')}:${path}`, REAL_PATH: path }, 'run', '--only', 'offsite');
  }

  it('sends nothing when the sync before has made no snapshot', () => {
    const before = latest(usb);
    const { code, stdout } = run();
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('✓  offsite') });
    expect(latest(usb)).toBe(before);
  });

  it('has nothing to do when both ends have the latest', () => {
    const { stdout } = sandbox.nbkp('plan', '--only', 'offsite', '--json');
    expect((JSON.parse(stdout) as { steps: unknown[] }).steps).toEqual([]);
  });

  it('prunes at the receiving end by what is to be kept there', () => {
    for (const name of ['4.jpg', '5.jpg']) {
      writeFileSync(join(dir.path, 'laptop/photos', name), name);
      expect(run()).toMatchObject({ code: 0 });
    }
    expect(readdirSync(join(usb.path, 'photos/snapshots'))).toHaveLength(2);
    expect(readdirSync(join(hub.path, 'photos/snapshots'))).toHaveLength(4);
  });

  it('warns when all has to be sent again, because the source keeps nothing that was sent', () => {
    const gone = readdirSync(join(hub.path, 'photos/snapshots'));
    writeFileSync(join(dir.path, 'laptop/photos/6.jpg'), 'six');
    expect(run('--only', 'photos')).toMatchObject({ code: 0 });
    for (const name of gone)
      execFileSync('btrfs', ['-q', 'subvolume', 'delete', join(hub.path, 'photos/snapshots', name)]);
    expect(sandbox.nbkp('plan', '--only', 'offsite').stdout).toContain('warning[btrfs-send-whole]');
    expect(run('--only', 'offsite')).toMatchObject({ code: 0 });
    expect(latest(usb)).toBe(latest(hub));
  });

  it.each([
    ['filters', 'snapshots.mode = "btrfs"\nfilters = ["- *.tmp"]', 'btrfs-send-filters'],
    ['another mode of snapshots', 'snapshots.mode = "hard-link"', 'btrfs-send-needs-btrfs'],
  ])('is blocked with %s, and the sync before runs', (_, replica, code) => {
    spec(replica);
    const answer = run();
    expect(answer).toMatchObject({ code: 1, stdout: expect.stringContaining(code) });
    expect(answer.stdout).toContain('✓  photos');
    spec();
  });

  it('is blocked where it would not run as root, before anything is sent', () => {
    const text = sandbox.nbkp('facts', 'export').stdout.replace('"uid": 0', '"uid": 1000');
    const read = specFrom(readFileSync(sandbox.spec, 'utf8'), sandbox.spec);
    const input = { ...inputFor(read, JSON.parse(text) as Facts), executors: [...PLANNING, btrfsSend.planning] };
    const { syncs, findings } = buildPlan(input, Object.values(read.syncs), 'backup');
    expect(syncs).toMatchObject([{ name: 'offsite', state: 'blocked' }, { name: 'photos' }]);
    expect(findings).toMatchObject([{ code: 'btrfs-send-needs-root', sync: 'offsite' }]);
  });

  it('is refused with a setting that there is not, at its place', () => {
    spec('snapshots.mode = "btrfs"\nbtrfs-send = { compresed = true }');
    expect(sandbox.nbkp('plan')).toMatchObject({ code: 65, stderr: expect.stringContaining('compressed') });
    spec();
  });

  it('leaves alone what somebody has put where it would receive, and says where', () => {
    writeFileSync(join(dir.path, 'laptop/photos/8.jpg'), 'eight');
    expect(run('--only', 'photos')).toMatchObject({ code: 0 });
    const left = join(usb.path, 'photos/snapshots', `.partial-${latest(hub).slice('snapshots/'.length)}`);
    mkdirSync(left);
    writeFileSync(join(left, 'note'), 'mine');
    const { code, stdout } = run('--only', 'offsite');
    expect({ code, stdout }).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Look at it, and move it away'),
    });
    expect(readdirSync(left)).toEqual(['note']);
    rmSync(left, { recursive: true });
    expect(run('--only', 'offsite')).toMatchObject({ code: 0 });
    expect(latest(usb)).toBe(latest(hub));
  });

  it('ends when it takes longer than its timeout, and the next run sends all of it', async () => {
    writeFileSync(join(dir.path, 'laptop/photos/9.jpg'), 'nine');
    expect(run('--only', 'photos')).toMatchObject({ code: 0 });
    spec('snapshots.mode = "btrfs"\ntimeout = "1s"');
    // The real receiver cannot be made slow.
    const { code, stdout } = runWhen('sleep 60');
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('transfer-timed-out') });
    spec();
    expect(run('--only', 'offsite')).toMatchObject({ code: 0 });
    const [there, here] = await copies();
    expect(here).toEqual(there);
  });

  it('says that the drive is gone when it is pulled meanwhile, and leaves its empty mountpoint alone', async () => {
    writeFileSync(join(dir.path, 'laptop/photos/10.jpg'), 'ten');
    expect(run('--only', 'photos')).toMatchObject({ code: 0 });
    const { code, stdout } = runWhen(`umount -l ${usb.path}`);
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('error[drive-gone]') });
    expect(readdirSync(usb.path)).toEqual([]);
    await usb.mount();
    expect(run('--only', 'offsite')).toMatchObject({ code: 0 });
    const [there, here] = await copies();
    expect(here).toEqual(there);
  });

  it('says that the drive is full, and what makes room, and keeps what was there', async () => {
    writeFileSync(join(dir.path, 'laptop/photos/11.jpg'), randomBytes(20 * 1024 * 1024));
    expect(run('--only', 'photos')).toMatchObject({ code: 0 });
    const before = latest(usb);
    const filler = join(usb.path, 'filler');
    expect(() => execFileSync('dd', ['if=/dev/urandom', `of=${filler}`, 'bs=1M'], { stdio: 'ignore' })).toThrow();
    const { code, stdout } = run('--only', 'offsite');
    expect({ code, stdout }).toMatchObject({ code: 1, stdout: expect.stringContaining('error[disk-full]') });
    expect(stdout).toContain('nbkp snapshots prune');
    expect(latest(usb)).toBe(before);
    rmSync(filler);
    expect(run('--only', 'offsite')).toMatchObject({ code: 0 });
    const [there, here] = await copies();
    expect(here).toEqual(there);
  });

  it('sends compressed extents as they are when that is wished', () => {
    spec('snapshots.mode = "btrfs"\nbtrfs-send = { compressed = true }');
    writeFileSync(join(dir.path, 'laptop/photos/7.jpg'), 'seven');
    expect(run()).toMatchObject({ code: 0 });
    expect(latest(usb)).toBe(latest(hub));
  });
});

describeWithMounts('a chain between volumes that are subvolumes of a larger btrfs', () => {
  let btrfs: BtrfsMount;
  let dir: TempDir;
  let sandbox: Sandbox;
  const place = (name: string): string => join(dir.path, name);

  beforeAll(async () => {
    [btrfs, dir] = await Promise.all([makeBtrfs(), makeTempDir()]);
    sandbox = new Sandbox(dir.path);
    sandbox.files({ 'laptop/photos/1.jpg': 'one' });
    usePackage(sandbox, 'btrfs-send');
    const device = execFileSync('findmnt', ['-no', 'SOURCE', btrfs.path], { encoding: 'utf8' }).trim();
    for (const name of ['hub', 'usb']) {
      execFileSync('btrfs', ['-q', 'subvolume', 'create', join(btrfs.path, `@${name}`)]);
      mkdirSync(place(name));
      execFileSync('mount', ['-o', `subvol=@${name}`, device, place(name)]);
    }
    sandbox.writeSpec(`version = 1
volumes.laptop.path = "${place('laptop')}"
volumes.hub.path = "${place('hub')}"
volumes.usb.path = "${place('usb')}"
syncs.photos = { source = "laptop:photos", destination = "hub:photos", snapshots.mode = "btrfs" }
syncs.offsite = { source = "hub:photos", destination = "usb:photos", transfer = "btrfs-send", snapshots.mode = "btrfs" }
`);
    expect(sandbox.nbkp('prepare', '--yes')).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    for (const name of ['hub', 'usb']) execFileSync('umount', [place(name)]);
    await Promise.all([btrfs.remove(), dir.remove()]);
  });

  it('knows what both ends have, whatever is called the same elsewhere', () => {
    expect(sandbox.nbkp('run')).toMatchObject({ code: 0 });
    const [sent = ''] = readdirSync(place('usb/photos/snapshots'));
    execFileSync('btrfs', ['-q', 'subvolume', 'create', join(btrfs.path, sent)]);
    writeFileSync(place('laptop/photos/2.jpg'), 'two');
    expect(sandbox.nbkp('plan').stdout).toContain(`what has changed since ${sent}`);
    expect(sandbox.nbkp('run')).toMatchObject({ code: 0 });
    expect(readlinkSync(place('usb/photos/latest'))).toBe(readlinkSync(place('hub/photos/latest')));
  });
});
