import { describe, expect, it } from 'vitest';
import { mountTable } from '../../../../src/hosts/observe/mounts.ts';

function line(
  id: number,
  parent: number,
  target: string,
  rest = 'UUID="" FSROOT="/" FSTYPE="ext4" SOURCE="/dev/x"',
): string {
  return `ID="${id}" PARENT="${parent}" ${rest} OPTIONS="rw,relatime" TARGET="${target}"`;
}

function holder(path: string, ...lines: string[]): string | undefined {
  return mountTable(lines.join('\n')).of(path)?.target;
}

describe('mountTable', () => {
  it('reads all that is said of a mount', () => {
    const drive = 'UUID="1A2B-3C4D" FSROOT="/" FSTYPE="vfat" SOURCE="/dev/sdb1"';
    expect(mountTable([line(1, 0, '/'), line(2, 1, '/mnt/usb', drive)].join('\n')).of('/mnt/usb/photos')).toEqual({
      target: '/mnt/usb',
      source: '/dev/sdb1',
      fsType: 'vfat',
      uuid: '1A2B-3C4D',
      options: ['rw', 'relatime'],
    });
  });

  it('says which folder or subvolume of a file system is mounted, when it is not all of it', () => {
    const part = 'UUID="u" FSROOT="/@home/a [b]" FSTYPE="btrfs" SOURCE="/dev/sdb1"';
    expect(mountTable(line(1, 0, '/', part)).of('/')?.source).toBe('/dev/sdb1[/@home/a [b]]');
  });

  it('says null for a UUID that is not known', () => {
    expect(mountTable(line(1, 0, '/')).of('/')?.uuid).toBeNull();
  });

  it('comes to an end with mounts that are each below the other', () => {
    expect(holder('/a/b', line(1, 0, '/'), line(2, 1, '/a'), line(1, 2, '/a/b'))).toBeUndefined();
    expect(holder('/a', line(1, 0, '/'), line(2, 3, '/a'), line(3, 2, '/a'))).toBe('/');
  });

  it('finds the nearest mount above a path, and does not take a longer name for a folder', () => {
    const lines = [line(1, 0, '/'), line(2, 1, '/mnt'), line(3, 2, '/mnt/usb')];
    expect(holder('/mnt/usb', ...lines)).toBe('/mnt/usb');
    expect(holder('/mnt/usb2', ...lines)).toBe('/mnt');
    expect(holder('/home', ...lines)).toBe('/');
  });

  it('takes the upper of two mounts at one place', () => {
    const top = 'UUID="top" FSROOT="/" FSTYPE="btrfs" SOURCE="/dev/y"';
    const table = mountTable([line(1, 0, '/'), line(2, 1, '/mnt'), line(3, 2, '/mnt', top)].join('\n'));
    expect(table.of('/mnt/a')?.uuid).toBe('top');
  });

  it('does not take a mount that a later mount above it hides', () => {
    const lines = [line(1, 0, '/'), line(2, 1, '/mnt/usb'), line(3, 1, '/mnt')];
    expect(holder('/mnt/usb/photos', ...lines)).toBe('/mnt');
  });

  it('undoes the escapes of findmnt, also where several bytes make one character', () => {
    const lines = [line(1, 0, '/'), line(2, 1, '/mnt/a\\x22b\\x24 \\xc3\\xa9\\x5cx41')];
    expect(holder('/mnt/a"b$ é\\x41/sub', ...lines)).toBe('/mnt/a"b$ é\\x41');
  });

  it('knows no mount when there is no findmnt', () => {
    expect(mountTable('').of('/')).toBeNull();
  });

  it('works where the mount table begins below the root, as in a container', () => {
    expect(holder('/data/x', line(7, 3, '/data'))).toBe('/data');
    expect(holder('/other', line(7, 3, '/data'))).toBeUndefined();
  });
});

describe('what is mounted below a folder', () => {
  const of = (numbers: string, rest: string): string => `MAJ:MIN="${numbers}" UUID="" ${rest}`;
  const root = line(1, 0, '/', of('8:1', 'FSROOT="/" FSTYPE="ext4" SOURCE="/dev/sda1"'));

  it('is told by device and root, with the numbers as stat shows them', () => {
    const drive = line(2, 1, '/data/a', of('5000:1048577', 'FSROOT="/x" FSTYPE="ext4" SOURCE="/dev/nvme1"'));
    const { below } = mountTable([root, drive].join('\n'));
    const shown = { device: '17596481243137', mount: { target: '/data/a', source: '/dev/nvme1[/x]' } };
    expect(below('/data')).toMatchObject([shown]);
    expect(below('/data/a')).toEqual([]);
    expect(below('/dat')).toEqual([]);
  });

  it('is told by newer versions of findmnt too, which name the column otherwise', () => {
    const drive = line(2, 1, '/data', 'MAJ_MIN="8:17" FSROOT="/" FSTYPE="ext4" SOURCE="/dev/sdb1"');
    expect(mountTable([root, drive].join('\n')).below('/')).toMatchObject([{ device: '2065' }]);
  });

  it('leaves out what another mount hides: a folder below it, or an automount that has been used', () => {
    const automount = line(2, 1, '/data', of('0:40', 'FSROOT="/" FSTYPE="autofs" SOURCE="systemd-1"'));
    const used = line(3, 2, '/data', of('8:17', 'FSROOT="/" FSTYPE="ext4" SOURCE="/dev/sdb1"'));
    const hidden = line(4, 1, '/data/inner', of('8:33', 'FSROOT="/" FSTYPE="ext4" SOURCE="/dev/sdc1"'));
    expect(mountTable([root, automount, used, hidden].join('\n')).below('/')).toMatchObject([{ device: '2065' }]);
  });

  it('is another folder where bindfs repeats that', () => {
    const drive = line(2, 1, '/mnt/usb', of('8:17', 'FSROOT="/top" FSTYPE="ext4" SOURCE="/dev/sdb1"'));
    const repeated = line(3, 1, '/data/b', of('0:39', 'FSROOT="/" FSTYPE="fuse" SOURCE="/mnt/usb/a"'));
    const local = line(4, 1, '/data/c', of('0:40', 'FSROOT="/" FSTYPE="fuse" SOURCE="/srv"'));
    expect(mountTable([root, drive, repeated, local].join('\n')).below('/data')).toMatchObject([
      { device: '2065', mount: { target: '/data/b', source: '/dev/sdb1[/top/a]' } },
      { device: '2049', mount: { target: '/data/c', source: '/dev/sda1[/srv]' } },
    ]);
  });

  it('is a device of its own where fuse has a device or a server behind it', () => {
    const ntfs = line(2, 1, '/data/b', of('8:17', 'FSROOT="/" FSTYPE="fuseblk" SOURCE="/dev/sdb1"'));
    const sshfs = line(3, 1, '/data/c', of('0:40', 'FSROOT="/" FSTYPE="fuse.sshfs" SOURCE="nas:/data"'));
    const sources = mountTable([root, ntfs, sshfs].join('\n'))
      .below('/data')
      .map(({ mount }) => mount.source);
    expect(sources).toEqual(['/dev/sdb1', 'nas:/data']);
  });
});
