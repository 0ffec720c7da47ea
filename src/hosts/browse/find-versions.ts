import type { FoundVersion } from '../../planner/model/browsing.ts';
import type { Finding } from '../../planner/model/finding.ts';
import * as destinations from '../../planner/model/findings/destinations.ts';
import { escapeName } from '../rsync/names.ts';
import type { Transport } from '../transport/transport.ts';
import { ENTRIES, EntryReader, type Entry } from './entries.ts';
import { OWN, PARTIAL } from './own.ts';
import type { Pattern } from './pattern.ts';

/** A copy to look through. */
export interface Root {
  sync: string;
  /** Null for the copy of a sync that makes no snapshots. */
  snapshot: string | null;
  /** Absolute. */
  path: string;
  /** Files that did not change are hard links to those of the snapshot before. */
  linked: boolean;
  pattern: Pattern;
}

export interface Criteria {
  /** Milliseconds since 1970: changed then or later; null for any time. */
  since: number | null;
  /** Only files of more bytes; null for all kinds of entries. */
  larger: number | null;
}

/** Clocks of hosts may differ: what `find` leaves out is so much older. */
const SLACK_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

/**
 * Looks through copies of one host at once, with one `find`. Nothing is read or changed, and only what matches is kept.
 *
 * @param roots all with the same rough pattern
 * @returns a version once, however many snapshots hold it, by sync, path and time; and why not all could be seen, if so
 */
export async function findVersions(
  transport: Pick<Transport, 'run'>,
  roots: readonly Root[],
  criteria: Criteria,
  signal: AbortSignal,
): Promise<{ versions: FoundVersion[]; findings: Finding[] }> {
  const versions = new Versions(roots, criteria);
  const reader = new EntryReader((entry) => versions.add(entry));
  const places = roots.map(({ path }) => path);
  const argv = ['sh', '-c', `${ENTRIES}entries "$@"`, 'sh', ...places, ...conditions(roots, criteria)];
  const { code, stderr } = await transport.run(argv, { signal, onStdout: (chunk) => reader.write(chunk) });
  const isWhole = signal.aborted || (code === 0 && stderr.length === 0);
  const why = stderr.at(-1) ?? 'the command did not end well';
  return { versions: versions.end(), findings: isWhole ? [] : [destinations.snapshotUnreadable('A copy', why)] };
}

/** For find(1), so that the host tells little that does not match. */
function conditions([root]: readonly Root[], { since, larger }: Criteria): string[] {
  const { rough = '*', ignoresCase = false } = root?.pattern ?? {};
  const minutes = since === null ? 0 : Math.ceil((Date.now() - since + SLACK_MS) / MINUTE_MS);
  return [
    ...['-mindepth', '1', ignoresCase ? '-iname' : '-name', rough],
    ...(larger === null ? [] : ['-type', 'f', '-size', `+${larger}c`]),
    ...(since === null || minutes <= 0 ? [] : ['-mmin', `-${minutes}`]),
  ];
}

/** With what the path of each of its entries begins with (latin1). */
type SoughtRoot = Root & { begin: string };

class Versions {
  readonly #roots: readonly SoughtRoot[];
  readonly #criteria: Criteria;
  readonly #found = new Map<string, FoundVersion>();
  #current: SoughtRoot | undefined;

  constructor(roots: readonly Root[], criteria: Criteria) {
    this.#roots = roots.map((root) => ({ ...root, begin: `${Buffer.from(root.path, 'utf8').toString('latin1')}/` }));
    this.#criteria = criteria;
  }

  add(entry: Entry): void {
    const root = this.#rootOf(entry.path);
    if (root === undefined) return;
    const name = entry.path.slice(root.begin.length);
    const path = escapeName(name);
    if (isOwn(name) || !isWanted(entry, this.#criteria) || !root.pattern.matches(path)) return;
    const key = [root.sync, path, ...identity(entry, root.linked)].join('\0');
    const known = this.#found.get(key);
    if (known !== undefined) known.snapshots.push(...snapshotOf(root));
    else this.#found.set(key, versionOf(entry, root, path));
  }

  /** `find` goes through one after the other. */
  #rootOf(path: string): SoughtRoot | undefined {
    if (this.#current !== undefined && path.startsWith(this.#current.begin)) return this.#current;
    this.#current = this.#roots.find(({ begin }) => path.startsWith(begin));
    return this.#current;
  }

  end(): FoundVersion[] {
    const all = [...this.#found.values()];
    for (const version of all) version.snapshots.sort();
    const order = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
    return all.sort((a, b) => order(a.sync, b.sync) || order(a.path, b.path) || order(b.time, a.time));
  }
}

/** Of a folder neither size nor inode tell anything: each snapshot has its own. */
function identity({ type, size, time, inode, target }: Entry, linked: boolean): string[] {
  if (type === 'directory') return [type, time];
  return [type, String(size), time, target ?? '', linked ? inode : ''];
}

function isWanted({ time, size, type }: Entry, { since, larger }: Criteria): boolean {
  return (since === null || Date.parse(time) >= since) && (larger === null || (type === 'file' && size > larger));
}

function isOwn(name: string): boolean {
  return OWN.test(name) || name.split('/').includes(PARTIAL);
}

function snapshotOf({ snapshot }: Root): string[] {
  return snapshot === null ? [] : [snapshot];
}

function versionOf({ type, size, time, target }: Entry, root: Root, path: string): FoundVersion {
  const version = { sync: root.sync, path, type, size, time, snapshots: snapshotOf(root) };
  return target === null ? version : { ...version, target: escapeName(target) };
}
