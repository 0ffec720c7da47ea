import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Finding } from '../../src/planner/model/finding.ts';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Machine } from './machine.ts';
import { describeInLab } from './requirements.ts';

const NBKP = `${process.execPath} ${fileURLToPath(new URL('../../bin/run.js', import.meta.url))}`;

/** Each drive with what is wrong with it. */
const MAKE_DRIVES = `
  mkdir -p /run/home/docs /run/secrets; touch /run/home/.nbkp-vol /run/home/docs/.nbkp-src; echo one >/run/home/docs/one
  cd /run/secrets; umask 077
  echo other >wrong; echo secret >exposed; chmod 644 exposed; echo secret >hollow; echo secret >plain
  umask 022
  printf 'version = 1\\nvolumes.home.path = "/run/home"\\ncredentials = { provider = "file", directory = "/run/secrets" }\\n' >/etc/nbkp.toml
  volume() { # NAME UUID [MORE]
    printf 'volumes.%s.mount.device-uuid = "%s"\\n' "$1" "$2" >>/etc/nbkp.toml
    printf '%s\\nsyncs.%s = { source = "home:docs", destination = "%s:docs" }\\n' "\${3:-}" "$1" "$1" >>/etc/nbkp.toml
  }
  encrypted() { volume "$1" "$2" "volumes.$1.mount.encryption.type = \\"luks\\""; }
  new_id() { cat /proc/sys/kernel/random/uuid; }
  # A drive like another one, with a UUID of its own, which costs less than a new one: FROM NAME COMMAND … which gets both
  like() { cp --sparse=always "/run/drives/$1" "/run/drives/$2"; "\${@:3}" "$id" "/run/drives/$2" &>/dev/null; plug "$2" >/dev/null; }
  # tune2fs wants a check that is younger than the last mount, in whole seconds: ID FILE
  file_system_id() { e2fsck -fp "$2" && tune2fs -U "$1" "$2"; }
  encrypted wrong "$(ready_drive wrong 40M ext4 secret)"
  for name in missing exposed; do id=$(new_id); like wrong $name cryptsetup luksUUID -q --uuid; encrypted $name $id; done
  id=$(new_id); like wrong secretive cryptsetup luksUUID -q --uuid; volume secretive $id
  make_drive hollow 40M; luks "$(plug hollow)" secret; unplug hollow; plug hollow
  encrypted hollow "$(blkid -p -s UUID -o value "$(device_of hollow)")"
  encrypted plain "$(ready_drive plain 40M ext4)"
  id=$(new_id); like plain unlisted file_system_id; volume unlisted $id 'volumes.unlisted.path = "/mnt/unlisted"'
  id=$(new_id); like plain twin file_system_id; volume twin $id; cp --sparse=always /run/drives/twin /run/drives/copy; plug copy
  id=$(new_id); like plain damaged file_system_id; volume damaged $id
  dd if=/dev/zero of="$(device_of damaged)" bs=1024 seek=2 count=200 conv=notrunc status=none
  id=$(new_id); like plain worn file_system_id; volume worn $id; blockdev --setro "$(device_of worn)"
  make_drive part 40M; device=$(plug part); printf 'label: gpt\\n,,L\\n' | sfdisk -q "$device"; udevadm settle
  mkfs.ext4 -q "$device"1; udevadm settle; volume part "$(lsblk -no PARTUUID "$device"1)"
  volume away 8a3b2c1d-1111-4222-8333-444455556666
  udevadm settle`;

describeInLab('drives that cannot be used', () => {
  let machine: Machine;
  const nbkp = async (args: string, by = ''): Promise<RunRecord> => {
    const { stdout, stderr } = await machine.run(`cd /; ${by} ${NBKP} ${args} --json -c /etc/nbkp.toml`);
    expect(stdout, stderr).toMatch(/^\{/);
    return JSON.parse(stdout) as RunRecord;
  };
  const all = ({ findings, steps }: RunRecord): Finding[] => [...findings, ...steps.flatMap((step) => step.findings)];

  beforeAll(async () => {
    machine = await Machine.start();
    await machine.must(MAKE_DRIVES);
  });
  afterAll(() => machine.stop());

  it('are each told by a code of its own, with a way to mend it, and left closed', async () => {
    const record = await nbkp('run --parallel 1');
    const errors = all(record).filter(({ volume }) => volume !== undefined);
    const codes = Object.fromEntries(
      record.syncs.map(({ name, reason }) => [name, codesOf(errors, name) || (reason ?? '')]),
    );
    expect(codes).toEqual({
      away: expect.stringContaining('away is not plugged in'),
      damaged: 'file-system-damaged',
      exposed: 'passphrase-file-exposed',
      hollow: 'drive-without-file-system',
      missing: 'passphrase-missing',
      part: 'drive-uuid-of-partition',
      plain: 'drive-not-encrypted',
      secretive: 'drive-encrypted',
      twin: 'drive-ambiguous',
      unlisted: 'fstab-mismatch',
      worn: 'destination-not-writable',
      wrong: 'passphrase-wrong',
    });
    expect(errors.filter(({ help }) => help === undefined)).toEqual([]);
    expect(record.syncs.filter(({ outcome }) => outcome === 'succeeded')).toEqual([]);
    expect(await machine.must('findmnt --noheadings -t ext4 || true; ls /dev/mapper')).toBe('control');
  });

  it('are told from those that this user may not mount', async () => {
    const record = await nbkp('run --only worn', 'HOME=/home/nomad runuser -u nomad --');
    expect(codesOf(all(record), 'worn')).toBe('polkit-not-authorized');
  });

  it('are told from a udisks that does not answer or is not there', async () => {
    await machine.must('pkill dbus-daemon');
    expect(codesOf(all(await nbkp('run --only worn')), 'worn')).toBe('udisks-not-running');
    await machine.must('mv /usr/bin/udisksctl /usr/bin/udisksctl-away');
    const { syncs } = await nbkp('run --only worn');
    expect(syncs).toMatchObject([
      { outcome: 'skipped', reason: expect.stringContaining('udisks2, which opens drives') },
    ]);
  });
});

function codesOf(findings: readonly Finding[], volume: string): string {
  const codes = findings.filter((finding) => finding.volume === volume).map(({ code }) => code);
  return [...new Set(codes)].join(' ');
}
