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

  it('are several when they are copies of one another, on one disk or on two', () => {
    expect(paths(COPIES)).toEqual(['/dev/sdb1', '/dev/sdb2']);
    expect(paths(STICK + COPIES)).toEqual(['/dev/sda1', '/dev/sdb1', '/dev/sdb2']);
  });
});
