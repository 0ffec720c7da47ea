import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ListDocument } from '../../src/planner/model/browsing.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import { Sandbox, type Answer } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { Machine } from './machine.ts';
import { describeInLab } from './requirements.ts';

const MARKER = 'marker-77ab03';

describeInLab('drives of a server', () => {
  let machine: Machine;
  let dir: TempDir;
  let sandbox: Sandbox;
  const nbkp = (...args: string[]): Answer => sandbox.nbkpThrough(['nsenter', `--net=${machine.network}`], ...args);
  const opened = (): Promise<string> =>
    machine.must('findmnt --noheadings -o TARGET -t ext4,btrfs,vfat || true; ls /dev/mapper');

  beforeAll(async () => {
    dir = await makeTempDir();
    machine = await Machine.start();
    const ids = await machine.must(`
      ready_drive red 160M btrfs ${MARKER}; ready_drive blue 60M ext4 ${MARKER}; ready_drive stick 40M vfat
      mkdir -p /run/sshd /run/keys; ssh-keygen -q -t ed25519 -N '' -f /run/keys/host`);
    const [red = '', blue = '', stick = ''] = ids.split('\n');
    const key = join(dir.path, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
    writeFileSync(join(machine.folder, 'authorized'), readFileSync(`${key}.pub`));
    const hostKey = await machine.must(`install -m 600 /run/lab/authorized /run/keys/authorized
      printf 'HostKey /run/keys/host\\nPidFile none\\nUsePAM no\\nStrictModes no\\nPermitRootLogin yes\\nAuthorizedKeysFile /run/keys/authorized\\n' >/run/keys/config
      /usr/sbin/sshd -f /run/keys/config; cut -d' ' -f1,2 /run/keys/host.pub`);
    writeFileSync(join(dir.path, 'known'), `10.77.0.2 ${hostKey}\n`);
    sandbox = new Sandbox(dir.path);
    sandbox.files({ 'data/docs/one': 'one\n', 'data/.nbkp-vol': '', 'data/docs/.nbkp-src': '' });
    mkdirSync(join(dir.path, 'secrets'));
    for (const name of ['red', 'blue']) writeFileSync(join(dir.path, 'secrets', name), MARKER, { mode: 0o600 });
    sandbox.writeSpec(`version = 1
[ssh.home]
host = "10.77.0.2"
key = "${key}"
known-hosts-file = "${dir.path}/known"
connect-timeout = 300
[volumes]
here.path = "${dir.path}/data"
red = { ssh = "home", mount = { device-uuid = "${red}", encryption.type = "luks" } }
blue = { ssh = "home", mount = { device-uuid = "${blue}", encryption.type = "luks" } }
stick = { ssh = "home", mount.device-uuid = "${stick}" }
[syncs.up]
source = "here:docs"
destination = "red:docs"
snapshots.mode = "btrfs"
[syncs.more]
source = "here:docs"
destination = "blue:docs"
snapshots.mode = "hard-link"
[syncs.stick]
source = "here:docs"
destination = "stick:docs"
rsync.options = ["-rt", "--delete", "--modify-window=1"]
[credentials]
provider = "file"
directory = "${dir.path}/secrets"
`);
  });

  afterAll(async () => {
    await machine.stop();
    await dir.remove();
  });

  it('are unlocked and mounted there for a run, written to from here, and closed again', async () => {
    const looking = machine.must(`look_for_secret ${MARKER}; grep -qaF 'udisksctl unlock --block-device' /run/seen`);
    // One after the other: three probes at once take the slow machine longer than a probe may take.
    const { code, stdout, stderr } = nbkp('run', '--parallel', '1');
    await machine.must('touch /run/enough');
    expect(code, stdout + stderr).toBe(0);
    expect(await looking).toBe('/proc/PLANTED/environ');
    expect(stdout).toContain('3 succeeded');
    for (const name of ['red', 'blue', 'stick']) {
      expect(stdout).toMatch(new RegExp(`^✓ +${name} +closed: safe to unplug$`, 'm'));
    }
    expect(await opened()).toBe('control');
    const seen = await machine.must(`for drive in red blue; do
        printf ${MARKER} | cryptsetup open "$(device_of $drive)" look; mount /dev/mapper/look /mnt
        cat /mnt/docs/latest/one; umount /mnt; cryptsetup close look; done
      mount "$(device_of stick)" /mnt; cat /mnt/docs/one; umount /mnt`);
    expect(seen).toBe('one\none\none');
    expect(spawnSync('grep', ['-rlF', MARKER, sandbox.state]).status).toBe(1);
  });

  it('are opened for a look where --mount says so, and closed again', async () => {
    await machine.must('touch /run/enough');
    const closed = nbkp('ls', 'more');
    expect(closed.code, closed.stderr).toBe(4);
    expect(closed.stderr).toContain('blue is plugged in and locked.');
    const listed = nbkp('ls', 'more', '--mount', '--json');
    expect(listed.code, listed.stderr).toBe(0);
    expect((JSON.parse(listed.stdout) as ListDocument).entries.map(({ name }) => name)).toContain('one');
    expect(await opened()).toBe('control');
    const target = join(dir.path, 'restored');
    const restored = nbkp('restore', 'more', 'one', '--mount', '--to', target, '--yes');
    expect(restored.code, restored.stdout + restored.stderr).toBe(0);
    expect(readFileSync(join(target, 'one'), 'utf8')).toBe('one\n');
    expect(await opened()).toBe('control');
    for (const [shown, ...words] of [
      [/passed/, 'check', '--only', 'more'],
      [/latest names it/, 'snapshots', 'list', '--only', 'more'],
      [/1 of 1 file/, 'verify', 'more'],
    ] as const) {
      const looked = nbkp(...words, '--mount');
      expect([looked.code, looked.stdout], looked.stderr).toEqual([0, expect.stringMatching(shown)]);
      expect(await opened()).toBe('control');
    }
    const missing = nbkp('ls', 'more', 'nothing', '--mount');
    expect(missing.code, missing.stderr).toBe(1);
    expect(await opened()).toBe('control');
    expect(spawnSync('grep', ['-rlF', MARKER, sandbox.state]).status).toBe(1);
  });

  it('that are not plugged in skip their syncs, and the others are planned', async () => {
    await machine.must('unplug red');
    const { code, stdout } = nbkp('plan', '--json');
    expect(code).toBe(0);
    const { syncs } = JSON.parse(stdout) as Plan;
    expect(Object.fromEntries(syncs.map(({ name, state }) => [name, state]))).toEqual({
      more: 'planned',
      stick: 'planned',
      up: 'skipped',
    });
    expect(await opened()).toBe('control');
  });
});
