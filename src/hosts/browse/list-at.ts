import type { ListedEntry } from '../../planner/model/browsing.ts';
import * as destinations from '../../planner/model/findings/destinations.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { nearestNames } from '../../planner/model/suggest.ts';
import { escapeName, printfName } from '../rsync/names.ts';
import type { HostFolder } from '../folder.ts';
import { ENTRIES, EntryReader, type Entry } from './entries.ts';
import { OWN, PARTIAL } from './own.ts';

/** So many names are offered for one that is not there. */
const OFFERED = 3;

/**
 * Goes into one folder after the other and never through a link, which could lead out of the copy. What the first line says:
 * the path is a `folder`, an `entry` of another kind, or so many names of it are there and the next is `missing` or
 * `passing` (no folder, though more follows). What is listed then tells the rest.
 */
const SCRIPT = `${ENTRIES}
here() { printf '%s %s\\0' "$1" "$depth"; }
depth=0
cd -- "$1" || exit 1
shift
for step; do
  name=$(printf '%b.' "$step")
  name=./\${name%.}
  if [ -d "$name" ] && ! [ -L "$name" ]; then
    cd "$name" || exit 1
    depth=$((depth + 1))
  elif ! [ -e "$name" ] && ! [ -L "$name" ]; then
    here missing
    entries . -mindepth 1 -maxdepth 1
    exit
  else
    if [ "$((depth + 1))" -eq "$#" ]; then here entry; else here passing; fi
    entries "$name" -maxdepth 0
    exit
  fi
done
here folder
entries . -mindepth 1 -maxdepth 1
`;

/**
 * Lists a folder of a copy, or tells about one entry. Nothing is read or changed.
 *
 * @param copy what a person calls it: `SYNC@SNAPSHOT`
 * @param path relative to the place, one character for each byte (latin1); empty for all of it
 * @returns in the order of their names; the one that is there where the path names no folder
 */
export async function listAt(place: HostFolder, copy: string, path: string): Promise<Result<ListedEntry[]>> {
  const seen = await lookUp(place, copy, path);
  return seen.ok ? success(seen.value.entries) : seen;
}

/** As `listAt`, and whether the path names a folder. */
export async function lookUp(
  { transport, path: root }: HostFolder,
  copy: string,
  path: string,
): Promise<Result<{ isFolder: boolean; entries: ListedEntry[] }>> {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const reader = new ListingReader();
  const { code, stderr } = await transport.run(['sh', '-c', SCRIPT, 'sh', root, ...names.map(printfName)], {
    onStdout: (chunk) => reader.write(chunk),
  });
  const { outcome, depth, entries } = reader;
  if (code !== 0 || stderr.length > 0 || outcome === '') {
    return failure(destinations.snapshotUnreadable(copy, stderr.at(-1) ?? 'the command did not end well'));
  }
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  if (outcome === 'entry') return success({ isFolder: false, entries: entries.map(listed) });
  const shown = entries.filter(({ path: name }) => name !== PARTIAL && !(depth === 0 && OWN.test(name)));
  if (outcome === 'folder') return success({ isFolder: true, entries: shown.map(listed) });
  const there = names.slice(0, depth).map(escapeName).join('/');
  const absent = escapeName(names[depth] ?? '');
  const near = shown.map((entry) => escapeName(entry.path));
  return failure(
    destinations.pathNotInSnapshot({
      ...{ copy, path: escapeName(names.join('/')), folder: there, name: absent },
      ...(outcome === 'missing'
        ? { near: nearestNames(absent, near, OFFERED), is: null }
        : { near: [], is: entries[0]?.type ?? 'other' }),
    }),
  );
}

function listed({ path, type, size, mode, owner, time, target }: Entry): ListedEntry {
  const state = { name: escapeName(path), type, size, mode, owner, time };
  return target === null ? state : { ...state, target: escapeName(target) };
}

/** Reads where the script came to, then the entries that are there. */
class ListingReader {
  outcome = '';
  depth = 0;
  readonly entries: Entry[] = [];
  #head = Buffer.alloc(0);
  readonly #reader = new EntryReader((entry) => {
    this.entries.push({ ...entry, path: entry.path.replace(/^\.\//, '') });
  });

  write(chunk: Buffer): void {
    if (this.outcome !== '') return this.#reader.write(chunk);
    this.#head = Buffer.concat([this.#head, chunk]);
    const end = this.#head.indexOf(0);
    if (end === -1) return;
    const [outcome = '', depth = ''] = this.#head.toString('latin1', 0, end).split(' ');
    [this.outcome, this.depth] = [outcome, Number(depth)];
    this.#reader.write(this.#head.subarray(end + 1));
  }
}
