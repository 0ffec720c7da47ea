import type { DirectoryFacts } from '../model/facts.ts';
import { endpointKey, hostAt } from '../model/spec.ts';
import { exclusionsOf } from '../spec/filters/excludes.ts';
import { belowMount, machineAt, onHost, placeOf, repeatedFolder, slashed } from '../volumes/place.ts';
import { block, type KnownEndpoint, type Reached, type Stop } from './draft.ts';
import type { Remark } from '../model/finding.ts';
import { crossesNoMounts, reflections } from './reflections.ts';
import {
  destinationReallyInside,
  destinationReallySource,
  reallyOverlap,
  sourceIsAlias,
  sourceReallyInside,
} from '../model/findings/overlaps.ts';

/** A sync; it has a source if it reads that. */
type Comparable = Reached & { source?: KnownEndpoint };

/** A directory that is read or written. */
interface Claim {
  role: 'source' | 'destination';
  key: string;
  /** Where it is within its file system, after the device: bind mounts and aliases have one. Ends with a slash. */
  place: string;
  /** Where it is in its host's tree of all mounts, as rsync walks it. Ends with a slash. */
  path: string;
  device: string;
  /** For a source all syncs that read it in the same way, since there can be thousands. */
  drafts: Comparable[];
  /** What keeps a directory in a source from being copied; null when it is copied. */
  excluded: (path: string) => string | null;
  oneFileSystem: boolean;
}

/**
 * Finds syncs whose directories are, contain or lie in one another although the spec's paths do not show it. Returns
 * what stops each of them, by sync name.
 */
export function overlaps(drafts: readonly Comparable[]): Map<string, Stop> {
  const stops = new Map<string, Stop>();
  const stopped = new Set<Claim>();
  const stop = (claim: Claim, conflict: Remark): void => {
    if (stopped.has(claim)) return;
    stopped.add(claim);
    for (const draft of claim.drafts) {
      if (!stops.has(draft.sync.name)) stops.set(draft.sync.name, block(draft, conflict));
    }
  };
  for (const { drafts: both, remark } of reflections(drafts)) {
    for (const draft of both) {
      if (!stops.has(draft.sync.name)) stops.set(draft.sync.name, block(draft, remark));
    }
  }
  const claims = claimsOf(drafts);
  for (const address of ['place', 'path'] as const) {
    for (const [outer, inner] of nested(claims, address)) {
      const conflict = conflictOf(outer, inner, inner[address].slice(outer[address].length, -1));
      if (conflict === null) continue;
      stop(outer, conflict);
      stop(inner, conflict);
    }
  }
  return stops;
}

/**
 * Pairs of which the first is around or the same as the second, sources among themselves aside. One sorted sweep: what
 * is inside a directory follows it immediately, so those around the current one are a stack.
 */
function* nested(claims: readonly Claim[], address: 'place' | 'path'): Generator<[outer: Claim, inner: Claim]> {
  const around: Record<Claim['role'], Claim[]> = { source: [], destination: [] };
  for (const inner of claims.toSorted((a, b) => (a[address] < b[address] ? -1 : a[address] > b[address] ? 1 : 0))) {
    for (const stack of Object.values(around)) {
      for (let last = stack.at(-1); last && !inner[address].startsWith(last[address]); last = stack.at(-1)) stack.pop();
    }
    for (const outer of around.destination) yield [outer, inner];
    if (inner.role === 'destination') for (const outer of around.source) yield [outer, inner];
    around[inner.role].push(inner);
  }
}

function claimsOf(drafts: readonly Comparable[]): Claim[] {
  const claims = new Map<string, Claim>();
  const places = new Map<string, string>();
  for (const draft of drafts) {
    const { sync, source, destination } = draft;
    if (source !== undefined) {
      const alike = JSON.stringify([endpointKey(sync.source), sync.filters, crossesNoMounts(sync)]);
      const known = claims.get(alike);
      if (known === undefined) claims.set(alike, claim(draft, 'source', source.directory, places));
      else known.drafts.push(draft);
    }
    if (draft.input.spec.volumes[sync.destination.volume]?.marksOnly !== true)
      claims.set(sync.name, claim(draft, 'destination', destination.directory, places));
  }
  return [...claims.values()];
}

function claim(draft: Comparable, role: Claim['role'], directory: DirectoryFacts, places: Map<string, string>): Claim {
  const { sync } = draft;
  const host = hostAt(draft.input.spec, sync[role].volume);
  const machine = machineAt(draft.input, sync[role].volume);
  const { device, path } = placeOf(machine, directory);
  // One inode under two paths: a file system that ignores case, for example.
  const identity = onHost(machine, `${directory.device}:${directory.inode}`);
  const place = places.get(identity) ?? `${device}\0${path}`;
  places.set(identity, place);
  return {
    ...{ role, key: endpointKey(sync[role]), place, device, drafts: [draft] },
    path: onHost(host, slashed(walkedPath(directory))),
    excluded: exclusionsOf(sync.filters),
    oneFileSystem: crossesNoMounts(sync),
  };
}

/** Where a directory is in the tree of all mounts; what fuse repeats is where it repeats that from. */
function walkedPath({ realPath, mount }: DirectoryFacts): string {
  const repeated = mount === null ? null : repeatedFolder(mount);
  return mount === null || repeated === null ? realPath : `${repeated}${belowMount(realPath, mount)}`;
}

/** @param inside where in the outer one the inner one is; empty when they are one directory */
function conflictOf(outer: Claim, inner: Claim, inside: string): Remark | null {
  if (outer.oneFileSystem && outer.device !== inner.device) return null;
  const keys = { outer: outer.key, inner: inner.key };
  if (outer.role === 'destination' && inner.role === 'destination') return reallyOverlap(keys, inside === '');
  if (inside === '') return oneDirectory(outer, inner);
  if (outer.role === 'destination') return sourceReallyInside(keys);
  return outer.excluded(inside) === null ? destinationReallyInside(keys, inside) : null;
}

/** A source and a destination that are one: a chain, unless they are one sync's own or the spec does not say so. */
function oneDirectory(outer: Claim, inner: Claim): Remark | null {
  if (outer.key === inner.key) return null;
  const isOwn = outer.drafts.some((draft) => inner.drafts.includes(draft));
  return (isOwn ? destinationReallySource : sourceIsAlias)({ outer: outer.key, inner: inner.key });
}
