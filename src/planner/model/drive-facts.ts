export interface DriveFacts {
  /** Those with the UUID of the spec. None: it is not plugged in. Several: they cannot be told apart. */
  devices: BlockDevice[];
  /** What an unlocked LUKS container shows; null while it is locked, and for a device that is no container. */
  cleartext: BlockDevice | null;
  /** When no device has the UUID: the one whose partition table entry has it (PARTUUID). */
  namesake: BlockDevice | null;
  /** lsblk(8) could not list any: what is plugged in is not known. */
  unlisted?: true;
  /** What nbkp has opened of it and not closed again. From the store, as history is; absent when nothing. */
  opened?: OpenedDrive;
}

/** A drive that a run has unlocked or mounted. Times are ISO 8601, UTC; null for what was open before. */
export interface OpenedDrive {
  run: string;
  unlockedAt: string | null;
  mountedAt: string | null;
  /** It stays open until somebody closes it by hand. */
  kept: boolean;
  /** The runs that use it at this moment. */
  users: string[];
}

/** A line of lsblk(8). What it does not know is empty. */
export interface BlockDevice {
  /** `/dev/sda1`. */
  path: string;
  /** `disk`, `part`, `crypt`, `loop`, … */
  type: string;
  /** `crypto_LUKS`, `ext4`, … */
  fsType: string;
  uuid: string;
  label: string;
  readOnly: boolean;
  /** Another one each time that a drive is plugged in or unlocked. Absent where the kernel does not count (before 5.15). */
  sequence?: string;
  /** It stands on what an unlocked container shows, such as a logical volume in it. */
  inContainer?: true;
}
