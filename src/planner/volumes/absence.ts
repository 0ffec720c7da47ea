import type { DirectoryFacts, VolumeFacts } from '../model/facts.ts';
import type { Volume } from '../model/spec.ts';
import type { Remark } from '../model/finding.ts';
import { driveState, fileSystemUuid } from './drive.ts';
import * as presence from '../model/findings/presence.ts';

/**
 * Why a volume cannot be used now, or null. The empty mountpoint of an absent drive is a directory like any other,
 * so a volume with `mount` counts only when its own device is mounted exactly there.
 */
export function absence(volume: Volume, observed: VolumeFacts): Remark | null {
  const where = observed.path ?? volume.path ?? 'an unknown place';
  const drive = driveState(volume, observed);
  // Of two that bear one UUID the one that is mounted is the one that was mounted first: the copies would be torn apart.
  const matters =
    drive.state === 'unusable' && (drive.remark.code === 'drive-ambiguous' || !isMounted(volume, observed));
  if (matters) return drive.remark;
  if (observed.unmountedFstabTarget !== null) {
    return presence.notMountedByFstab(volume.name, observed.unmountedFstabTarget);
  }
  if (observed.path === null) {
    return drive.state === 'present'
      ? presence.closed(volume.name, drive.locked)
      : presence.notMounted(volume.name, volume.mount?.deviceUuid ?? '');
  }
  if (observed.notFolder === true) return presence.notFolder(where);
  if (observed.directory === null)
    return volume.marksOnly === true
      ? presence.volumeUnmarked(volume.name, where)
      : presence.volumeAbsent(volume.name, where);
  return volume.mount === null || isMounted(volume, observed)
    ? null
    : wrongMount(volume, volume.mount.deviceUuid, observed.directory);
}

function isMounted({ mount }: Volume, observed: VolumeFacts): boolean {
  const { directory } = observed;
  const uuid = mount === null ? null : fileSystemUuid(mount, observed);
  if (uuid === null || directory?.mount == null) return false;
  return directory.mount.uuid?.toLowerCase() === uuid.toLowerCase() && directory.mount.target === directory.realPath;
}

function wrongMount(volume: Volume, uuid: string, { mount, realPath }: DirectoryFacts): Remark {
  const found =
    mount === null ? 'no known mount' : `${mount.source} (UUID ${mount.uuid ?? 'unknown'}) mounted at ${mount.target}`;
  return presence.otherMounted(volume.name, uuid, realPath, found);
}
