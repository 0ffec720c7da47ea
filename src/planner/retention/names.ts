const NAME = /^(\d{4}-\d\d-\d\dT\d\d)([:-])(\d\d)\2(\d\d\.\d{3}Z)$/;
const PARTIAL = '.partial-';
const PRUNE = '.prune-';
const INCOMPLETE = '.incomplete-';

/**
 * The time in a snapshot's name, in milliseconds since 1970 UTC; null for anything else. Both `2026-03-06T14:30:00.000Z`
 * and, from file systems and machines that dislike colons, `2026-03-06T14-30-00.000Z`: the names of the Python nbkp too.
 * A day or hour that no calendar has (30 February, 24:00) is no time.
 */
export function parseSnapshotName(name: string): number | null {
  const [, hour, , minute, second] = NAME.exec(name) ?? [];
  if (hour === undefined || minute === undefined || second === undefined) return null;
  const written = `${hour}:${minute}:${second}`;
  const time = Date.parse(written);
  // Date.parse turns 30 February into 2 March.
  return !Number.isNaN(time) && new Date(time).toISOString() === written ? time : null;
}

/**
 * The name of a snapshot.
 *
 * @param time when its transfer starts, in milliseconds since 1970 UTC
 * @param os of the machine whose file system gets it: macOS shows a colon in a name as a slash
 */
export function snapshotName(time: number, os: 'linux' | 'darwin' | 'other'): string {
  const name = new Date(time).toISOString();
  return os === 'darwin' ? name.replaceAll(':', '-') : name;
}

/** The entry of `snapshots/` in which a snapshot of hard links grows. */
export function partialName(snapshot: string): string {
  return PARTIAL + snapshot;
}

/** The entry of `snapshots/` that a snapshot becomes before it is removed. */
export function pruneName(snapshot: string): string {
  return PRUNE + snapshot;
}

/** The entry of `snapshots/` that says of a snapshot: not all of the source could be read for it. */
export function incompleteMark(snapshot: string): string {
  return INCOMPLETE + snapshot;
}

/** The snapshot that such an entry is about; null for any other. */
export function parseIncompleteMark(entry: string): string | null {
  if (!entry.startsWith(INCOMPLETE)) return null;
  const snapshot = entry.slice(INCOMPLETE.length);
  return parseSnapshotName(snapshot) === null ? null : snapshot;
}

/** The time of an unfinished snapshot, in milliseconds since 1970 UTC; null for any other entry. */
export function parsePartial(entry: string): number | null {
  return entry.startsWith(PARTIAL) ? parseSnapshotName(entry.slice(PARTIAL.length)) : null;
}

/** The time of a snapshot whose removal was interrupted, in milliseconds since 1970 UTC; null for any other entry. */
export function parsePruneLeftover(entry: string): number | null {
  return entry.startsWith(PRUNE) ? parseSnapshotName(entry.slice(PRUNE.length)) : null;
}
