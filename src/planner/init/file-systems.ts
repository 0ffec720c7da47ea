import { fileSystemOfType } from '../file-systems/of.ts';

/** How snapshots are made on a file system, and why so. */
export interface Proposal {
  mode: 'hard-link' | 'btrfs' | 'none';
  /** Sentences, a line each. */
  why: string[];
}

/** What to propose for a file system, by its name in the mount table; null when it is not known yet. */
export function proposalFor(fsType: string | null): Proposal {
  if (fsType === null) {
    const why = ['Each snapshot is a complete folder; what did not change takes no room twice.'];
    return { mode: 'hard-link', why };
  }
  if (fsType === 'btrfs') {
    return { mode: 'btrfs', why: ['btrfs makes snapshots itself, read-only and in no time.'] };
  }
  const there = fileSystemOfType(fsType);
  if (there?.linksWith !== undefined) {
    const why = [
      `No snapshots, only the newest copy: ${there.title} has symbolic links, which they`,
      `need, only when mounted with ${there.linksWith}. Owners and permissions are not copied.`,
    ];
    return { mode: 'none', why };
  }
  if (there?.hardLinks === 1) {
    const lost = [
      'It has no owners, permissions and symbolic links either, so these are not',
      'copied. ext4 or btrfs would keep them.',
    ];
    const what = there.hidesHardLinks === true ? 'does not show hard links' : 'has no hard links';
    const why = [`No snapshots, only the newest copy: ${there.title} ${what}.`, ...(there.links ? [] : lost)];
    return { mode: 'none', why };
  }
  if (there?.title === 'NTFS' || fsType === 'fuseblk') {
    const why = [
      'No snapshots, only the newest copy: their names have colons, which not every',
      `driver of ${there?.title ?? fsType} allows.`,
    ];
    return { mode: 'none', why };
  }
  if (there === null) {
    const why = [
      `nbkp prepare tries what ${fsType} can hold, and says where that is no hard links.`,
      'With them each snapshot is a complete folder; what did not change takes no room twice.',
    ];
    return { mode: 'hard-link', why };
  }
  const why = [
    `${there.title} has hard links: each snapshot is a complete folder;`,
    'what did not change takes no room twice.',
  ];
  return { mode: 'hard-link', why };
}
