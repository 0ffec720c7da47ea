import type { EndpointFacts, MountFacts } from '../model/facts.ts';
import type { CanHold } from '../model/mount-facts.ts';
import { FILE_SYSTEMS, type FileSystem } from './table.ts';
import { triedFileSystem } from './tried.ts';

type Driver = keyof typeof FILE_SYSTEMS;

/** Types that hold what another one does. */
const ALIKE: Readonly<Record<string, Driver>> = { msdos: 'vfat', ext2: 'ext4 128', ext3: 'ext4 128', smb3: 'cifs' };

/** FAT's and exFAT's serial number, and NTFS's, as libblkid writes them. */
const FAT_SERIAL = /^[0-9a-f]{4}-[0-9a-f]{4}$/i;
const NTFS_SERIAL = /^[0-9a-f]{16}$/i;

/** What a mounted file system can hold; null where its type does not tell: on servers, behind other drivers of FUSE. */
export function fileSystemOf(
  mount: Pick<MountFacts, 'fsType' | 'uuid' | 'options' | 'tried' | 'folds'> | null,
): FileSystem | null {
  const known = mount === null ? null : fileSystemOfType(driverOf(mount));
  const found = mount?.tried === undefined ? known : triedHere(mount.fsType, mount.tried, known);
  return mount === null || found === null ? null : asMounted(mount, found);
}

function triedHere(fsType: string, tried: readonly CanHold[], known: FileSystem | null): FileSystem {
  const found = triedFileSystem(fsType, tried, known);
  if (known === null || !LAST_YEAR_TRIED.has(fsType)) return found;
  return { ...known, times: { ...known.times, to: found.times.to } };
}

const EXT: readonly string[] = ['ext2', 'ext3', 'ext4'];

/** What holds a copy. The mount table does not tell inodes of 128 bytes, the time of the copy's mark does. */
export function fileSystemAt({ directory, sentinels, nanoseconds }: EndpointFacts): FileSystem | null {
  const mount = directory?.mount ?? null;
  if (mount === null || !EXT.includes(mount.fsType) || !sentinels.destination) return fileSystemOf(mount);
  return asMounted(mount, FILE_SYSTEMS[nanoseconds?.destination === false ? 'ext4 128' : 'ext4']);
}

function asMounted({ options, folds }: Pick<MountFacts, 'options' | 'folds'>, found: FileSystem): FileSystem {
  const without = (option: string): boolean => options.includes(option);
  if (folds !== true && !without('noacl') && !without('nouser_xattr')) return found;
  return {
    ...found,
    foldsCase: found.foldsCase || folds === true,
    acls: found.acls && !without('noacl'),
    xattrs: found.xattrs && !without('nouser_xattr'),
  };
}

/** The same by the name of a type, as `lsblk` says it of a drive that is not mounted. */
export function fileSystemOfType(type: string): FileSystem | null {
  const driver = ALIKE[type] ?? (type === 'ntfs' ? 'ntfs-3g' : type);
  return isDriver(driver) ? FILE_SYSTEMS[driver] : null;
}

/**
 * Of FUSE the mount table says no more than that a device is behind it: the serial number tells whose format it is in. With
 * the extensions for Unix a Samba server holds what its own file system does, which nobody tells.
 */
export function driverOf({ fsType, uuid, options }: Pick<MountFacts, 'fsType' | 'uuid' | 'options'>): string {
  if (fsType === 'cifs' || fsType === 'smb3') {
    if (options.includes('unix') || options.includes('posix')) return '';
    return options.includes('mfsymlinks') ? 'cifs mfsymlinks' : 'cifs';
  }
  if (fsType !== 'fuseblk') return fsType.replace(/^fuseblk\./, '');
  if (FAT_SERIAL.test(uuid ?? '')) return 'exfat-fuse';
  if (!NTFS_SERIAL.test(uuid ?? '')) return fsType;
  // With its option `permissions` ntfs-3g leaves it to the kernel to heed them.
  return options.includes('default_permissions') ? 'ntfs-3g permissions' : 'ntfs-3g';
}

/** The kernel's own drivers of drives: what they hold does not hang on a server, nor on options that nobody sees. */
const DECIDED_BY_TYPE: ReadonlySet<string> = new Set([
  ...['vfat', 'msdos', 'exfat', 'ntfs3', 'hfsplus', 'ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'tmpfs'],
]);

/** The same but for the last year: XFS ends in 2038 or in 2486 by how it was made, and no mount table tells. */
const LAST_YEAR_TRIED: ReadonlySet<string> = new Set(['xfs']);

/** What was tried is of this type, and says nothing of another one. */
export function trialType(mount: Pick<MountFacts, 'fsType' | 'uuid' | 'options'>): string {
  return driverOf(mount) || mount.fsType;
}

/** Whether `prepare` tries what a file system can hold, since its type does not tell. */
export function needsTrial(mount: MountFacts | null): mount is MountFacts {
  if (mount === null || mount.tried !== undefined) return false;
  return !DECIDED_BY_TYPE.has(mount.fsType) || LAST_YEAR_TRIED.has(mount.fsType);
}

/** Types that give a folder the same inode number each time that they are asked. FAT and most drivers of FUSE count anew. */
const KEEP_INODES = new Set([
  ...['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'jfs', 'zfs', 'bcachefs', 'tmpfs', 'nfs', 'nfs4'],
]);

export function keepsInodes(mount: Pick<MountFacts, 'fsType'> | null): boolean {
  return mount !== null && KEEP_INODES.has(mount.fsType);
}

/** Drivers of the kernel that give a folder the time of this machine with each change in it. A server's clock may be wrong. */
const DATES_FOLDERS = new Set(['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'jfs', 'zfs', 'bcachefs', 'tmpfs']);

export function datesFolders(mount: Pick<MountFacts, 'fsType'> | null): boolean {
  return mount !== null && DATES_FOLDERS.has(mount.fsType);
}

function isDriver(name: string): name is Driver {
  return Object.hasOwn(FILE_SYSTEMS, name);
}
