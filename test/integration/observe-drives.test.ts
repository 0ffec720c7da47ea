import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { observeLocal, transportThrough } from '../support/observing.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const sh = (script: string, ...args: string[]) => execFileSync('sh', ['-c', script, 'sh', ...args], { stdio: 'pipe' });

let dir: TempDir;

beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

describe('a btrfs drive', () => {
  let drive: BtrfsMount;

  beforeEach(async () => {
    drive = await makeBtrfs(120);
  });
  afterEach(() => drive.remove());

  it('has subvolumes and read-only snapshots among its directories', async () => {
    sh(
      `cd "$1" && mkdir -p e/snapshots/plain && btrfs -q subvolume create e/staging && cd e/snapshots &&
       btrfs -q subvolume snapshot -r ../staging 2026-03-06T14:30:00.000Z &&
       btrfs -q subvolume create "a
b" && ln -s plain link && touch file`,
      drive.path,
    );
    const { endpoints, volumes } = await observeLocal({ volumes: { v: drive.path }, endpoints: [['v', 'e']] });
    expect(endpoints['v:e']).toMatchObject({
      directory: {
        subvolume: false,
        freeInodes: null,
        mount: { fsType: 'btrfs', target: drive.path, uuid: drive.uuid },
      },
      staging: { subvolume: true, inode: '256', realPath: join(drive.path, 'e/staging') },
      snapshots: {
        '2026-03-06T14:30:00.000Z': { kind: 'subvolume' },
        'a\nb': { kind: 'subvolume' },
        plain: { kind: 'directory' },
        link: { kind: 'symlink' },
        file: { kind: 'file' },
      },
    });
    expect(volumes.v?.directory?.subvolume).toBe(true);
    expect(volumes.v?.directory?.mount?.options).toContain('user_subvol_rm_allowed');
  });

  it('that is mounted read-only is not writable, whatever the shell says', async () => {
    execFileSync('mount', ['-o', 'remount,ro', drive.path]);
    for (const shell of [['dash'], ['bash'], ['busybox', 'sh']]) {
      const local = transportThrough([], shell);
      const { volumes } = await observeLocal({ volumes: { v: drive.path } }, { local });
      expect([shell, volumes.v?.directory?.writable]).toEqual([shell, false]);
    }
  });

  it('is found by its UUID in any case, and is not known any more when it is unmounted', async () => {
    const asked = { volumes: { v: { uuid: drive.uuid.toUpperCase() } }, endpoints: [['v', 'x']] as [string, string][] };
    mkdirSync(join(drive.path, 'x'));
    const mounted = await observeLocal(asked);
    expect(mounted.volumes.v).toMatchObject({
      path: drive.path,
      directory: { realPath: drive.path, mount: { target: drive.path, uuid: drive.uuid } },
    });
    expect(mounted.endpoints['v:x']?.path).toBe(join(drive.path, 'x'));

    await drive.unmount();
    const unmounted = await observeLocal(asked);
    expect(unmounted.volumes.v).toMatchObject({ path: null, directory: null });
    expect(unmounted.endpoints).toEqual({});
  });

  it('shows whether its device is mounted at a given path, or only a folder is there', async () => {
    const asked = { volumes: { v: { path: drive.path, uuid: drive.uuid } } };
    expect((await observeLocal(asked)).volumes.v?.directory?.mount).toMatchObject({
      target: drive.path,
      uuid: drive.uuid,
    });
    await drive.unmount();
    const bare = (await observeLocal(asked)).volumes.v;
    expect(bare?.path).toBe(drive.path);
    expect(bare?.directory?.mount?.target).not.toBe(drive.path);
    expect(bare?.directory?.mount?.uuid).not.toBe(drive.uuid);
  });

  it('is found where its own root is mounted, not where a folder or subvolume of it is, if there is a choice', async () => {
    const nasty = join(dir.path, `it's "a"\n$\\x41\` é%*[a]`);
    const whole = join(dir.path, 'whole');
    mkdirSync(nasty);
    mkdirSync(whole);
    execFileSync('btrfs', ['-q', 'subvolume', 'create', join(drive.path, 'sub')]);
    execFileSync('mount', ['--bind', join(drive.path, 'sub'), nasty]);
    try {
      const find = async () => (await observeLocal({ volumes: { v: { uuid: drive.uuid } } })).volumes.v;
      expect((await find())?.path).toBe(drive.path);
      await drive.unmount();
      // Only the subvolume is mounted now, and the name of its mount point is hard on findmnt and the shell.
      expect(await find()).toMatchObject({ path: nasty, directory: { realPath: nasty, mount: { target: nasty } } });
      execFileSync('mount', ['-o', 'loop', drive.image, whole]);
      expect((await find())?.path).toBe(whole);
    } finally {
      sh('umount "$1"; mountpoint -q "$2" && umount "$2" || :', nasty, whole);
    }
  });
});

