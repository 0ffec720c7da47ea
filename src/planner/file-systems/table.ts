/** What a file system can hold, as far as a copy has to know. */
export interface FileSystem {
  /** As people call it. */
  title: string;
  /** Names that differ only in case are one. */
  foldsCase: boolean;
  /** So are names of which one is decomposed: a letter and its accent. */
  foldsAccents?: true;
  /**
   * What becomes of the time of a file: the step that it is kept in, in nanoseconds, and the first and the last one that can be
   * kept, in seconds since 1970.
   * `window` are the seconds by which two times may differ and still be one, for rsync's --modify-window; 0 where whole
   * seconds are kept.
   * `wraps`: what a driver may make of a time that cannot be kept, besides the first or the last: seconds that 32 bits have no
   * place for are cut off, or years that 7 have none for.
   */
  times: { step: number; from: number; to: number; window: number; wraps?: 'seconds' | 'years' };
  owners: boolean;
  modes: boolean;
  links: boolean;
  /** The mount option without which there are none. */
  linksWith?: string;
  /** Whoever sets the time of a link sets that of what it leads to. */
  followsLinks?: true;
  /** Devices, sockets and named pipes. */
  specials: boolean;
  /** How many names a file can have: 1 where there are no hard links, null where no backup comes near the limit. */
  hardLinks: number | null;
  /** Hard links are made and not shown: each name is a file of its own to whoever looks. */
  hidesHardLinks?: true;
  names: Names;
  /** Bytes; null where no file comes near the limit. */
  largestFile: number | null;
  xattrs: boolean;
  /** Only those named `user.…`: others are gone without a word. */
  onlyUserXattrs?: true;
  acls: boolean;
  holes: boolean;
  reflinks: boolean;
  /** `measured` with the tests of nbkp; `sources`: read in the kernel's sources and documentation, and not tried. */
  known: 'measured' | 'sources';
}

interface Names {
  /** Characters that no name may have, besides `/` and NUL; `control` stands for bytes 1 to 31. */
  forbidden: string;
  control: boolean;
  /** What is at the end of a name that cannot be there: it is refused, or silently taken away. */
  trailing: string;
  /** Names are text: bytes that are no UTF-8 have no place. */
  text: boolean;
  /** How long one may be, and what is counted. */
  length: number;
  unit: 'bytes' | 'UTF-16';
}

const ANY_NAME: Names = { forbidden: '', control: false, trailing: '', text: false, length: 255, unit: 'bytes' };
const FAT_NAMES: Names = {
  ...{ forbidden: '"*:<>?\\|', control: true, trailing: '. ' },
  ...{ text: true, length: 255, unit: 'UTF-16' as const },
};
const NANOSECOND = 1;
const SECOND = 1_000_000_000;
/** As far as the numbers of this program reach. */
const ANY_TIME = { from: -8_640_000_000_000, to: 8_640_000_000_000 };
/** The first that is kept in 32 bits with a sign: in December 1901. */
const OLDEST_SIGNED = -(2 ** 31);
export const FAT_TIME = { from: startOf(1980), to: startOf(2108) - 1 };
const NTFS_TIME = { from: startOf(1601), to: startOf(30_828) };
export const FOUR_GIB: number = 4 * 1024 ** 3;

const POSIX = {
  ...{ foldsCase: false, owners: true, modes: true, links: true, specials: true, names: ANY_NAME, largestFile: null },
  ...{ xattrs: true, acls: true, holes: true },
};

/** Of a file system of which nothing is known: what is tried takes away from it. */
export const ANYTHING: Omit<FileSystem, 'title'> = {
  ...{ ...POSIX, hardLinks: null, reflinks: true, known: 'measured' },
  times: { step: NANOSECOND, ...ANY_TIME, window: 0 },
};

/** Neither owners nor modes nor links; what is left out of a copy to it. */
const FAT = {
  ...{ foldsCase: true, owners: false, modes: false, links: false, specials: false, hardLinks: 1, names: FAT_NAMES },
  ...{ xattrs: false, acls: false, holes: false, reflinks: false },
};

/** The kernel's driver, the one in user space and those of other systems: a stick goes from one to the other. */
const EXFAT: FileSystem = {
  ...FAT,
  ...{ title: 'exFAT', largestFile: null, known: 'measured' },
  // The kernel keeps hundredths of a second; some drivers keep every other second only.
  times: { step: SECOND / 100, ...FAT_TIME, window: 2, wraps: 'years' },
};

const NTFS_NAMES: Names = { ...ANY_NAME, text: true, unit: 'UTF-16' };
const NTFS = {
  ...{ foldsCase: false, links: true, specials: true, hardLinks: 4000, largestFile: null },
  ...{ times: { step: 100, ...NTFS_TIME, window: 0 }, xattrs: true, holes: true, reflinks: false },
};

const EXT4_LINKS = 65_000;

