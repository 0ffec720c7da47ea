import type { Finding } from '../model/finding.ts';
import { unknownLocation } from '../model/findings/servers.ts';
import type { SshEndpoint } from '../model/spec.ts';
import { didYouMean, listed } from '../model/suggest.ts';

type Endpoints = Readonly<Record<string, SshEndpoint>>;

/** Of an endpoint's addresses. */
export type Network = 'private' | 'public';

/** How servers with several endpoints are to be reached. */
export interface Reach {
  /** Endpoints of these locations are wanted more. */
  locations: readonly string[];
  /** Endpoints of these locations are not used. */
  excludedLocations: readonly string[];
  /** Endpoints in such a network are wanted more, within what the locations say. Null for no such wish. */
  network: Network | null;
}

export interface Candidates {
  /** Names of endpoints, the most wanted first. */
  order: string[];
  /** Those that an excluded location took away. */
  excluded: string[];
}

/**
 * In which order the endpoints of a volume are wanted. An excluded location takes its endpoints away, whatever else they
 * are; a wanted location puts its own first; else the order of the spec stays.
 *
 * @param names as the volume has them
 * @param networks of the endpoints, as far as they are known; needed where `reach` wants one
 */
export function candidatesOf(
  names: readonly string[],
  endpoints: Endpoints,
  reach: Reach,
  networks: ReadonlyMap<string, Network | null> = new Map(),
): Candidates {
  const isIn = (name: string, locations: readonly string[]) =>
    endpoints[name]?.locations.some((location) => locations.includes(location)) ?? false;
  const excluded = names.filter((name) => isIn(name, reach.excludedLocations));
  const left = names.filter((name) => !excluded.includes(name));
  const near = first(left, (name) => reach.network !== null && networks.get(name) === reach.network);
  return { order: first(near, (name) => isIn(name, reach.locations)), excluded };
}

/** Those that are wanted before the others; among both the order stays. */
function first(names: readonly string[], isWanted: (name: string) => boolean): string[] {
  const wanted = names.filter(isWanted);
  return [...wanted, ...names.filter((name) => !wanted.includes(name))];
}

/** Locations that no endpoint of the spec has: a mistake on the command line (`unknown-location`). */
export function unknownLocations(
  endpoints: Endpoints,
  { locations, excludedLocations }: Pick<Reach, 'locations' | 'excludedLocations'>,
): Finding[] {
  const known = [...new Set(Object.values(endpoints).flatMap((endpoint) => endpoint.locations))];
  const otherwise = known.length === 0 ? 'No [ssh.…] of the spec has a `location`.' : `There are: ${listed(known)}.`;
  return [...locations, ...excludedLocations]
    .filter((word) => !known.includes(word))
    .map((word) => unknownLocation(word, didYouMean(word, known, otherwise)));
}
