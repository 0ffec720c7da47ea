import type { BlockDevice, DriveFacts, VolumeFacts } from '../model/facts.ts';
import * as drives from '../model/findings/drives.ts';
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
  if (others.length > 0)
    return {
      state: 'unusable',
      remark: drives.driveAmbiguous(
        name,
        mount.deviceUuid,
        drive.devices.map(({ path }) => path),
      ),
    };
  const { cleartext } = drive;
  const encrypted = device.fsType === 'crypto_LUKS';
  if (mount.encryption === null && encrypted) {
    return { state: 'unusable', remark: drives.driveEncrypted(name, device.path) };
  }
  if (mount.encryption !== null && !encrypted) {
    return { state: 'unusable', remark: drives.driveNotEncrypted(name, device.path, device.fsType) };
  }
  const holder = encrypted ? cleartext : device;
  if (holder?.fsType === '') return { state: 'unusable', remark: drives.driveWithoutFileSystem(name, holder.path) };
  return { state: 'present', device, cleartext, locked: encrypted && cleartext === null };
}

/** The UUID that the mount table shows for a drive: in a LUKS container that is another than the container's own. */
export function fileSystemUuid({ deviceUuid, encryption }: DriveMount, { drive }: VolumeFacts): string | null {
  return encryption === null ? deviceUuid : (drive?.cleartext?.uuid ?? null);
}

function notThere(name: string, { deviceUuid }: DriveMount, { namesake, unlisted }: DriveFacts): Remark {
  if (unlisted === true) return drives.drivesUnlisted(name);
  return namesake === null
    ? drives.driveAbsent(name, deviceUuid)
    : drives.driveUuidOfPartition(name, deviceUuid, namesake);
}
