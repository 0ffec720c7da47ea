/** The mount that holds a directory. */
export interface MountFacts {
  target: string;
  source: string;
  fsType: string;
  /** Null when not known, for example for tmpfs. */
  uuid: string | null;
  options: string[];
  /** The whole disks that it stands on, as the kernel names them (`sda`). Absent where that is not known. */
  disks?: string[];
  /** Whether one of these rotates, as the kernel says. Absent where nobody knows of each, as in a virtual machine. */
  rotates?: boolean;
  /** What its file system can hold, as `prepare` has tried it. Absent where it was not tried, or was of another type then. */
  tried?: CanHold[];
  /** Names that differ only in case are one in a destination there. Absent where they are two, or nobody has looked. */
  folds?: true;
}

/** What was tried on a file system, and was there. What ends with `-untried` could not be tried. */
export type CanHold =
  | 'owners'
  | 'modes'
  | 'links'
  /** The time or the owner of a link that is set is that of what it leads to. */
  | 'link-times-follow'
  | 'hard-links'
  /** They are made, and each name is shown as a file of its own. */
  | 'hidden-hard-links'
  | 'specials'
  /** Nanoseconds. */
  | `step-${1 | 100 | 1000 | 1000000 | 10000000 | 1000000000}`
  | `year-${1950 | 1975 | 2045 | 2115}`
  | `name-${'quote' | 'star' | 'colon' | 'less' | 'greater' | 'question' | 'backslash' | 'pipe'}`
  | `name-${'control' | 'dot' | 'blank' | 'bytes' | 'text-255'}`
  /** Bytes. */
  | `name-${255 | 240 | 220 | 200 | 180 | 160 | 143 | 128 | 100}`
  /** Names that differ only in case are two. */
  | 'case'
  /** So are a letter with an accent in one character and in two. */
  | 'accents'
  | 'xattrs'
  | 'user-xattrs'
  | 'xattrs-untried'
  | 'acls'
  | 'acls-untried'
  | 'holes'
  | 'holes-untried'
  /** A file of 4 GiB. */
  | 'large'
  | 'large-untried'
  | 'reflinks';
