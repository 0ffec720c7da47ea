import { compare, insideOf, REPORT, rsync } from './argv.ts';
import { BY_LIST, HIDDEN, plainly } from './lists.ts';
import { REMOVE } from './link-programs.ts';
import type { TransferParams } from './params.ts';
import { presenceCommand } from './presence.ts';

/** The commands that bring a copy to what a comparison lists, by names on their standard input, without a look at all else. */
export interface ListCommands {
  /** Copies names, and sets the attributes of those that are the same. */
  fill: string[];
  /** Tells whether the copy is what the last snapshot was made of, and whether that has all that is in it. Null where it is no matter: it was compared itself. */
  same: string[] | null;
  /** The comparison with that copy, in place of the one with the last snapshot. Null where that one is with the copy already. */
  compare: string[] | null;
  /** Which names the source has after all, with their times and what time it is. Null where nobody can rely on these. */
  still: string[] | null;
  /** Removes names, and says which. */
  remove: string[];
}

const TIMED = ['--out-format=%i %l %M %t %n'];

/**
 * What was written and is not on the disk yet is not counted by btrfs: only after a commit it is another generation. Nor is what is in
 * a subvolume within, of which a snapshot has an empty folder. Root alone is told of these.
 */
const SHOW = [
  'within=$(btrfs subvolume list -o "$1") && [ -z "$within" ] && echo none within',
  'btrfs filesystem sync "$1" && btrfs subvolume show "$1" && btrfs subvolume show "$2"',
].join('\n');

/** @returns null where rsync looks at everything */
export function listCommands(params: TransferParams): ListCommands | null {
  const { byList, datesMoves, source, target, compareWith } = params;
  if (byList !== true) return null;
  // What is listed was judged by the rules of the user already.
  const listed = { ...plainly(params), filters: [] };
  const flags = BY_LIST.filter((word) => word !== '--ignore-existing');
  return {
    fill: rsync(listed, [...flags, ...REPORT], insideOf(target), HIDDEN),
    same: compareWith === null ? null : ['sh', '-c', SHOW, 'sh', target, compareWith],
    compare: compareWith === null ? null : compare(params, insideOf(target)),
    still: datesMoves === true ? presenceCommand(params, 'source', source, TIMED) : null,
    remove: ['perl', '-C0', '-e', REMOVE, insideOf(target)],
  };
}

export function listsInOrder({ same, compare: inCopy, fill, still, remove }: ListCommands): string[][] {
  const inOrder = same === null ? [fill, still, remove] : [same, inCopy, remove, fill, still];
  return inOrder.filter((argv) => argv !== null);
}
