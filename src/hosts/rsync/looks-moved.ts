import { lostCommand } from '../../planner/kinds/rsync/presence.ts';
import type { TransferParams } from '../../planner/kinds/rsync/params.ts';
import type { MovedFiles } from '../../planner/model/event.ts';
import { listOf, type ListedNames } from './listed-names.ts';
import type { Rehearse } from './loss-details.ts';
import { OutputLines } from './output-lines.ts';
import { addState, pairsOf, sumOf, type States } from './renames.ts';

export interface LooksMoved {
  all: MovedFiles & { entries: number };
  /** Files of those that a dry run counts as copied: not the further names of a file. */
  uncopied: MovedFiles;
}

const NO_FILES: MovedFiles = { files: 0, bytes: 0 };

/** What of a transfer a run would take for renamed, if it is the same: that is not looked at here. Null for nothing. */
export async function looksMoved(
  params: TransferParams,
  listed: ListedNames,
  rehearse: Rehearse,
): Promise<LooksMoved | null> {
  const { fresh, gone, goneFolders, leaders } = listed;
  const names = [...gone].filter((name) => !goneFolders.has(name));
  if (listed.unusable || names.length === 0 || fresh.size === 0) return null;
  const states: States = new Map();
  const output = new OutputLines((line) => addState(states, line));
  const { code } = await rehearse(lostCommand(params), {
    stdin: listOf(names.map((name) => `./${name}`)),
    onStdout: (chunk) => output.write(chunk),
  });
  output.end();
  const pairs = code === 0 ? pairsOf(fresh, states) : new Map<string, string>();
  const all = sumOf(pairs, listed);
  if (all.files === 0) return null;
  // Where nothing can be given a name, a run only sees that it is no loss.
  if (params.linksAtOnce !== true && params.movesInPlace !== true) {
    return { all: { ...all, ...NO_FILES }, uncopied: NO_FILES };
  }
  const { files, bytes } = sumOf(new Map([...pairs].filter(([name]) => !leaders.has(name))), listed);
  return { all, uncopied: { files, bytes } };
}
