import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer } from '../support/sandbox.ts';
import { Machine } from './machine.ts';
import { describeInLab } from './requirements.ts';

const NBKP = `${process.execPath} ${fileURLToPath(new URL('../../bin/run.js', import.meta.url))}`;
const UNTIL_OPEN = 'wait_until findmnt /media/root/box';

interface Listed {
  volumes: { name: string; drive: { state: string; opened: { kept: boolean; users: string[] } | null } }[];
}

describeInLab('a drive that several runs use', () => {
  let machine: Machine;
  const nbkp = (args: string, spec = 'one'): Promise<Answer> =>
    machine.run(`HOME=/home/nomad NBKP_PASSPHRASE_BOX=secret ${NBKP} ${args} -c /etc/${spec}.toml`);
  const closed = (): Promise<string> => machine.must('findmnt -t ext4 || true; ls /dev/mapper');
  const listed = async (): Promise<Listed['volumes']> => {
    const { stdout } = await nbkp('volumes list --json');
    return (JSON.parse(stdout) as Listed).volumes;
  };

  beforeAll(async () => {
    machine = await Machine.start();
    // Each spec has a hook that waits as long as the file of its name is there.
    await machine.must(`
      make_drive box 60M; device=$(plug box); luks "$device" secret
      printf secret | cryptsetup open "$device" new; mkfs.ext4 -q -L box /dev/mapper/new
      mount /dev/mapper/new /mnt; mkdir -p /mnt/one /mnt/two; touch /mnt/.nbkp-vol /mnt/one/.nbkp-dst /mnt/two/.nbkp-dst
      umount /mnt; cryptsetup close new; udevadm settle
      for name in one two; do
        mkdir -p /run/home/$name; touch /run/home/.nbkp-vol /run/home/$name/.nbkp-src; echo $name >/run/home/$name/file
        cat >/etc/$name.toml <<END
version = 1
volumes.box = { mount = { device-uuid = "$(blkid -p -s UUID -o value "$device")", encryption.type = "luks" } }
volumes.home.path = "/run/home"
credentials.provider = "env"
[syncs.$name]
source = "home:$name"
destination = "box:$name"
before = [["sh", "-c", "touch /run/begun-$name; while [ -e /run/hold-$name ]; do sleep 0.1; done"]]
END
      done`);
  });
  afterAll(() => machine.stop());

  it('stays open for the run that still needs it, and the last one closes it', async () => {
    await machine.must('touch /run/hold-one /run/hold-two');
    const first = nbkp('run', 'one');
    await machine.must(UNTIL_OPEN);
    const second = nbkp('run --json', 'two');
    await machine.must(
      'users() { [ "$(ls /var/lib/nbkp/drives/*/user-* | wc -l)" = 2 ]; }; wait_until users; rm /run/hold-one',
    );
    const { stdout, stderr, code } = await first;
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/left\s+open,\s+since\s+run\s+\S+\s+uses/);
    await machine.must('rm /run/hold-two');
    const last = await second;
    expect(last.code, last.stdout + last.stderr).toBe(0);
    expect(last.stdout).toContain('take-over:box');
    expect(await closed()).toBe('control');
  });

  it('is closed by recover when the run that had opened it was killed', async () => {
    await machine.must('touch /run/hold-one');
    const killed = machine.run(`NBKP_PASSPHRASE_BOX=secret ${NBKP} run -c /etc/one.toml & echo $! >/run/pid; wait $!`);
    await machine.must(`${UNTIL_OPEN}; kill -9 "$(cat /run/pid)"`);
    expect((await killed).code).toBe(137);
    await machine.must('until_udisks_knows_container "$(device_of box)"');
    await machine.must(
      'rm /run/hold-one; ended() { ! pgrep -f "while [[] -e /run/hold-one" >/dev/null; }; wait_until ended',
    );
    expect(await listed()).toMatchObject([{ drive: { state: 'mounted', opened: { kept: false, users: [] } } }]);
    const { stdout, stderr, code } = await nbkp('recover --yes');
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain('closed: safe to unplug');
    expect(await closed()).toBe('control');
  });

  it('is opened and closed by hand, and a run leaves it as it was', async () => {
    const opened = await nbkp('volumes mount box --yes');
    expect(opened.code, opened.stdout + opened.stderr).toBe(0);
    expect((await nbkp('run')).code).toBe(0);
    expect(await listed()).toMatchObject([{ drive: { state: 'mounted', opened: { kept: true } } }]);
    const { stdout, code } = await nbkp('volumes unmount --yes');
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('closed: safe to unplug');
    expect(await closed()).toBe('control');
  });

  it('is left open when somebody else had opened it before', async () => {
    await machine.must(`printf secret | udisksctl unlock -b "$(device_of box)" --key-file /dev/stdin
      udisksctl mount -b /dev/dm-0`);
    const { stdout, code } = await nbkp('run --json');
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('box is mounted already, at /media/root/box, and is left as it is.');
    expect(await listed()).toMatchObject([{ drive: { state: 'mounted', opened: null } }]);
    expect((await nbkp('volumes unmount box --yes')).code).toBe(0);
    expect(await closed()).toBe('control');
  });
});
