import { firstLines } from '../hosts/browse/first-lines.ts';
import { listAt } from '../hosts/browse/list-at.ts';
import type { HostFolder } from '../hosts/folder.ts';
import { unescapeName } from '../hosts/rsync/names.ts';
import type { ListedEntry } from '../planner/model/browsing.ts';
import type { Result } from '../planner/model/result.ts';

export type { HostFolder } from '../hosts/folder.ts';

/**
 * What is in a folder of a copy.
 *
 * @param copy what a person calls it: `SYNC@SNAPSHOT`
 * @param folder as it is shown, relative to the copy
 */
export function entriesIn(place: HostFolder, copy: string, folder: string): Promise<Result<ListedEntry[]>> {
  return listAt(place, copy, unescapeName(folder));
}

/**
 * The first lines of a file, where it is a text.
 *
 * @param path as it is shown, relative to the copy
 */
export function beginningOf(place: HostFolder, path: string): Promise<string[]> {
  return firstLines(place, unescapeName(path));
}
