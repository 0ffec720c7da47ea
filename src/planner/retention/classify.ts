import type { EndpointFacts, SnapshotEntry } from '../model/facts.ts';
import { parseIncompleteMark, parsePartial, parsePruneLeftover, parseSnapshotName } from './names.ts';

export interface Snapshot {
  name: string;
  /** Milliseconds since 1970, UTC. */
  time: number;
  /** What it is decides how it is removed: a destination can hold both. */
  kind: 'directory' | 'subvolume' | 'stored';
  /** Not all of the source could be read: it has a mark beside it. */
  incomplete: boolean;
}

/** The entries of `snapshots/`, by what may be done with them. All are sorted by time, `foreign` by name. */
export interface History {
  /** Complete snapshots. These alone are counted, kept or pruned by rules, and used as base or source. */
  snapshots: Snapshot[];
  /** The one of them that `latest` names; null when it names none. */
  latest: Snapshot | null;
  /**
   * Named like snapshots, but nothing vouches that they are complete: never deleted, counted or used. Those later than
   * `latest`; all of them when `latest` names no snapshot that is there, since `latest` moves only to complete ones.
   */
  unverified: string[];
  /** Names of those, unverified ones too, that have the mark of a source that could not be read whole. */
  incomplete: string[];
  /** Marks older than `latest` of snapshots that are not there: a run was killed before it could name what it had marked. */
  staleMarks: string[];
  /** Unfinished transfers, `.partial-<time>`. */
  partials: string[];
  /** What interrupted removals left, `.prune-<time>`. */
  pruneLeftovers: string[];
  /** Everything else, and whatever bears such a name without being a real directory or subvolume: never touched. */
  foreign: string[];
}

type Entries = Pick<EndpointFacts, 'snapshots' | 'latest'>;

/** Facts do not change, and each stage of a plan asks for the same. */
const histories = new WeakMap<Entries, History>();

/** Sorts the entries of an endpoint's `snapshots/`. One without that directory has an empty history. */
export function classifySnapshots(endpoint: Entries): History {
  const history = histories.get(endpoint) ?? classified(endpoint);
  histories.set(endpoint, history);
  return history;
}

function classified({ snapshots, latest }: Entries): History {
  const entries = Object.entries(snapshots ?? {});
  const marks = markedIn(entries);
  const named = timed(entries, parseSnapshotName).map((found) => ({ ...found, incomplete: marks.has(found.name) }));
  const partials = timed(entries, parsePartial);
  const pruneLeftovers = timed(entries, parsePruneLeftover);
  const known = new Set([...[...named, ...partials, ...pruneLeftovers].map(({ name }) => name), ...marks.values()]);
  const current = latest.kind === 'snapshot' ? (named.find(({ name }) => name === latest.name) ?? null) : null;
  const isVerified = ({ time }: Snapshot): boolean => current !== null && time <= current.time;
  return {
    snapshots: named.filter(isVerified),
    latest: current,
    unverified: names(named.filter((snapshot) => !isVerified(snapshot))),
    incomplete: names(named.filter(({ incomplete }) => incomplete)),
    staleMarks: [...marks]
      .filter(([name]) => !names(named).includes(name) && current !== null && timeOf(name) < current.time)
      .map(([, mark]) => mark)
      .sort(),
    partials: names(partials),
    pruneLeftovers: names(pruneLeftovers),
    foreign: entries
      .map(([name]) => name)
      .filter((name) => !known.has(name))
      .sort(),
  };
}

/** The marks by the snapshots that they are about. */
function markedIn(entries: [string, SnapshotEntry][]): Map<string, string> {
  return new Map(
    entries.flatMap(([entry, { kind }]) => {
      const name = kind === 'file' ? parseIncompleteMark(entry) : null;
      return name === null ? [] : [[name, entry] as const];
    }),
  );
}

function timeOf(snapshot: string): number {
  return parseSnapshotName(snapshot) ?? 0;
}

function timed(
  entries: [string, SnapshotEntry][],
  parse: (name: string) => number | null,
): Omit<Snapshot, 'incomplete'>[] {
  return entries
    .flatMap(([name, { kind }]) => {
      if (kind !== 'directory' && kind !== 'subvolume' && kind !== 'stored') return [];
      const time = parse(name);
      return time === null ? [] : [{ name, time, kind }];
    })
    .sort(byTime);
}

/** Oldest first. Two spellings of one time are in the order of their names. */
export function byTime(a: { name: string; time: number }, b: { name: string; time: number }): number {
  return a.time - b.time || (a.name < b.name ? -1 : 1);
}

function names(snapshots: readonly { name: string }[]): string[] {
  return snapshots.map(({ name }) => name);
}
