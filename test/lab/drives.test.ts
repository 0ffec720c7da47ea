import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer } from '../support/sandbox.ts';
import { Machine } from './machine.ts';
import { describeInLab } from './requirements.ts';

const NBKP = `${process.execPath} ${fileURLToPath(new URL('../../bin/run.js', import.meta.url))}`;
/** Planted where the passphrase comes from, and looked for wherever it must not be. */
const MARKER = 'marker-5f2c91';

describeInLab('a run with a locked drive', () => {
  let machine: Machine;
  const nbkp = (args: string): Promise<Answer> => machine.run(`HOME=/home/nomad ${NBKP} ${args} -c /etc/nbkp.toml`);
  const opened = (): Promise<string> => machine.must('findmnt --noheadings -o TARGET -t ext4 || true; ls /dev/mapper');

  beforeAll(async () => {
    machine = await Machine.start();
    await machine.must(`
      make_drive box 60M; device=$(plug box); luks "$device" ${MARKER}
      printf ${MARKER} | cryptsetup open "$device" new; mkfs.ext4 -q -L box /dev/mapper/new
      mount /dev/mapper/new /mnt; mkdir -p /mnt/docs/snapshots; touch /mnt/.nbkp-vol /mnt/docs/.nbkp-dst
      ln -s /dev/null /mnt/docs/latest; umount /mnt; cryptsetup close new; udevadm settle
      mkdir -p /run/home/docs /run/secrets; touch /run/home/.nbkp-vol /run/home/docs/.nbkp-src; echo one >/run/home/docs/one
      (umask 077; echo ${MARKER} >/run/secrets/box)
      cat >/etc/nbkp.toml <<END
version = 1
volumes.box = { mount = { device-uuid = "$(blkid -p -s UUID -o value "$device")", encryption.type = "luks" } }
volumes.home.path = "/run/home"
syncs.docs = { source = "home:docs", destination = "box:docs", snapshots = { mode = "hard-link", keep.last = 1 } }
credentials = { provider = "file", directory = "/run/secrets" }
END`);
  });
  afterAll(() => machine.stop());

  it('is planned with what opens and closes the drive, and with what only the open drive can tell', async () => {
    const { stdout, code } = await nbkp('plan');
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(/unlock.*mount.*transfer.*decided when box is open.*unmount.*lock/s);
    expect(await opened()).toBe('control');
  });

  it('opens it, backs up, closes it, and leaves the passphrase in nothing that it wrote', async () => {
    const { stdout, stderr, code } = await nbkp('run --events /run/events');
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain('closed: safe to unplug');
    expect(await opened()).toBe('control');
    expect(await machine.run(`grep -rlF ${MARKER} /var/lib/nbkp /run/events`)).toMatchObject({ code: 1, stdout: '' });
    expect(stdout + stderr).not.toContain(MARKER);
  });

  it('prunes what only the open drive could tell, and leaves it open with --keep-mounted', async () => {
    await machine.must('echo two >/run/home/docs/two');
    const { stdout, stderr, code } = await nbkp('run --keep-mounted');
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain('still open: not safe to unplug');
    expect(await opened()).toMatch(/^\/media\/root\/box\n/);
    const seen = 'ls /media/root/box/docs/snapshots | wc -l; cat /media/root/box/docs/latest/two';
    expect(await machine.must(seen)).toBe('1\ntwo');
  });
});
