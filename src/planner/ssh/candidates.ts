import type { Finding } from '../model/finding.ts';
import type { SshEndpoint } from '../model/spec.ts';
import { didYouMean, listed } from '../spec/suggest.ts';

type Endpoints = Readonly<Record<string, SshEndpoint>>;

/** How servers with several endpoints are to be reached. */
export interface Reach {
  /** Endpoints of these locations are wanted more. */
  locations: readonly string[];
  /** Endpoints of these locations are not used. */
  excludedLocations: readonly string[];
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
 */
export function candidatesOf(names: readonly string[], endpoints: Endpoints, reach: Reach): Candidates {
  const isIn = (name: string, locations: readonly string[]) =>
    endpoints[name]?.locations.some((location) => locations.includes(location)) ?? false;
  const excluded = names.filter((name) => isIn(name, reach.excludedLocations));
  const left = names.filter((name) => !excluded.includes(name));
  const wanted = left.filter((name) => isIn(name, reach.locations));
  return { order: [...wanted, ...left.filter((name) => !wanted.includes(name))], excluded };
}

/** Locations that no endpoint of the spec has: a mistake on the command line (`unknown-location`). */
export function unknownLocations(endpoints: Endpoints, { locations, excludedLocations }: Reach): Finding[] {
  const known = [...new Set(Object.values(endpoints).flatMap((endpoint) => endpoint.locations))];
  const otherwise = known.length === 0 ? 'No [ssh.…] of the spec has a `location`.' : `There are: ${listed(known)}.`;
  return [...locations, ...excludedLocations]
    .filter((word) => !known.includes(word))
    .map((word) => ({
      severity: 'error',
      code: 'unknown-location',
      message: `No SSH endpoint has the location ${word}.`,
      help: didYouMean(word, known, otherwise),
    }));
}
