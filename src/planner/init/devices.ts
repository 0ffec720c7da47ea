import type { MountFacts } from '../model/facts.ts';

/** A device of `lsblk --json --bytes`, with what stands on it below it (lsblk(8)). */
export interface DeviceNode {
  path: string;
  /** `disk`, `part`, `crypt`, `loop`, `rom`, … */
  type: string;
  fstype: string | null;
  uuid: string | null;
  label: string | null;
  /** Bytes. */
  size: number;
  rm: boolean;
  hotplug: boolean;
  ro: boolean;
  /** How it is connected: `usb`, `sata`, `nvme`, … */
  tran: string | null;
  model: string | null;
  /** What the partition is for: a GUID, or a number in MBR tables. */
  parttype: string | null;
  mountpoints: (string | null)[];
  children?: DeviceNode[];
}

/** A file system, or an encrypted container, that could hold backups. */
export interface FoundDrive {
  device: string;
  uuid: string;
  label: string | null;
  bytes: number;
  /** Of the file system; null while an encrypted drive is locked. */
  fsType: string | null;
  encrypted: boolean;
  /** Plugged in, and not built in. */
  removable: boolean;
  model: string | null;
  /** Where it is mounted; the first place, when there are several. */
  mountpoint: string | null;
}

const EFI = 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b';
const NO_DRIVES = ['loop', 'rom'];
const SYSTEM = ['/', '/usr', '/var', '/home', '[SWAP]'];
const NO_PLACE_FOR_FILES = ['swap', 'iso9660', 'udf', 'squashfs', 'erofs', 'apfs'];

/**
 * The drives that backups could go to: those that the system does not run from, removable ones first.
 *
 * @param all also what is never proposed, such as loop devices: for a drive that somebody named
 */
export function foundDrives(devices: readonly DeviceNode[], all = false): FoundDrive[] {
  const disks = devices.filter((disk) => all || (!NO_DRIVES.includes(disk.type) && !isSystem(disk)));
  const drives = disks.flatMap((disk) => {
    const removable = disk.rm || disk.hotplug || disk.tran === 'usb';
    return within(disk).map((node) => ({ ...node, removable, model: disk.model?.trim() ?? null }));
  });
  return drives.sort((a, b) => Number(b.removable) - Number(a.removable));
}

/** A drive that holds a part of the running system is not taken away, and a backup next to its originals is none. */
function isSystem(node: DeviceNode): boolean {
  return node.mountpoints.some((at) => at !== null && isSystemPlace(at)) || (node.children ?? []).some(isSystem);
}

function isSystemPlace(path: string): boolean {
  return SYSTEM.includes(path) || /^\/boot(\/|$)/.test(path);
}

function within(node: DeviceNode): Omit<FoundDrive, 'removable' | 'model'>[] {
  const { path: device, fstype, uuid, label, size: bytes, children = [] } = node;
  if (fstype === 'crypto_LUKS' && uuid !== null) {
    const [inside] = children;
    if (inside?.fstype?.endsWith('_member') === true) return [];
    const fsType = inside?.fstype ?? null;
    return [{ device, uuid, label: inside?.label ?? label, bytes, fsType, encrypted: true, ...mounted(inside) }];
  }
  // What mkfs.vfat writes to a whole disk can be read as a partition table, with one partition that is the whole disk.
  const isDouble = children.some((child) => child.uuid === uuid);
  const usable =
    !isDouble &&
    fstype !== null &&
    uuid !== null &&
    !node.ro &&
    node.parttype?.toLowerCase() !== EFI &&
    !fstype.endsWith('_member') &&
    !NO_PLACE_FOR_FILES.includes(fstype);
  const own = usable ? [{ device, uuid, label, bytes, fsType: fstype, encrypted: false, ...mounted(node) }] : [];
  return [...own, ...children.flatMap(within)];
}

function mounted(node: DeviceNode | undefined): Pick<FoundDrive, 'mountpoint'> {
  return { mountpoint: node?.mountpoints.find((at) => at?.startsWith('/')) ?? null };
}

/**
 * The UUID by which a spec finds the drive that is mounted somewhere again, and whether it is encrypted.
 *
 * @param mount of a folder on it
 * @param source of the mount that holds what is backed up
 * @returns null when it is the system's own drive, or one without a UUID: such a folder is found by its path
 */
export function driveMountedAs(
  devices: readonly DeviceNode[],
  mount: MountFacts,
  source: string,
): Pick<FoundDrive, 'uuid' | 'encrypted'> | null {
  if (mount.source === source || isSystemPlace(mount.target) || !mount.source.startsWith('/dev/')) return null;
  const listed = foundDrives(devices, true).find(({ mountpoint }) => mountpoint === mount.target);
  if (listed !== undefined) return listed;
  // What lsblk does not list is taken from the mount table, unless it stands on something else, which has its own UUID.
  const onTop = mount.source.startsWith('/dev/mapper/') || mount.source.startsWith('/dev/dm-');
  return onTop || mount.uuid === null ? null : { uuid: mount.uuid, encrypted: false };
}
