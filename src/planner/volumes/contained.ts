import type { Facts } from '../model/facts.ts';
import type { Remark } from '../model/finding.ts';
import { destinationLeadsOut, folderLinked } from '../model/findings/destinations.ts';
import { endpointKey, type Sync } from '../model/spec.ts';
import { slashed } from './place.ts';

/**
 * Why nothing may be written to, renamed in or deleted from the destination of a sync: a symlink below the volume's root
 * leads out of the volume, or stands where nbkp makes a directory. The volume's own path may be a link: what counts is
 * where that leads. Null when all is inside, or not known.
 */
export function leadsOut(
  facts: Pick<Facts, 'volumes' | 'endpoints'>,
  { destination, snapshots: { mode } }: Pick<Sync, 'destination' | 'snapshots'>,
): Remark | null {
  const observed = facts.endpoints[endpointKey(destination)];
  const root = facts.volumes[destination.volume]?.directory?.realPath;
  const real = observed?.directory?.realPath;
  if (observed === undefined || root === undefined || real === undefined) return null;
  if (!slashed(real).startsWith(slashed(root))) return destinationLeadsOut(observed.path, real, root);
  if (mode !== 'none' && observed.snapshotsLink === true) return folderLinked(observed.path, 'snapshots');
  const staging = mode === 'btrfs' ? observed.staging : null;
  return staging === null || staging.realPath === `${slashed(real)}staging`
    ? null
    : folderLinked(observed.path, 'staging');
}
