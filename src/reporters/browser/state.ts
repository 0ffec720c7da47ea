import type { ListedEntry } from '../../planner/model/browsing.ts';

/** Where a person is in a copy, and what is chosen so far. */
export interface Browser {
  /** Relative to the copy; empty for the top of it. */
  folder: string;
  entries: readonly ListedEntry[];
  /** Index in `entries`. */
  at: number;
  /** Paths of entries that are to be restored, in the order in which they were chosen. */
  chosen: readonly string[];
}

/** What a key means: another state, a folder to go to, or the end. */
export type Turn =
  | { then: 'stay'; browser: Browser }
  | { then: 'open'; folder: string; chosen: readonly string[]; from: string | null }
  | { then: 'restore'; paths: readonly string[] }
  | { then: 'leave' };

/** A key as `node:readline` names it. */
export interface Key {
  name?: string | undefined;
  ctrl?: boolean | undefined;
}

/** @param from the entry to begin at: where one comes back from */
export function browserAt(
  folder: string,
  entries: readonly ListedEntry[],
  chosen: readonly string[],
  from: string | null = null,
): Browser {
  return {
    folder,
    entries,
    at: Math.max(
      0,
      entries.findIndex(({ name }) => name === from),
    ),
    chosen,
  };
}

/**
 * What a key does. Up and down move, right opens a folder, left goes back, space chooses or no longer does, Enter restores what
 * was chosen or else what is under the cursor, Escape, q and Ctrl-C leave.
 */
export function press(browser: Browser, { name = '', ctrl = false }: Key, page: number): Turn {
  const { entries, at, folder, chosen } = browser;
  const moved = (to: number): Turn => {
    return { then: 'stay', browser: { ...browser, at: Math.max(0, Math.min(entries.length - 1, to)) } };
  };
  if (name === 'escape' || name === 'q' || (ctrl && (name === 'c' || name === 'd'))) return { then: 'leave' };
  if (name === 'up' || name === 'k') return moved(at - 1);
  if (name === 'down' || name === 'j') return moved(at + 1);
  if (name === 'pageup') return moved(at - page);
  if (name === 'pagedown') return moved(at + page);
  if (name === 'home') return moved(0);
  if (name === 'end') return moved(entries.length - 1);
  if (name === 'left' || name === 'backspace') {
    const cut = folder.lastIndexOf('/');
    if (folder === '') return moved(at);
    return { then: 'open', folder: folder.slice(0, Math.max(0, cut)), chosen, from: folder.slice(cut + 1) };
  }
  const entry = entries[at];
  if (entry === undefined) return moved(at);
  const path = pathOf(browser, entry);
  if (name === 'right')
    return entry.type === 'directory' ? { then: 'open', folder: path, chosen, from: null } : moved(at);
  if (name === 'space') {
    const others = chosen.filter((each) => each !== path);
    const next = others.length === chosen.length ? [...chosen, path] : others;
    return { then: 'stay', browser: { ...browser, chosen: next, at: Math.min(entries.length - 1, at + 1) } };
  }
  if (name === 'return' || name === 'enter') return { then: 'restore', paths: chosen.length === 0 ? [path] : chosen };
  return moved(at);
}

/** The path of an entry in the copy. */
export function pathOf({ folder }: Pick<Browser, 'folder'>, { name }: ListedEntry): string {
  return folder === '' ? name : `${folder}/${name}`;
}
