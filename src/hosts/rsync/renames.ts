import type { MovedFiles } from '../../planner/model/event.ts';
import type { CopiedFile } from '../../planner/model/verification.ts';
import { parseCopied } from './copied-file.ts';
import { bytesOf } from './judged-names.ts';

/** Kind, size and time of entries by their names. All names are bytes (latin1). */
export type States = Map<string, string>;

/** `%i %l %M %n` of a file or symlink that is new at the other end. */
const NEW = /^[<>ch.](?<kind>[fL])[+]{9} (?<state>\d+ [^ ]+) (?<name>.+)$/;
/** `%i@%C %l %M %n` of one that is the same at both ends, in everything. */
const SAME = /^\.(?<kind>[fL]) {9}(?<file>@(?<checksum>[0-9a-f]+|) *\d+ [^ ]+ (?<name>.+))$/;

/** Takes a line of a dry run into nowhere. */
export function addState(states: States, line: string): void {
  const { kind, state, name } = NEW.exec(line)?.groups ?? {};
  if (kind !== undefined && name !== undefined) states.set(bytesOf(name).toString('latin1'), `${kind} ${state ?? ''}`);
}

/** What a line of a dry run tells of a file or symlink that is the same at both ends; null in all others. */
export function parseSame(line: string): { name: string; file: CopiedFile | null } | null {
  const { kind, file = '', checksum = '', name = '' } = SAME.exec(line)?.groups ?? {};
  if (kind === undefined || (kind === 'f' && isUnread(checksum))) return null;
  return { name: bytesOf(name).toString('latin1'), file: parseCopied(file) };
}

/** What an entry holds: a checksum, or where a symlink leads. */
export interface Content {
  name: string;
  content: string;
  /** What is to be noted of a file. */
  file: CopiedFile | null;
}

/** `%i@%C %l %M %n//%L` of a file or symlink that is new at the other end. */
const CONTENT =
  /^[<>ch.](?<kind>[fL])[+]{9}@(?<checksum>[0-9a-f]+|) *(?<state>\d+ [^ ]+ (?<name>.+?))\/\/(?<leads>.*)$/;

/** What a line of a dry run into nowhere tells of an entry; null in all others. */
export function parseContent(line: string): Content | null {
  const { kind, checksum = '', state = '', name = '', leads = '' } = CONTENT.exec(line)?.groups ?? {};
  if (kind === undefined || (kind === 'f' && isUnread(checksum))) return null;
  const content = `${kind} ${checksum}${leads}`;
  return { name: bytesOf(name).toString('latin1'), content, file: parseCopied(`@${checksum} ${state}`) };
}

/** rsync has zeros for a file that it cannot read, and takes two of them for the same. */
function isUnread(checksum: string): boolean {
  return /^0*$/.test(checksum);
}

/** What differs, as far as names tell. */
export interface Differing {
  fresh: ReadonlyMap<string, string>;
  goneFolders: ReadonlySet<string>;
  newFolders: ReadonlySet<string>;
}

/** How much has another name. @param moved old names of new ones */
export function sumOf(
  moved: ReadonlyMap<string, string>,
  { fresh, goneFolders, newFolders }: Differing,
): MovedFiles & { entries: number } {
  const states = [...moved.keys()].map((name) => fresh.get(name) ?? '').filter((state) => state.startsWith('f '));
  return {
    entries: moved.size + movedFolders(moved, goneFolders, newFolders).size,
    files: states.length,
    bytes: states.reduce((sum, state) => sum + Number.parseInt(state.slice(2)), 0),
  };
}

/**
 * Which new entry may be which one that is gone: of the same kind, size and time, and no other two are. Those with the longest
 * common end of their paths are put together first, so that of many alike in a folder each is found.
 *
 * @returns the old name of each new one
 */
export function pairsOf(fresh: ReadonlyMap<string, string>, gone: ReadonlyMap<string, string>): Map<string, string> {
  const states = new Set(gone.values());
  const left = { fresh: [...fresh].filter(([, state]) => states.has(state)), gone: [...gone] };
  const pairs = new Map<string, string>();
  for (let length = Math.max(0, ...left.fresh.map(([name]) => name.split('/').length)); length >= 0; length -= 1) {
    if (left.fresh.length === 0 || left.gone.length === 0) break;
    const olds = byEnd(left.gone, length);
    const taken = new Set<string>();
    for (const [end, name] of byEnd(left.fresh, length)) {
      const old = olds.get(end) ?? null;
      if (name === null || old === null) continue;
      pairs.set(name, old);
      taken.add(old);
    }
    left.fresh = left.fresh.filter(([name]) => !pairs.has(name));
    left.gone = left.gone.filter(([name]) => !taken.has(name));
  }
  return pairs;
}

/** Names by their state and the last parts of their paths, null for several; shorter paths are left out. */
function byEnd(entries: readonly (readonly [string, string])[], length: number): Map<string, string | null> {
  const known = new Map<string, string | null>();
  for (const [name, state] of entries) {
    const at = beginOf(name, length);
    if (at === null) continue;
    const end = `${state}\0${name.slice(at)}`;
    known.set(end, known.has(end) ? null : name);
  }
  return known;
}

/** Where the last parts of a path begin; null where it has fewer. */
function beginOf(path: string, parts: number): number | null {
  let at = path.length + 1;
  for (let part = 0; part < parts; part++) {
    if (at === 0) return null;
    at = path.lastIndexOf('/', at - 2) + 1;
  }
  return at;
}

/**
 * Which folders have another name now: something of theirs is in a new one, or they are in such a folder and have
 * kept their own name.
 *
 * @param pairs old names of what has a new one
 * @returns the new name of each old one
 */
function movedFolders(
  pairs: ReadonlyMap<string, string>,
  gone: ReadonlySet<string>,
  fresh: ReadonlySet<string>,
): Map<string, string> {
  const moved = new Map<string, string>();
  for (let [name, old] of pairs) {
    do {
      [name, old] = [parentOf(name), parentOf(old)];
      if (!fresh.has(name) || !gone.has(old) || moved.has(old)) break;
      moved.set(old, name);
    } while (ownName(name) === ownName(old));
  }
  for (const old of [...gone].sort()) {
    const parent = moved.get(parentOf(old));
    const name = `${parent ?? ''}/${ownName(old)}`;
    if (parent !== undefined && !moved.has(old) && fresh.has(name)) moved.set(old, name);
  }
  return moved;
}

/** All folders above the names. */
export function foldersAbove(names: Iterable<string>): Set<string> {
  const above = new Set<string>();
  for (const name of names) {
    for (let folder = parentOf(name); folder !== '' && !above.has(folder); folder = parentOf(folder)) above.add(folder);
  }
  return above;
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

function ownName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
