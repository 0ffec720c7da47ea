import { endpointKey } from '../model/spec.ts';
import { contains, placeOf, samePlace, type Place } from './place.ts';
import { block, type Draft, type Remark, type Stop } from './draft.ts';

interface Claim {
  draft: Draft;
  role: 'source' | 'destination';
  key: string;
  place: Place;
}

/**
 * Finds syncs whose directories are, contain or lie in one another although the spec's paths do not show it. Returns
 * what stops each of them, by sync name. One sorted sweep: the places around the current one are the open ones.
 */
export function overlaps(drafts: readonly Draft[]): Map<string, Stop> {
  const stops = new Map<string, Stop>();
  const claims = drafts.flatMap(claimsOf);
  claims.sort((a, b) => compare(a.place.device, b.place.device) || compare(a.place.path, b.place.path));
  let open: Claim[] = [];
  for (const claim of claims) {
    open = open.filter((outer) => contains(outer.place, claim.place));
    for (const outer of open) {
      const conflict = conflictOf(outer, claim);
      if (conflict === null) continue;
      for (const { draft } of [outer, claim]) {
        if (!stops.has(draft.sync.name)) stops.set(draft.sync.name, block(draft, conflict));
      }
    }
    if (worthKeeping(open, claim)) open.push(claim);
  }
  return stops;
}

/** Sources of one place are alike to whatever lies inside them, and there can be thousands: one stands for all. */
function worthKeeping(open: readonly Claim[], claim: Claim): boolean {
  const last = open.at(-1);
  return (
    claim.role === 'destination' || last === undefined || last.role !== 'source' || !samePlace(last.place, claim.place)
  );
}

function claimsOf(draft: Draft): Claim[] {
  return (['source', 'destination'] as const).flatMap((role) => {
    const directory = draft[role]?.directory;
    return directory == null ? [] : [{ draft, role, key: endpointKey(draft.sync[role]), place: placeOf(directory) }];
  });
}

function conflictOf(outer: Claim, inner: Claim): Remark | null {
  const same = samePlace(outer.place, inner.place);
  if (outer.role === 'source' && inner.role === 'source') return null;
  if (outer.role === 'destination' && inner.role === 'destination') {
    if (outer.draft === inner.draft) return null;
    return {
      code: 'destinations-overlap',
      message: `${inner.key} is really ${same ? 'the same directory as' : 'inside'} ${outer.key}: two syncs would write to one place.`,
      help: 'Give each sync a destination of its own.',
    };
  }
  return mixed(outer, inner, same);
}

/** A source and a destination. The same place is a chain, unless it is one sync's own or the spec does not say so. */
function mixed(outer: Claim, inner: Claim, same: boolean): Remark | null {
  const own = outer.draft === inner.draft;
  if (same) {
    if (!own && outer.key === inner.key) return null;
    return {
      code: own ? 'destination-is-source' : 'source-is-destination-alias',
      message: `${inner.key} and ${outer.key} are one directory under two names.`,
      help: own
        ? 'Choose another destination.'
        : 'Write both in the same way, so that the order of the syncs is known.',
    };
  }
  const sameVolume = inner.draft.sync[inner.role].volume === outer.draft.sync[outer.role].volume;
  if (sameVolume) return null;
  if (outer.role === 'source') {
    return {
      code: 'destination-inside-source',
      message: `${inner.key} is really inside ${outer.key}: the copy would be copied into itself.`,
      help: 'Choose another destination, or name both through one volume and exclude the destination with a filter.',
    };
  }
  return {
    code: 'source-inside-destination',
    message: `${inner.key} is really inside ${outer.key}: backing up could delete what is to be backed up.`,
    help: 'Choose another destination.',
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
