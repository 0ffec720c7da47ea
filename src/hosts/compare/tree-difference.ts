import type { EntryAspect, EntryChange, EntryState, Tally } from '../../planner/model/comparison.ts';
import * as destinations from '../../planner/model/findings/destinations.ts';
import { ENTRIES, EntryReader, type Entry as BrowsedEntry } from '../browse/entries.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { cutAt } from '../transport/lines.ts';
import type { Transport } from '../transport/transport.ts';
import { instant } from '../instant.ts';
import { escapeName } from '../rsync/names.ts';
import { Largest } from './largest.ts';

/** What distinguishes two trees. */
export interface TreeDifference {
  added: Tally;
  removed: Tally;
  changed: Tally;
  /** The largest first. */
  entries: EntryChange[];
  truncated: boolean;
}

/** Of the script: this host's find has no `-printf`. */
const NO_PRINTF = 64;

/**
 * Lists both trees, sorts the entries of both together and keeps those that are in one only: sort(1) uses files when
 * there are many, and what is the same in both never gets here. Entries that share an inode are the same by that.
 * A name holds no `//`, so it ends there; the letter before it says which tree it is of.
 */
const SCRIPT = `
list() {
  find "$1" -mindepth 1 \\( -type d -printf "$2%P//%y/%m/%U:%G///\\0" \\) -o -printf "$2%P//%y/%m/%U:%G/%s/%T@/%l\\0" ||
    echo "not all of $1 could be read" >&2
}
LC_ALL=C
export LC_ALL
find / -maxdepth 0 -printf '' 2>/dev/null || exit ${NO_PRINTF}
{ list "$1" A && list "$2" B; } | sort -z -k1.2 | uniq -z -u -s1
`;

/**
 * Compares two trees of one host by type, size, mode, owner, time and target. Only lists them: nothing is read or
 * changed.
 *
 * @param before absolute, as `after`
 * @param limit of the entries that are named
 */
export async function treeDifference(
  transport: Pick<Transport, 'run'>,
  before: string,
  after: string,
  limit: number,
): Promise<Result<TreeDifference>> {
  const reader = new DifferenceReader(limit);
  const { code, stderr } = await transport.run(['sh', '-c', SCRIPT, 'sh', before, after], {
    onStdout: (chunk) => reader.write(chunk.toString('latin1')),
  });
  if (code === NO_PRINTF) return differenceHere(transport, before, after, limit);
  return ended(code, stderr, reader);
}

function ended(code: number | null, stderr: readonly string[], reader: DifferenceReader): Result<TreeDifference> {
  if (code === 0 && stderr.length === 0) return success(reader.end());
  const why = stderr.at(-1) ?? 'the command did not end well';
  return failure(destinations.snapshotUnreadable('One of the two snapshots', why));
}

const EACH = `${ENTRIES}
cd "$1" && entries . -mindepth 1
`;

/** The same where find has no `-printf` and uniq no `-z`, as on small boxes: all entries of one tree are kept here. */
async function differenceHere(
  transport: Pick<Transport, 'run'>,
  before: string,
  after: string,
  limit: number,
): Promise<Result<TreeDifference>> {
  const reader = new DifferenceReader(limit);
  const old = new Map<string, BrowsedEntry>();
  const list = (place: string, onEntry: (entry: BrowsedEntry) => void) => {
    const entries = new EntryReader(onEntry);
    return transport.run(['sh', '-c', EACH, 'sh', place], { onStdout: (chunk) => entries.write(chunk) });
  };
  const first = await list(before, (entry) => old.set(entry.path, entry));
  if (first.code !== 0 || first.stderr.length > 0) return ended(first.code ?? 1, first.stderr, reader);
  const second = await list(after, (entry) => {
    const other = old.get(entry.path);
    old.delete(entry.path);
    if (other?.inode === entry.inode) return;
    const [was, is] = [other && sided('A', other), sided('B', entry)];
    if (was === undefined || aspects(was.state, is.state).length > 0) reader.take(was, is);
  });
  for (const entry of old.values()) reader.take(sided('A', entry), undefined);
  return ended(second.code, second.stderr, reader);
}

function sided(side: string, { type, size, mode, owner, time, target, path }: BrowsedEntry): Entry {
  const state = { type, size, mode, owner, time: type === 'directory' ? null : time };
  return {
    side,
    path: path.slice('./'.length),
    state: target === null ? state : { ...state, target: escapeName(target) },
  };
}

interface Entry {
  side: string;
  path: string;
  state: EntryState;
}

/** Entries come ordered by path, so that the two of a changed one follow each other. */
class DifferenceReader {
  readonly #tallies = { added: tally(), removed: tally(), changed: tally() };
  readonly #largest: Largest<EntryChange>;
  readonly write = cutAt('\0', (record) => this.#take(parse(record)));
  #pending: Entry | null = null;

  constructor(limit: number) {
    this.#largest = new Largest(limit, sizeOf);
  }

  end(): TreeDifference {
    if (this.#pending !== null) this.#single(this.#pending);
    const { items: entries, truncated } = this.#largest.end();
    return { ...this.#tallies, entries, truncated };
  }

  /** The entries of one path. */
  take(before: Entry | undefined, after: Entry | undefined): void {
    if (before !== undefined && after !== undefined) this.#pair(before, after);
    else for (const entry of [before, after]) if (entry !== undefined) this.#single(entry);
  }

  #take(entry: Entry): void {
    const before = this.#pending;
    this.#pending = null;
    if (before === null) this.#pending = entry;
    else if (before.path === entry.path) this.#pair(before, entry);
    else {
      this.#single(before);
      this.#pending = entry;
    }
  }

  #pair(one: Entry, other: Entry): void {
    const [before, after] = one.side === 'A' ? [one.state, other.state] : [other.state, one.state];
    this.#add({ change: 'changed', path: escapeName(one.path), differs: aspects(before, after), before, after });
  }

  #single({ side, path, state }: Entry): void {
    const name = escapeName(path);
    if (side === 'A') this.#add({ change: 'removed', path: name, differs: [], before: state, after: null });
    else this.#add({ change: 'added', path: name, differs: [], before: null, after: state });
  }

  #add(change: EntryChange): void {
    const sum = this.#tallies[change.change];
    sum.entries += 1;
    sum.bytes += sizeOf(change);
    this.#largest.add(change);
  }
}

function tally(): Tally {
  return { entries: 0, bytes: 0 };
}

function sizeOf({ before, after }: EntryChange): number {
  return (after ?? before)?.size ?? 0;
}

function parse(record: string): Entry {
  const end = record.indexOf('//');
  const fields = record.slice(end + 2);
  const [type = '', mode = '', owner = '', size = '', time = '', ...target] = fields.split('/');
  const state: EntryState = {
    type: TYPES[type] ?? 'other',
    size: type === 'f' ? Number(size) : 0,
    mode,
    owner,
    time: time === '' ? null : instant(time),
    ...(type === 'l' ? { target: escapeName(target.join('/')) } : {}),
  };
  return { side: record.slice(0, 1), path: record.slice(1, end), state };
}

const TYPES: Readonly<Record<string, EntryState['type']>> = { f: 'file', d: 'directory', l: 'symlink' };

const ASPECTS: readonly EntryAspect[] = ['type', 'size', 'mode', 'owner', 'time', 'target'];

function aspects(before: EntryState, after: EntryState): EntryAspect[] {
  return ASPECTS.filter((aspect) => before[aspect] !== after[aspect]);
}
