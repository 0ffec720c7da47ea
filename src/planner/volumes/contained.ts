import type { Facts } from '../model/facts.ts';
import type { Remark } from '../model/finding.ts';
import { destinationLeadsOut, snapshotsLinked } from '../model/findings/destinations.ts';
import { endpointKey, type Endpoint } from '../model/spec.ts';
import { slashed } from './place.ts';

/**
 * Why nothing may be written to, renamed in or deleted from an endpoint: a symlink below the volume's root leads out of the
 * volume. The volume's own path may be a link: what counts is where that leads. Null when all is inside, or not known.
 *
 * @param history nbkp keeps snapshots there; otherwise `snapshots` is a name like any other
 */
export function leadsOut(facts: Pick<Facts, 'volumes' | 'endpoints'>, at: Endpoint, history: boolean): Remark | null {
  const observed = facts.endpoints[endpointKey(at)];
  const root = facts.volumes[at.volume]?.directory?.realPath;
  const real = observed?.directory?.realPath;
  if (observed === undefined || root === undefined || real === undefined) return null;
  if (!slashed(real).startsWith(slashed(root))) return destinationLeadsOut(observed.path, real, root);
  return history && observed.snapshotsLink === true ? snapshotsLinked(observed.path) : null;
}
