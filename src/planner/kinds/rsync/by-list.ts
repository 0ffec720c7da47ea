import { insideOf, presenceCommand, REPORT, rsync } from './argv.ts';
import { BY_LIST, HIDDEN, plainly } from './lists.ts';
import { REMOVE } from './link-programs.ts';
import type { TransferParams } from './params.ts';

/** The commands that bring a copy to what a comparison lists, by names on their standard input, without a look at all else. */
export interface ListCommands {
  /** Copies names, and sets the attributes of those that are the same. */
  fill: string[];
  /** Which names the source has after all, with their times and what time it is. */
  still: string[];
  /** Removes names, and says which. */
  remove: string[];
}

const TIMED = ['--out-format=%i %l %M %t %n'];

/** @returns null where rsync looks at everything */
export function listCommands(params: TransferParams): ListCommands | null {
  const { byList, source, target } = params;
  if (byList !== true) return null;
  // What is listed was judged by the rules of the user already.
  const listed = { ...plainly(params), filters: [] };
  const flags = BY_LIST.filter((word) => word !== '--ignore-existing');
  return {
    fill: rsync(listed, [...flags, ...REPORT], insideOf(target), HIDDEN),
    still: presenceCommand(params, 'source', source, TIMED),
    remove: ['perl', '-C0', '-e', REMOVE, insideOf(target)],
  };
}
