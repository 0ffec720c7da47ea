import { describe, expect, it } from 'vitest';
import type { DirectoryFacts, MountFacts } from '../../../../src/planner/model/facts.ts';
import { contains, deviceOf, placeOf } from '../../../../src/planner/volumes/place.ts';

function directory(realPath: string, mount: Partial<MountFacts> | null = null): DirectoryFacts {
  const none = { target: '/', source: '/dev/sda1', fsType: 'ext4', uuid: null, options: [] };
  return {
    realPath,
    device: '2049',
    inode: '7',
    writable: true,
    empty: false,
    subvolume: false,
    mount: mount && { ...none, ...mount },
    freeBytes: 0,
    totalBytes: 0,
    freeInodes: null,
  };
}

describe('the drive of a directory', () => {
  it('is its device, and on btrfs what is mounted, since each subvolume has a number of its own', () => {
    expect(deviceOf('local', directory('/a', {}))).toBe('2049');
    expect(deviceOf('local', directory('/a', { fsType: 'btrfs', source: '/dev/sdb[/home]' }))).toBe('/dev/sdb');
  });

  it('is never that of another machine, whose devices have the same numbers and names', () => {
    for (const mount of [null, {}, { fsType: 'btrfs' }]) {
      const drives = ['local', 'ssh:a', 'ssh:b'].map((host) => deviceOf(host, directory('/a', mount)));
      expect(new Set(drives).size).toBe(3);
    }
  });
});

describe('the place of a directory', () => {
  it('is inside that of a directory around it', () => {
    expect(contains(placeOf('ssh:a', directory('/a')), placeOf('ssh:a', directory('/a/b')))).toBe(true);
    expect(contains(placeOf('ssh:a', directory('/a')), placeOf('ssh:a', directory('/ab')))).toBe(false);
  });

  it('is not inside that of a directory of another machine', () => {
    for (const mount of [null, {}]) {
      const [here, there] = [placeOf('local', directory('/a', mount)), placeOf('ssh:a', directory('/a/b', mount))];
      expect(contains(here, there)).toBe(false);
    }
  });
});
