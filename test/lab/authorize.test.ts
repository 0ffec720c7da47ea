import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Answer } from '../support/sandbox.ts';
import { Machine } from './machine.ts';
import { describeInLab } from './requirements.ts';

const NBKP = `${process.execPath} ${fileURLToPath(new URL('../../bin/run.js', import.meta.url))}`;
const NOT_AUTHORIZED = { code: 1, stderr: expect.stringContaining('Not authorized') };

describeInLab('what `volumes authorize` prints, given to polkit', () => {
  let machine: Machine;
  /** As the user whom the rule is for: $box is the drive of the spec, $other is not. */
  const asNomad = (script: string): Promise<Answer> =>
    machine.run(`export box=$(device_of box) other=$(device_of other)
      cat >/run/script <<'END'
      unlock() { printf secret | udisksctl unlock -b "$1" --key-file /dev/stdin --no-user-interaction; }
      mount() { udisksctl mount -b "$1" --no-user-interaction; }
      ${script}
END
      HOME=/home/nomad runuser -u nomad -- bash /run/script`);

  beforeAll(async () => {
    machine = await Machine.start();
    await machine.must(`
      for drive in box other; do
        make_drive $drive 40M; device=$(plug $drive); luks "$device" secret
        printf secret | cryptsetup open "$device" new; mkfs.ext4 -q -L $drive /dev/mapper/new; cryptsetup close new
      done
      make_drive plain 40M; mkfs.ext4 -q "$(plug plain)"; udevadm settle
      uuid=$(blkid -p -s UUID -o value "$(device_of box)")
      cat >/etc/nbkp.toml <<END
version = 1
volumes.box = { mount = { device-uuid = "$uuid", encryption.type = "luks" } }
volumes.home.path = "/home/nomad"
syncs.home = { source = "home", destination = "box:home" }
END`);
  });
  afterAll(() => machine.stop());

  it('was refused before', async () => {
    expect(await asNomad('unlock $box')).toMatchObject(NOT_AUTHORIZED);
  });

  it('lets the user unlock and mount that drive, and unmount and lock it again', async () => {
    await machine.must(
      `${NBKP} volumes authorize -c /etc/nbkp.toml --user nomad >/etc/polkit-1/rules.d/50-nbkp-nomad.rules`,
    );
    // polkit sees the new file by itself, soon.
    await expect.poll(() => asNomad('unlock $box'), { timeout: 20_000 }).toMatchObject({ code: 0 });
    const used = await asNomad('set -e; mount /dev/dm-0; udisksctl unmount -b /dev/dm-0; udisksctl lock -b $box');
    expect(used.stderr).toBe('');
    expect(used.stdout).toMatch(/^Mounted \/dev\/dm-0 at \/media\/nomad\/box\n/);
  });

  it('allows nothing else: no other drive, and not what others have mounted', async () => {
    expect(await asNomad('unlock $other')).toMatchObject(NOT_AUTHORIZED);
    await machine.must('udisksctl mount -b "$(device_of plain)"');
    const unmounting = await asNomad(`udisksctl unmount -b "$(findmnt --noheadings -o SOURCE --raw -t ext4)"`);
    expect(unmounting).toMatchObject(NOT_AUTHORIZED);
    const loop = await asNomad('truncate -s 1M ~/image; udisksctl loop-setup --file ~/image --no-user-interaction');
    expect(loop).toMatchObject(NOT_AUTHORIZED);
  });
});
