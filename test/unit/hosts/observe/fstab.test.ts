import { describe, expect, it } from 'vitest';
import { fstabTargets, unmountedTarget } from '../../../../src/hosts/observe/fstab.ts';

describe('fstabTargets', () => {
  it('takes the mount points and leaves out comments, swap and what is mounted nowhere', () => {
    const text = [
      '# <file system> <mount point>',
      '   # indented /not-a-target',
      '',
      'UUID=1 / ext4 defaults 0 1',
      'UUID=2\tnone\tswap\tsw 0 0',
      'UUID=3 swap swap sw 0 0',
      '  LABEL=usb   /mnt/usb/\tbtrfs noauto 0 0',
      'nas:/x /mnt/my\\040drive nfs defaults',
    ].join('\n');
    expect(fstabTargets(text)).toEqual(['/', '/mnt/usb', '/mnt/my drive']);
  });

  it('is empty without an fstab', () => {
    expect(fstabTargets('')).toEqual([]);
  });
});

describe('unmountedTarget', () => {
  const targets = ['/', '/mnt', '/mnt/usb'];

  it('names the mount point when the path is held by a mount above it', () => {
    expect(unmountedTarget(targets, '/mnt/usb', '/')).toBe('/mnt/usb');
    expect(unmountedTarget(targets, '/mnt/usb/photos', '/mnt')).toBe('/mnt/usb');
    expect(unmountedTarget(targets, '/mnt/other', '/')).toBe('/mnt');
  });

  it('is null when something is mounted there', () => {
    expect(unmountedTarget(targets, '/mnt/usb', '/mnt/usb')).toBeNull();
  });

  it('is null when the path is on a mount further down, whatever is missing above', () => {
    expect(unmountedTarget(['/mnt'], '/mnt/usb/photos', '/mnt/usb')).toBeNull();
  });

  it('is null for a path that no mount point holds, or when no mount is known', () => {
    expect(unmountedTarget(['/mnt'], '/mnt2', '/')).toBeNull();
    expect(unmountedTarget(['/mnt'], '/mnt', null)).toBeNull();
  });
});
