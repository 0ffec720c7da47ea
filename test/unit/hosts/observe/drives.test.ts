import { describe, expect, it } from 'vitest';
import { driveTable } from '../../../../src/hosts/observe/drives.ts';

/** Of a real stick after `mkfs.vfat /dev/sda` (dosfstools 4.2, lsblk 2.38). */
const STICK = `
NAME="/dev/sda" KNAME="/dev/sda" PKNAME="" TYPE="disk" RO="0" FSTYPE="vfat" UUID="88E6-44D2" PARTUUID="" LABEL="STICK"
NAME="/dev/sda1" KNAME="/dev/sda1" PKNAME="/dev/sda" TYPE="part" RO="0" FSTYPE="vfat" UUID="88E6-44D2" PARTUUID="" LABEL="STICK"
`;
/** Two partitions of one disk that were copied from one another. */
const COPIES = `
NAME="/dev/sdb" KNAME="/dev/sdb" PKNAME="" TYPE="disk" RO="0" FSTYPE="" UUID="" PARTUUID="" LABEL=""
NAME="/dev/sdb1" KNAME="/dev/sdb1" PKNAME="/dev/sdb" TYPE="part" RO="0" FSTYPE="vfat" UUID="88E6-44D2" PARTUUID="" LABEL="STICK"
NAME="/dev/sdb2" KNAME="/dev/sdb2" PKNAME="/dev/sdb" TYPE="part" RO="0" FSTYPE="vfat" UUID="88E6-44D2" PARTUUID="" LABEL="STICK"
`;
const SEQUENCES = '/dev/sda boot:7\n/dev/sda1 boot:7\n';

const paths = (pairs: string): string[] => driveTable(pairs, SEQUENCES)('88e6-44d2').devices.map(({ path }) => path);

describe('the devices of a drive', () => {
  it('are one when the whole disk holds a file system whose beginning looks like a partition table', () => {
    expect(driveTable(STICK, SEQUENCES)('88e6-44d2').devices).toEqual([
      {
        ...{ path: '/dev/sda1', type: 'part', fsType: 'vfat', uuid: '88E6-44D2', label: 'STICK' },
        ...{ readOnly: false, sequence: 'boot:7' },
      },
    ]);
  });

  it('are not known when none could be listed, which is no absence', () => {
    expect(driveTable('?', '')('88e6-44d2')).toEqual({ devices: [], cleartext: null, namesake: null, unlisted: true });
    expect(driveTable('', '')('88e6-44d2')).toEqual({ devices: [], cleartext: null, namesake: null });
  });

  it('are several when they are copies of one another, on one disk or on two', () => {
    expect(paths(COPIES)).toEqual(['/dev/sdb1', '/dev/sdb2']);
    expect(paths(STICK + COPIES)).toEqual(['/dev/sda1', '/dev/sdb1', '/dev/sdb2']);
  });

  /** As lsblk(8) writes them: a line for each device and each thing that it stands on. */
  const line = (name: string, parent: string, type: string, fsType: string, uuid = '88E6-44D2'): string =>
    `NAME="${name}" KNAME="${name}" PKNAME="${parent}" TYPE="${type}" RO="0" FSTYPE="${fsType}" UUID="${uuid}" PARTUUID="" LABEL=""`;

  it('are found to the end when a device is said to stand on itself', () => {
    const ring = [
      line('/dev/sda', '/dev/sdb', 'disk', 'ext4'),
      line('/dev/sdb', '/dev/sda', 'disk', 'ext4'),
      line('/dev/sdc', '/dev/sdc', 'disk', 'ext4'),
    ];
    expect(paths(ring.join('\n'))).toEqual(['/dev/sdc']);
  });

  it('are one when they are the paths of a multipath device', () => {
    const lines = [
      line('/dev/sda', '', 'disk', 'ext4'),
      line('/dev/dm-0', '/dev/sda', 'mpath', 'ext4'),
      line('/dev/sdb', '', 'disk', 'ext4'),
      line('/dev/dm-0', '/dev/sdb', 'mpath', 'ext4'),
    ];
    expect(paths(lines.join('\n'))).toEqual(['/dev/dm-0']);
  });

  it('are the origin when the other is its LVM snapshot, and two when it is a copy in the same volume group', () => {
    const own = [
      line('/dev/dm-1', '/dev/sda', 'lvm', '', ''),
      line('/dev/dm-3', '/dev/dm-1', 'lvm', 'ext4'),
      line('/dev/dm-0', '/dev/dm-1', 'lvm', 'ext4'),
      line('/dev/dm-2', '/dev/sda', 'lvm', '', ''),
      line('/dev/dm-3', '/dev/dm-2', 'lvm', 'ext4'),
    ];
    expect(paths(own.join('\n'))).toEqual(['/dev/dm-0']);
    const copy = line('/dev/dm-4', '/dev/sda', 'lvm', 'ext4');
    expect(paths([...own, copy].join('\n')).sort()).toEqual(['/dev/dm-0', '/dev/dm-4']);
  });

  it('are said to be in a container when they stand on one that is unlocked, however far below', () => {
    const lines = [
      line('/dev/sda', '', 'disk', ''),
      line('/dev/sda1', '/dev/sda', 'part', 'crypto_LUKS', 'c0'),
      line('/dev/dm-0', '/dev/sda1', 'crypt', 'LVM2_member', 'a0'),
      line('/dev/dm-1', '/dev/dm-0', 'lvm', 'ext4'),
      line('/dev/dm-2', '/dev/sda', 'lvm', 'ext4', 'b0'),
    ];
    const drives = driveTable(lines.join('\n'), '');
    expect(drives('88e6-44d2').devices).toMatchObject([{ path: '/dev/dm-1', inContainer: true }]);
    for (const outside of ['b0', 'a0', 'c0']) expect(drives(outside).devices[0]).not.toHaveProperty('inContainer');
  });
});
