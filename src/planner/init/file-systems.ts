/** How snapshots are made on a file system, and why so. */
export interface Proposal {
  mode: 'hard-link' | 'btrfs' | 'none';
  /** Sentences, a line each. */
  why: string[];
  /** Options of rsync that the file system needs, since it cannot store what they leave out. */
  options: string[];
}

const FAT = ['vfat', 'msdos', 'exfat'];
/** FAT keeps times in steps of two seconds (rsync(1), --modify-window). */
const FAT_OPTIONS = ['--no-links', '--no-perms', '--no-owner', '--no-group', '--modify-window=2'];

/** What to propose for a file system, by its name in the mount table; null when it is not known yet. */
export function proposalFor(fsType: string | null): Proposal {
  if (fsType === null) {
    const why = ['Each snapshot is a complete folder; what did not change takes no room twice.'];
    return { mode: 'hard-link', why, options: [] };
  }
  if (fsType === 'btrfs') {
    return { mode: 'btrfs', why: ['btrfs makes snapshots itself, read-only and in no time.'], options: [] };
  }
  if (FAT.includes(fsType)) {
    const why = [
      `No snapshots, only the newest copy: ${fsType} has no hard links.`,
      'It has no owners, permissions and symbolic links either, so these are not',
      'copied. ext4 or btrfs would keep them.',
    ];
    return { mode: 'none', why, options: FAT_OPTIONS };
  }
  if (fsType.startsWith('ntfs') || fsType === 'fuseblk') {
    const why = [
      'No snapshots, only the newest copy: their names have colons, which not every',
      `driver of ${fsType} allows.`,
    ];
    return { mode: 'none', why, options: [] };
  }
  const why = [
    `${fsType} has hard links: each snapshot is a complete folder;`,
    'what did not change takes no room twice.',
  ];
  return { mode: 'hard-link', why, options: [] };
}
