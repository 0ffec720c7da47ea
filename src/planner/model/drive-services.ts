/** What a host needs for unlocking and mounting drives, as far as that was tried. Only `check` tries it. */
export interface DriveServices {
  udisks: 'running' | 'not-running' | 'missing';
  /** udisks's module for btrfs is installed. */
  btrfsModule: boolean;
  /** This user may delete btrfs subvolumes on drives that udisks mounts. */
  subvolumeRemoval: boolean;
  /** By volume: may this user unlock the drive, or mount it when it is not encrypted? */
  permissions: Record<string, DrivePermission>;
}

export type DrivePermission =
  | { outcome: 'allowed' }
  | { outcome: 'refused' }
  /** It could not be tried: the drive is absent, or open already, or fstab says how it is mounted. */
  | { outcome: 'not-tried' }
  /** Something else went wrong, in the words of udisks. */
  | { outcome: 'failed'; message: string };

/** A drive whose permission is to be tried. */
export interface DriveQuestion {
  volume: string;
  uuid: string;
  encrypted: boolean;
  /** The spec says where it is mounted, and so fstab does. */
  inFstab: boolean;
}
