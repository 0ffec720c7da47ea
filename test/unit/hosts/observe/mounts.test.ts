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
  return mountTable(lines.join('\n'))(path)?.target;
}

describe('mountTable', () => {
  it('reads all that is said of a mount', () => {
    const drive = 'UUID="1A2B-3C4D" FSROOT="/" FSTYPE="vfat" SOURCE="/dev/sdb1"';
    expect(mountTable([line(1, 0, '/'), line(2, 1, '/mnt/usb', drive)].join('\n'))('/mnt/usb/photos')).toEqual({
      target: '/mnt/usb',
      source: '/dev/sdb1',
      fsType: 'vfat',
      uuid: '1A2B-3C4D',
      options: ['rw', 'relatime'],
    });
  });

  it('says which folder or subvolume of a file system is mounted, when it is not all of it', () => {
    const part = 'UUID="u" FSROOT="/@home/a [b]" FSTYPE="btrfs" SOURCE="/dev/sdb1"';
    expect(mountTable(line(1, 0, '/', part))('/')?.source).toBe('/dev/sdb1[/@home/a [b]]');
  });

  it('says null for a UUID that is not known', () => {
    expect(mountTable(line(1, 0, '/'))('/')?.uuid).toBeNull();
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
    expect(table('/mnt/a')?.uuid).toBe('top');
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
    expect(mountTable('')('/')).toBeNull();
  });

  it('works where the mount table begins below the root, as in a container', () => {
    expect(holder('/data/x', line(7, 3, '/data'))).toBe('/data');
    expect(holder('/other', line(7, 3, '/data'))).toBeUndefined();
  });
});
