import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer } from '../support/sandbox.ts';
import { Machine } from './machine.ts';
import { describeInLab } from './requirements.ts';

const NBKP = `${process.execPath} ${fileURLToPath(new URL('../../bin/run.js', import.meta.url))}`;
/** Planted where the passphrase comes from, and looked for wherever it must not be. */
const MARKER = 'marker-5f2c91';

describeInLab('a run with a locked drive and a stick', () => {
  let machine: Machine;
  const nbkp = (args: string): Promise<Answer> => machine.run(`HOME=/home/nomad ${NBKP} ${args} -c /etc/nbkp.toml`);
  const opened = (): Promise<string> =>
    machine.must('findmnt --noheadings -o TARGET -t ext4,vfat || true; ls /dev/mapper');

  beforeAll(async () => {
    machine = await Machine.start();
    // The unlock takes long enough to be seen.
    await machine.must(`
      mkdir -p /run/home/docs /run/secrets; touch /run/home/.nbkp-vol /run/home/docs/.nbkp-src; echo one >/run/home/docs/one
      chmod 600 /run/home/docs/one; ln -s one /run/home/docs/link
      (umask 077; echo ${MARKER} >/run/secrets/box)
      cat >/etc/nbkp.toml <<END
version = 1
volumes.box.mount = { device-uuid = "$(ready_drive box 60M ext4 ${MARKER} --pbkdf-force-iterations 100000)", encryption.type = "luks" }
volumes.stick.mount.device-uuid = "$(ready_drive stick 40M vfat)"
volumes.home.path = "/run/home"
credentials = { provider = "file", directory = "/run/secrets" }
[syncs.docs]
source = "home:docs"
destination = "box:docs"
snapshots = { mode = "hard-link", keep.last = 1 }
[syncs.stick]
source = "home:docs"
destination = "stick:docs"
END`);
  });
  afterAll(() => machine.stop());

  it('is planned with what opens and closes them, and with what only the open drive can tell', async () => {
    const { stdout, code } = await nbkp('plan');
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(/unlock.*mount.*transfer.*decided when box is open.*unmount.*lock/s);
    expect(await opened()).toBe('control');
  });

  it('opens them, backs up, closes them, and shows the passphrase to nobody and in nothing that it wrote', async () => {
    // mkfs.vfat has made what looks like a partition, too: the stick has two devices with its short UUID.
    expect(await machine.must('lsblk -no UUID "$(device_of stick)"')).toMatch(/^([0-9A-F]{4}-[0-9A-F]{4})\n\1$/);
    await machine.must('touch /run/before');
    const looking = machine.must(`look_for_secret ${MARKER}
      grep -aoF 'udisksctl unlock --block-device' /run/seen | sort -u`);
    const { stdout, stderr, code } = await nbkp('run --events /run/events');
    await machine.must('touch /run/enough');
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/box.*closed: safe to unplug/s);
    expect(stdout).toMatch(/stick.*closed: safe to unplug/s);
    expect(await opened()).toBe('control');
    expect((await looking).split('\n')).toEqual(['/proc/PLANTED/environ', 'udisksctl unlock --block-device']);
    // Not /tmp itself, which has what other tests write on this machine meanwhile.
    const written = await machine.must(`find /run /written -ignore_readdir_race -xdev -type f -newer /run/before \\
        -not -path /run/patterns >/run/found || true; xargs -d '\\n' grep -lF ${MARKER} </run/found || true; grep -c . /run/found`);
    expect(Number(written)).toBeGreaterThan(5);
    await machine.must(`grep -q '^/written/var/lib/nbkp/' /run/found`);
    expect(stdout + stderr).not.toContain(MARKER);
    const copied = 'mount "$(device_of stick)" /mnt; cat /mnt/docs/one; umount /mnt';
    expect(await machine.must(copied)).toBe('one');
  });

  it('prunes what only the open drive could tell, and leaves it open with --keep-mounted', async () => {
    await machine.must('echo two >/run/home/docs/two');
    const { stdout, stderr, code } = await nbkp('run --keep-mounted --only docs');
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain('still open: not safe to unplug');
    expect(await opened()).toMatch(/^\/media\/root\/box\n/);
    const seen = 'ls /media/root/box/docs/snapshots | wc -l; cat /media/root/box/docs/latest/two';
    expect(await machine.must(seen)).toBe('1\ntwo');
  });
});
