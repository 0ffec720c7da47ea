import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CheckDocument } from '../../src/planner/model/documents.ts';
import type { Answer } from '../support/sandbox.ts';
import { Machine } from './machine.ts';
import { describeInLab } from './requirements.ts';

const NOT_AUTHORIZED = { code: 1, stderr: expect.stringContaining('Not authorized') };

describeInLab('what `volumes authorize` prints, and `check` says of it', () => {
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
      make_drive stick 40M; mkfs.vfat "$(plug stick)" >/dev/null; unplug stick; plug stick
      uuid=$(blkid -p -s UUID -o value "$(device_of box)")
      cat >/etc/nbkp.toml <<END
version = 1
volumes.box = { mount = { device-uuid = "$uuid", encryption.type = "luks" } }
volumes.stick = { mount.device-uuid = "$(blkid -p -s UUID -o value "$(device_of stick)")" }
volumes.home.path = "/home/nomad"
syncs.home = { source = "home", destination = "box:home", snapshots = { mode = "btrfs", keep.last = 3 } }
syncs.more = { source = "home:more", destination = "stick:more" }
END`);
  });
  afterAll(() => machine.stop());

  /** What `nbkp check` says of drives, as `CODE VOLUME`, or `passed SUBJECT`. */
  const driveChecks = async () => {
    const { checks } = JSON.parse((await asNomad('nbkp check -c /etc/nbkp.toml --json')).stdout) as CheckDocument;
    return checks
      .filter(({ subject }) => /udisks|permission|deleting/.test(subject))
      .map(({ subject, finding, outcome, volume }) =>
        finding === undefined ? `${outcome} ${subject}` : `${finding.code} ${volume ?? ''}`,
      );
  };

  it('was refused before, and `check` had tried it', async () => {
    expect(await asNomad('unlock $box')).toMatchObject(NOT_AUTHORIZED);
    expect(await driveChecks()).toEqual([
      'passed udisks on this machine',
      'passed udisks2-btrfs on this machine',
      'polkit-not-authorized box',
      'polkit-not-authorized stick',
      'btrfs-prune-not-allowed box',
    ]);
  });

  it('lets the user unlock and mount that drive, and unmount and lock it again', async () => {
    await machine.must(`nbkp volumes authorize -c /etc/nbkp.toml --user nomad >/etc/polkit-1/rules.d/50-nbkp-nomad.rules
      printf '[defaults]\\n%s\\n' btrfs_defaults=user_subvol_rm_allowed btrfs_allow=user_subvol_rm_allowed \
        >/etc/udisks2/mount_options.conf`);
    // polkit sees the new file by itself, soon.
    await expect.poll(() => asNomad('unlock $box')).toMatchObject({ code: 0 });
    const used = await asNomad('set -e; mount /dev/dm-0; udisksctl unmount -b /dev/dm-0; udisksctl lock -b $box');
    expect(used.stderr).toBe('');
    expect(used.stdout).toMatch(/^Mounted \/dev\/dm-0 at \/media\/nomad\/box\n/);
    expect(await driveChecks()).toEqual([
      'passed udisks on this machine',
      'passed udisks2-btrfs on this machine',
      'passed the permission to unlock box',
      'passed the permission to mount stick',
      'passed deleting btrfs snapshots of box',
    ]);
    // `check` has changed nothing.
    expect(await machine.must('lsblk --noheadings --list --output TYPE,MOUNTPOINT | sort -u')).toBe('disk \npart ');
  });

  it('allows nothing else: no other drive, and not what others have mounted', async () => {
    expect(await asNomad('unlock $other')).toMatchObject(NOT_AUTHORIZED);
    await machine.must('printf secret | udisksctl unlock -b "$(device_of other)" --key-file /dev/stdin');
    expect(await asNomad('mount /dev/dm-0')).toMatchObject(NOT_AUTHORIZED);
    await machine.must('udisksctl lock -b "$(device_of other)"');
    await machine.must('udisksctl mount -b "$(device_of stick)"1');
    const unmounting = await asNomad('udisksctl unmount -b "$(findmnt --noheadings -o SOURCE --raw -t vfat)"');
    expect(unmounting).toMatchObject(NOT_AUTHORIZED);
    const loop = await asNomad('truncate -s 1M ~/image; udisksctl loop-setup --file ~/image --no-user-interaction');
    expect(loop).toMatchObject(NOT_AUTHORIZED);
  });

  it('is not what `check` blames when udisks cannot be reached', async () => {
    await machine.must('pkill dbus-daemon');
    expect(await driveChecks()).toEqual(['udisks-not-running ']);
  });
});