describe('fstab', () => {
  /** This machine with another /etc/fstab. */
  function withFstab(text: string, before = ':') {
    const fstab = join(dir.path, 'fstab');
    writeFileSync(fstab, text);
    const script = `mount --bind "$0" /etc/fstab && { ${before}; } && exec "$@"`;
    return transportThrough(['unshare', '--mount', 'sh', '-c', script, fstab]);
  }

  it('tells that nothing is mounted where something should be', async () => {
    dir.make('my drive/photos');
    const escaped = join(dir.path, 'my\\040drive');
    const local = withFstab(`# comment\nUUID=1234 ${escaped} ext4 noauto 0 0\n/dev/sdz9 none swap sw 0 0`);
    const volumes = { a: join(dir.path, 'my drive'), b: join(dir.path, 'my drive/photos/none'), c: dir.path };
    const facts = await observeLocal({ volumes }, { local });
    expect(facts.volumes.a).toMatchObject({ unmountedFstabTarget: volumes.a });
    expect(facts.volumes.b).toMatchObject({ unmountedFstabTarget: volumes.a, directory: null });
    expect(facts.volumes.c).toMatchObject({ unmountedFstabTarget: null });
  });

  it('is content when something is mounted there, or between there and the volume', async () => {
    dir.make('drive/inner');
    const drive = join(dir.path, 'drive');
    const mounted = withFstab(`x ${drive} tmpfs defaults`, `mount -t tmpfs x '${drive}'`);
    const inner = withFstab(`x ${drive} tmpfs defaults`, `mount -t tmpfs x '${drive}/inner'`);
    const target = async (path: string, local: typeof mounted) =>
      (await observeLocal({ volumes: { v: path } }, { local })).volumes.v;
    expect(await target(drive, mounted)).toMatchObject({
      unmountedFstabTarget: null,
      directory: { mount: { fsType: 'tmpfs' } },
    });
    expect(await target(join(drive, 'inner'), inner)).toMatchObject({ unmountedFstabTarget: null });
    expect(await target(drive, inner)).toMatchObject({ unmountedFstabTarget: drive });
  });

  it('may be missing', async () => {
    const local = transportThrough(['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs x /etc && exec "$0" "$@"']);
    const { volumes } = await observeLocal({ volumes: { v: dir.path } }, { local });
    expect(volumes.v).toMatchObject({ unmountedFstabTarget: null, directory: { realPath: dir.path } });
  });
});

describe('a file system that hangs', () => {
  it('makes its host unreachable after a while instead of holding us up', async () => {
    // FUSE whose server never answers, as NFS does whose server is gone.
    const script =
      'exec 3<>/dev/fuse; mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 x "$1"; echo; read end';
    const server = spawn('sh', ['-c', script, 'sh', dir.path], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise((resolve) => server.stdout.once('data', resolve));
    try {
      const { hosts } = await observeLocal({ volumes: { v: dir.path } }, { timeoutMs: 1000 });
      expect(hosts.local).toMatchObject({
        reachable: false,
        reason: expect.stringContaining('no answer within 1 s') as unknown,
      });
    } finally {
      execFileSync('umount', ['-f', '-l', dir.path]);
      server.stdin.end();
    }
  });
});
