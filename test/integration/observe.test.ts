import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { observeLocal, transportThrough } from '../support/observing.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let root: string;

beforeEach(async () => {
  dir = await makeTempDir();
  root = dir.path;
});
afterEach(() => dir.remove());

describe('the host', () => {
  it('is this machine, its user and its tools', async () => {
    const { hosts, machine, basis } = await observeLocal({ volumes: {} });
    const [, version = ''] = /version (\S+)/.exec(execFileSync('rsync', ['--version'], { encoding: 'utf8' })) ?? [];
    expect(hosts.local).toEqual({
      reachable: true,
      os: 'linux',
      home: homedir(),
      user: userInfo().username,
      uid: userInfo().uid,
      rsync: { kind: 'rsync', version },
      btrfs: true,
      flock: true,
      // The tests need it only where they may start the lab.
      udisks: spawnSync('which', ['udisksctl']).status === 0,
      perl: spawnSync('which', ['perl']).status === 0,
    });
    expect(machine).toEqual({ hostname: hostname(), user: userInfo().username });
    expect(basis).toBe('observed');
  });

  it('has no rsync, btrfs and flock when they are not in PATH', async () => {
    dir.make('bin');
    for (const tool of ['sh', 'cat', 'uname', 'id', 'stat', 'findmnt']) {
      symlinkSync(execFileSync('which', [tool], { encoding: 'utf8' }).trim(), join(root, 'bin', tool));
    }
    const local = transportThrough(['env', `PATH=${root}/bin`]);
    const { hosts, volumes } = await observeLocal({ volumes: { v: root } }, { local });
    expect(hosts.local).toMatchObject({ reachable: true, os: 'linux', rsync: null, btrfs: false, flock: false });
    expect(volumes.v?.directory?.mount).not.toBeNull();
  });

  // Recorded answers: what each program prints on standard output, and on standard error.
  it.each([
    [
      'openrsync as macOS has it',
      'openrsync: protocol version 29\nrsync version 2.6.9 compatible',
      '',
      'openrsync',
      '2.6.9',
    ],
    ['openrsync that tells it on standard error', '', 'openrsync: protocol version 27', 'openrsync', ''],
    ['rsync 3.1', 'rsync  version 3.1.3  protocol version 31\nCopyright (C) 1996-2018', '', 'rsync', '3.1.3'],
    ['rsync beside a warning', 'rsync  version 3.2.7  protocol version 31', 'ld.so: not preloaded', 'rsync', '3.2.7'],
    ['something else', '', 'rsync: unknown option', 'unknown', ''],
  ])('has %s', async (_, said, complained, kind, version) => {
    dir.make('bin');
    writeFileSync(join(root, 'out'), said === '' ? '' : `${said}\n`);
    writeFileSync(join(root, 'err'), `${complained}\n`);
    writeFileSync(join(root, 'bin/rsync'), `#!/bin/sh\ncat ${root}/out\ncat ${root}/err >&2\n`);
    chmodSync(join(root, 'bin/rsync'), 0o755);
    const local = transportThrough(['env', `PATH=${root}/bin:${process.env['PATH'] ?? ''}`]);
    const { hosts } = await observeLocal({ volumes: {} }, { local });
    expect(hosts.local).toMatchObject({ rsync: { kind, version } });
  });

  it('knows no mounts without findmnt, and everything else', async () => {
    dir.make('bin');
    for (const tool of ['sh', 'cat', 'uname', 'id', 'stat']) {
      symlinkSync(execFileSync('which', [tool], { encoding: 'utf8' }).trim(), join(root, 'bin', tool));
    }
    const local = transportThrough(['env', `PATH=${root}/bin`]);
    const { volumes } = await observeLocal({ volumes: { v: root } }, { local });
    expect(volumes.v?.directory).toMatchObject({ realPath: root, mount: null, subvolume: false });
  });

  it('finds the home of the user when the environment of a service has none', async () => {
    const local = transportThrough(['env', '-u', 'HOME']);
    const { hosts, volumes } = await observeLocal({ volumes: { v: '~' } }, { local });
    expect(hosts.local).toMatchObject({ home: userInfo().homedir });
    expect(volumes.v?.path).toBe(userInfo().homedir);
  });

  it('is not reachable when the answer does not come in time', async () => {
    const local = transportThrough([], ['sh', '-c', 'sleep 300']);
    const { hosts, volumes, endpoints } = await observeLocal(
      { volumes: { v: root, home: '~', drive: { uuid: 'x' } }, endpoints: [['v', '']] },
      { local, timeoutMs: 50 },
    );
    expect(hosts.local).toEqual({
      reachable: false,
      reason: 'no answer within 0.05 s: one of its file systems may hang',
    });
    const unknown = { path: null, directory: null, sentinel: false, unmountedFstabTarget: null };
    expect(volumes).toEqual({ v: { ...unknown, path: root }, home: unknown, drive: unknown });
    expect(endpoints).toEqual({});
  });

  it('is not reachable when its shell cannot be started or says something else', async () => {
    const noShell = transportThrough(['/no/such/shell']);
    expect((await observeLocal({ volumes: {} }, { local: noShell })).hosts.local).toEqual({
      reachable: false,
      reason: 'sh could not be started (ENOENT)',
    });
    const mute = transportThrough([], ['sh', '-c', 'echo This account is not available.; exit 1']);
    expect((await observeLocal({ volumes: {} }, { local: mute })).hosts.local).toEqual({
      reachable: false,
      reason: 'the answer was not complete (exit code 1)',
    });
  });
});

describe('filter files', () => {
  it('are read from the folder of the spec, the home or an absolute path, with empty lines for comments', async () => {
    writeFileSync(join(root, 'rules'), '# comment\n; too\n\n- *.tmp\r\n+ /a b/\n- #x');
    const specPath = join(root, 'nbkp.toml');
    const rules = ['', '', '', '- *.tmp', '+ /a b/', '- #x'];
    const absolute = join(root, 'rules');
    const filterFiles = ['rules', './rules', absolute, 'missing', '.', '~/.nbkp-no-such-file'];
    expect((await observeLocal({ volumes: {}, filterFiles }, { specPath })).filterFiles).toEqual({
      rules,
      './rules': rules,
      [absolute]: rules,
      missing: null,
      '.': null,
      '~/.nbkp-no-such-file': null,
    });
  });

  it('count as not readable when they are not UTF-8 or a pipe', async () => {
    writeFileSync(join(root, 'latin'), Buffer.from('- caf\xe9\n', 'latin1'));
    execFileSync('mkfifo', [join(root, 'pipe')]);
    const { filterFiles } = await observeLocal(
      { volumes: {}, filterFiles: ['latin', 'pipe'] },
      { specPath: join(root, 'nbkp.toml') },
    );
    expect(filterFiles).toEqual({ latin: null, pipe: null });
  });
});
