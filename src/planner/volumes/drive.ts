import type { BlockDevice, DriveFacts, VolumeFacts } from '../model/facts.ts';
import type { DriveMount, Volume } from '../model/spec.ts';
import type { Remark } from '../model/finding.ts';

/** What a drive is now, as far as opening it goes. Whether it is mounted where it should be is told by its directory. */
export type DriveState =
  /** Its host cannot say. */
  | { state: 'unknown' }
  | { state: 'unusable'; remark: Remark }
  /** `cleartext` is what an unlocked container shows; null for one that is locked. */
  | { state: 'present'; device: BlockDevice; cleartext: BlockDevice | null; locked: boolean };

export function driveState({ name, mount }: Volume, { drive }: VolumeFacts): DriveState {
  if (mount === null || drive === undefined) return { state: 'unknown' };
  const [device, ...others] = drive.devices;
  if (device === undefined) return { state: 'unusable', remark: notThere(name, mount, drive) };
  if (others.length > 0) return { state: 'unusable', remark: ambiguous(name, mount, drive.devices) };
  const { cleartext } = drive;
  const encrypted = device.fsType === 'crypto_LUKS';
  if (mount.encryption === null ? encrypted : !encrypted) {
    return { state: 'unusable', remark: otherEncryption(name, device, encrypted) };
  }
  const holder = encrypted ? cleartext : device;
  if (holder?.fsType === '') return { state: 'unusable', remark: withoutFileSystem(name, holder) };
  return { state: 'present', device, cleartext, locked: encrypted && cleartext === null };
}

/** The UUID that the mount table shows for a drive: in a LUKS container that is another than the container's own. */
export function fileSystemUuid({ deviceUuid, encryption }: DriveMount, { drive }: VolumeFacts): string | null {
  return encryption === null ? deviceUuid : (drive?.cleartext?.uuid ?? null);
}

function notThere(name: string, { deviceUuid }: DriveMount, { namesake }: DriveFacts): Remark {
  if (namesake !== null) {
    return {
      severity: 'error',
      code: 'drive-uuid-of-partition',
      message: `${deviceUuid} is the UUID of the partition ${namesake.path} (PARTUUID), not of what is in it.`,
      help: `Write mount.device-uuid = "${namesake.uuid}" for ${name}, as lsblk -o NAME,UUID shows it.`,
    };
  }
  return {
    code: 'drive-absent',
    message: `${name} is not plugged in: no device has the UUID ${deviceUuid}.`,
    help: 'Plug the drive in. lsblk -o NAME,UUID,LABEL shows what is there.',
  };
}

function ambiguous(name: string, { deviceUuid }: DriveMount, devices: readonly BlockDevice[]): Remark {
  return {
    severity: 'error',
    code: 'drive-ambiguous',
    message: `${devices.map(({ path }) => path).join(' and ')} have the same UUID ${deviceUuid}, so that nobody can tell which is ${name}.`,
    help: 'Unplug the copy, or give it a UUID of its own (tune2fs -U random, btrfstune -u, cryptsetup luksUUID).',
  };
}

function otherEncryption(name: string, { path, fsType }: BlockDevice, encrypted: boolean): Remark {
  if (encrypted) {
    return {
      severity: 'error',
      code: 'drive-encrypted',
      message: `${path} is a LUKS container, and the spec does not say that ${name} is encrypted.`,
      help: `Add mount.encryption.type = "luks" to ${name}.`,
    };
  }
  return {
    severity: 'error',
    code: 'drive-not-encrypted',
    message: `${path} is no LUKS container but ${fsType === '' ? 'of an unknown type' : fsType}, and the spec says that ${name} is encrypted.`,
    help: 'mount.device-uuid of an encrypted drive is the UUID of the container, not of the file system in it: lsblk -o NAME,FSTYPE,UUID',
  };
}

function withoutFileSystem(name: string, { path }: BlockDevice): Remark {
  return {
    severity: 'error',
    code: 'drive-without-file-system',
    message: `There is no file system on ${path} of ${name}.`,
    help: `If the drive is new and empty: sudo mkfs.ext4 ${path}`,
  };
}
