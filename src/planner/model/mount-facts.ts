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
}
