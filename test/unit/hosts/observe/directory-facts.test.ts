import { describe, expect, it } from 'vitest';
import { directoryFacts } from '../../../../src/hosts/observe/directory-facts.ts';
import type { DirectoryAnswer } from '../../../../src/hosts/observe/parse-answer.ts';
import type { MountFacts } from '../../../../src/planner/model/facts.ts';

/** Of a directory that root, asked by `test -w`, may write to. */
const ANSWER: DirectoryAnswer = {
  realPath: '/media/usb',
  writable: true,
  occupied: true,
  lostFound: false,
  stat: '2049 256 41ed',
  statfs: '10 100 50 20 4096 ef53',
};

function mount(change: Partial<MountFacts> = {}): MountFacts {
  return {
    target: '/media/usb',
    source: '/dev/sdb1',
    fsType: 'ext4',
    uuid: null,
    options: ['rw', 'relatime'],
    ...change,
  };
}

function facts(answer: Partial<DirectoryAnswer>, mounted: MountFacts | null = mount()) {
  return directoryFacts({ ...ANSWER, ...answer }, () => mounted);
}

describe('a directory', () => {
  it('is what stat and the mount table say', () => {
    expect(facts({})).toEqual({
      realPath: '/media/usb',
      device: '2049',
      inode: '256',
      writable: true,
      empty: false,
      subvolume: false,
      mount: mount(),
      freeBytes: 10 * 4096,
      totalBytes: 100 * 4096,
      freeInodes: 20,
    });
  });

  it('on a file system that is mounted read-only is not writable, not even for root', () => {
    expect(facts({}, mount({ options: ['ro', 'relatime'] }))?.writable).toBe(false);
    expect(facts({}, mount({ options: ['rw', 'errors=remount-ro'] }))?.writable).toBe(true);
    expect(facts({}, null)?.writable).toBe(true);
    expect(facts({ writable: false })?.writable).toBe(false);
  });

  it('is a subvolume when its inode is 256 and its file system btrfs', () => {
    expect(facts({}, mount({ fsType: 'btrfs' }))?.subvolume).toBe(true);
    expect(facts({ stat: '2049 257 41ed' }, mount({ fsType: 'btrfs' }))?.subvolume).toBe(false);
  });

  it('has no number of free inodes where the file system makes them as it needs them', () => {
    expect(facts({ statfs: '10 100 0 0 4096 9123683e' })?.freeInodes).toBeNull();
  });

  it.each<[string, Partial<DirectoryAnswer>]>([
    ['is not there', { realPath: '' }],
    ['is a file', { stat: '2049 256 81a4' }],
    ['was gone before it was looked at', { stat: null }],
    ['was gone before its file system was looked at', { statfs: null }],
  ])('that %s is none', (_, answer) => expect(facts(answer)).toBeNull());
});
