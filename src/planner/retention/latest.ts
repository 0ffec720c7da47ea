import type { EndpointFacts } from '../model/facts.ts';
import * as findings from '../model/findings/latest.ts';
import { classifySnapshots } from './classify.ts';
import { parseSnapshotName } from './names.ts';

/**
 * Why `latest` does not say which snapshot is good, the same for every command; null where it names one that is there,
 * or none yet.
 *
 * @param now milliseconds since 1970 UTC
 */
export function latestTrouble(destination: EndpointFacts, now: number) {
  const { path, latest } = destination;
  const history = classifySnapshots(destination);
  // One from the future is the newest by its name only.
  const newest = history.unverified.findLast((name) => timeOf(name) <= now) ?? null;
  if (latest.kind === 'foreign') return findings.latestForeign({ path, newest }, latest.target !== null);
  if (lacksLatest(destination)) return findings.latestMissing({ path, newest });
  if (latest.kind !== 'snapshot' || history.latest !== null) return null;
  return findings.latestDangling({ path, newest }, latest.name);
}

/**
 * Is there no `latest` where there are snapshots? It never goes while nbkp moves it on, and one that is prepared is a link to
 * `/dev/null`.
 */
export function lacksLatest(destination: Pick<EndpointFacts, 'snapshots' | 'latest'>): boolean {
  return destination.latest.kind === 'absent' && classifySnapshots(destination).unverified.length > 0;
}

/**
 * What there is to say of snapshots that nothing vouches for.
 *
 * @param key names the destination: `usb:photos`
 * @param now milliseconds since 1970 UTC
 */
export function unverifiedRemarks(destination: EndpointFacts, key: string, now: number) {
  const { unverified } = classifySnapshots(destination);
  const future = unverified.filter((name) => timeOf(name) > now);
  const unknown = unverified.filter((name) => timeOf(name) <= now);
  return [
    ...(unknown.length === 0 ? [] : [findings.snapshotUnverified(key, destination.path, unknown)]),
    ...(future.length === 0
      ? []
      : [
          findings.snapshotFromFuture(
            key,
            future.map((name) => placeOf(destination, name)),
          ),
        ]),
  ];
}

/**
 * A snapshot that is made now would not be later than `latest`: this clock is wrong, or that one was.
 *
 * @param latest the name of the snapshot that `latest` names
 * @param now ISO 8601, UTC
 */
export function clockTrouble(destination: EndpointFacts, key: string, latest: string, now: string) {
  return findings.clockBehindLatest(now, key, placeOf(destination, latest));
}

function placeOf({ path, snapshots }: EndpointFacts, name: string) {
  const kind: 'directory' | 'subvolume' = snapshots?.[name]?.kind === 'subvolume' ? 'subvolume' : 'directory';
  return { name, path: `${path}/snapshots/${name}`, kind };
}

function timeOf(name: string): number {
  return parseSnapshotName(name) ?? 0;
}