/** A folder of a Windows or Samba server (mount.cifs(8)), without the extensions for Unix: names are mapped, modes made up. */
const CIFS = {
  ...{ title: 'CIFS', foldsCase: true, owners: false, modes: false, specials: false, largestFile: null },
  ...{ times: { step: 100, ...NTFS_TIME, window: 0 }, names: NTFS_NAMES },
  ...{ xattrs: false, acls: false, holes: false, reflinks: false, known: 'sources' as const },
};

/** By driver: the types of mount tables, and where that is not enough what `driverOf` makes of them. */
export const FILE_SYSTEMS = {
  vfat: {
    ...FAT,
    ...{ title: 'FAT', largestFile: FOUR_GIB - 1, known: 'measured' },
    times: { step: 2 * SECOND, ...FAT_TIME, window: 2 },
  },
  exfat: EXFAT,
  'exfat-fuse': EXFAT,
  ntfs3: { ...NTFS, title: 'NTFS', owners: true, modes: true, names: NTFS_NAMES, acls: true, known: 'sources' },
  'ntfs-3g': {
    ...NTFS,
    ...{ title: 'NTFS', owners: false, modes: false, names: NTFS_NAMES, acls: false, known: 'measured' },
    onlyUserXattrs: true,
  },
  'ntfs-3g permissions': {
    ...NTFS,
    ...{ title: 'NTFS', owners: true, modes: true, names: NTFS_NAMES, acls: false, known: 'measured' },
    onlyUserXattrs: true,
  },
  hfsplus: {
    ...POSIX,
    ...{
      title: 'HFS+',
      // As desktops mount it, all is of whoever plugged it in. The mount table looks the same otherwise.
      owners: false,
      foldsCase: true,
      foldsAccents: true as const,
      hardLinks: null,
      // Once a file has one, Linux 6.1 answers with an error whoever lists those of a file that has none.
      xattrs: false,
      acls: false,
      holes: false,
      reflinks: false,
    },
    // Of Linux from 1970 to 2106, of macOS from 1904 to 2040: other times come back as others, without a word.
    times: { step: SECOND, from: 0, to: Date.UTC(2040, 1, 6, 6, 28, 15) / 1000, window: 0, wraps: 'seconds' },
    known: 'measured',
    names: { ...ANY_NAME, text: true, unit: 'UTF-16' },
  },
  'ext4 128': {
    ...POSIX,
    ...{ title: 'ext4 with 128-byte inodes', hardLinks: EXT4_LINKS, reflinks: false, known: 'measured' },
    times: { step: SECOND, from: OLDEST_SIGNED, to: 2 ** 31 - 1, window: 0 },
  },
  ext4: {
    ...POSIX,
    ...{ title: 'ext4', hardLinks: EXT4_LINKS, reflinks: false, known: 'measured' },
    times: { step: NANOSECOND, from: OLDEST_SIGNED, to: OLDEST_SIGNED + 2 ** 34 - 1, window: 0 },
  },
  xfs: {
    ...POSIX,
    ...{ title: 'XFS', hardLinks: null, reflinks: true, known: 'measured' },
    times: { step: NANOSECOND, from: OLDEST_SIGNED, to: Date.UTC(2486, 6, 2, 20, 20, 24) / 1000, window: 0 },
  },
  btrfs: {
    ...POSIX,
    ...{ title: 'btrfs', hardLinks: 65_535, reflinks: true, known: 'measured' },
    times: { step: NANOSECOND, ...ANY_TIME, window: 0 },
  },
  f2fs: {
    ...POSIX,
    ...{ title: 'F2FS', hardLinks: null, reflinks: false, known: 'measured' },
    times: { step: NANOSECOND, ...ANY_TIME, window: 0 },
  },
  tmpfs: {
    ...POSIX,
    ...{ title: 'tmpfs', hardLinks: null, reflinks: false, known: 'measured' },
    times: { step: NANOSECOND, ...ANY_TIME, window: 0 },
  },
  // A server may have hard links; a copy without symbolic ones does not rely on that.
  cifs: { ...CIFS, links: false, linksWith: 'mfsymlinks', hardLinks: 1 },
  'cifs mfsymlinks': { ...CIFS, links: true, hardLinks: 1023 },
  'fuse.sshfs': {
    ...POSIX,
    // An owner that is set goes to what a link leads to, as its time does, be that anywhere on the server.
    ...{ owners: false, followsLinks: true as const },
    ...{
      title: 'sshfs',
      specials: false,
      hardLinks: 1,
      hidesHardLinks: true as const,
      reflinks: false,
      known: 'measured',
    },
    ...{ xattrs: false, acls: false, times: { step: SECOND, from: 0, to: 2 ** 32 - 1, window: 0, wraps: 'seconds' } },
  },
} as const satisfies Readonly<Record<string, FileSystem>>;

function startOf(year: number): number {
  return Date.UTC(year, 0) / 1000;
}
