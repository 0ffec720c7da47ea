import type { Finding } from '../../model/finding.ts';
import { endpointKey, type Filter, type Sync } from '../../model/spec.ts';
import { exclusionsOf } from '../filters/excludes.ts';
import { pointerOf, remarkAt, type Check, type CheckInput } from './check.ts';
import { around, Places } from './places.ts';
import {
  destinationInsideSource,
  destinationIsSource,
  destinationsOverlap,
  sourceInsideDestination,
} from '../../model/findings/spec.ts';

interface Destination {
  place: string;
  sync: Sync;
}

interface Overlaps {
  input: CheckInput;
  places: Places;
  /** Sorted by place: what is inside a place follows it immediately. */
  destinations: Destination[];
  byPlace: ReadonlyMap<string, Sync>;
  /** What was found inside a source, by source and filters. */
  inside: Map<string, Destination | null>;
}

/**
 * Syncs that would write over each other or copy a copy. What a disabled sync names does not matter. A source that *is*
 * another sync's destination is a chain.
 */
export const overlaps: Check = (input) => {
  const places = new Places(input.spec);
  const syncs = Object.values(input.spec.syncs).filter((sync) => sync.enabled);
  const byPlace = new Map<string, Sync>();
  for (const sync of syncs) {
    const place = places.of(sync.destination);
    if (!byPlace.has(place)) byPlace.set(place, sync);
  }
  // What only holds marks has nothing that could be copied twice.
  const destinations = [...byPlace]
    .filter(([, { destination }]) => input.spec.volumes[destination.volume]?.marksOnly !== true)
    .map(([place, sync]) => ({ place, sync }));
  destinations.sort((a, b) => (a.place < b.place ? -1 : 1));
  const overlapping: Overlaps = { input, places, destinations, byPlace, inside: new Map() };
  return syncs.flatMap((sync) => [
    ...twoDestinations(overlapping, sync),
    ...sourceIsDestination(overlapping, sync),
    ...sourceInside(overlapping, sync),
    ...sourceAround(overlapping, sync),
  ]);
};

function twoDestinations({ input, places, byPlace }: Overlaps, sync: Sync): Finding[] {
  const place = places.of(sync.destination);
  const same = byPlace.get(place);
  const outer = around(place).find((each) => byPlace.has(each));
  const other = same !== sync ? same : byPlace.get(outer ?? '');
  if (other === undefined) return [];
  return [
    remarkAt(
      input,
      ['syncs', sync.name, 'destination'],
      destinationsOverlap(
        {
          destination: endpointKey(sync.destination),
          other: other.name,
          otherDestination: endpointKey(other.destination),
        },
        same !== sync,
        `${sync.destination.volume}:${sync.name}`,
      ),
    ),
  ];
}

function sourceIsDestination({ input, places }: Overlaps, sync: Sync): Finding[] {
  if (places.of(sync.source) !== places.of(sync.destination)) return [];
  return [remarkAt(input, ['syncs', sync.name, 'destination'], destinationIsSource(endpointKey(sync.destination)))];
}

function sourceInside({ input, places, byPlace }: Overlaps, sync: Sync): Finding[] {
  const outer = around(places.of(sync.source)).find((each) => byPlace.has(each));
  const other = byPlace.get(outer ?? '');
  if (other === undefined) return [];
  return [
    remarkAt(
      input,
      ['syncs', sync.name, 'source'],
      sourceInsideDestination(
        endpointKey(sync.source),
        endpointKey(other.destination),
        other === sync ? null : other.name,
      ),
    ),
  ];
}

function sourceAround(overlapping: Overlaps, sync: Sync): Finding[] {
  const { input, places } = overlapping;
  if (input.left.has(pointerOf('syncs', sync.name, 'filters'))) return [];
  const source = places.of(sync.source);
  const inner = firstInside(overlapping, source, sync.filters);
  return inner === null ? [] : [aroundFinding(input, sync, inner.sync, inner.place.slice(source.length, -1))];
}

/** The first destination inside a source that the filters do not keep out. Syncs that are alike ask once. */
function firstInside(overlapping: Overlaps, source: string, filters: readonly Filter[]): Destination | null {
  const start = firstFrom(overlapping.destinations, `${source}\0`);
  if (overlapping.destinations[start]?.place.startsWith(source) !== true) return null;
  const question = `${source}\0${JSON.stringify(filters)}`;
  const known = overlapping.inside.get(question);
  if (known !== undefined) return known;
  const found = searchInside(overlapping.destinations, start, source, filters);
  overlapping.inside.set(question, found);
  return found;
}

function searchInside(
  destinations: readonly Destination[],
  start: number,
  source: string,
  filters: readonly Filter[],
): Destination | null {
  const excludedPart = exclusionsOf(filters);
  let index = start;
  for (;;) {
    const inner = destinations[index];
    if (inner === undefined || !inner.place.startsWith(source)) return null;
    const path = inner.place.slice(source.length, -1);
    const excluded = excludedPart(path);
    if (excluded === null) return inner;
    // `0` comes right after `/`: what follows is no longer inside the excluded directory.
    index = firstFrom(destinations, `${source}${excluded}0`);
  }
}

function aroundFinding(input: CheckInput, sync: Sync, other: Sync, path: string): Finding {
  return remarkAt(
    input,
    ['syncs', sync.name, other === sync ? 'destination' : 'source'],
    destinationInsideSource(endpointKey(sync.source), {
      of: other === sync ? null : other.name,
      destination: endpointKey(other.destination),
      path,
    }),
  );
}

/** Index of the first destination whose place is not before `place`. */
function firstFrom(destinations: readonly Destination[], place: string): number {
  let low = 0;
  let high = destinations.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((destinations[middle]?.place ?? '') < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
