import { insideOf } from './argv.ts';
import { lostCommand, presenceCommand } from './presence.ts';
import { RENAME } from './link-programs.ts';
import type { TransferParams } from './params.ts';

/** Code, checksum, size, time and name, and where a symlink leads. */
const SUMS = ['--checksum', '--out-format=%i@%C %l %M %n//%L'];

const KEEPS_LINKS = /^(?:-[A-Za-z]*H|--hard-links$)/;

/** Whether names of one file are to be names of one file in the copy. */
export function keepsLinks({ options, extraOptions }: TransferParams): boolean {
  return [...options, ...extraOptions].some((word) => KEEPS_LINKS.test(word));
}

/** The commands that tell what was renamed, by names on their standard input. They write nothing. */
export interface RenameSearch {
  /** Size and time of what is gone. */
  gone: string[];
  /** Checksums of what may have been renamed, under its old names where it was copied to. */
  old: string[];
  /** And under its new ones, in the source. */
  fresh: string[];
}

/** @returns null where nobody asks */
export function renameSearch(params: TransferParams): RenameSearch | null {
  const { renames, source, compareWith, target } = params;
  if (renames !== true) return null;
  return {
    gone: lostCommand(params),
    old: presenceCommand(params, 'target', compareWith ?? target, SUMS),
    fresh: presenceCommand(params, 'source', source, SUMS),
  };
}

/** Gives entries of the target other names, by the list on its standard input. Null where that is not possible. */
export function renameCommand(params: TransferParams): string[] | null {
  const { movesInPlace, target, compareWith } = params;
  if (movesInPlace !== true) return null;
  const once = keepsLinks(params) ? 'once' : '';
  return ['perl', '-C0', '-e', RENAME, insideOf(target), once, ...(compareWith === null ? [] : [compareWith])];
}

/** All of these, in the order in which they run. @param compares whether it is known what differs from the last state */
export function renamingCommands(params: TransferParams, compares: boolean): string[][] {
  const rename = renameCommand(params);
  const { lastWhole } = params;
  const whole = lastWhole === undefined ? [] : renameSearchCommands({ ...params, compareWith: lastWhole });
  return [...(compares ? renameSearchCommands(params) : []), ...(rename === null ? [] : [rename]), ...whole];
}

export function renameSearchCommands(params: TransferParams): string[][] {
  const see = renameSearch(params);
  return see === null ? [] : [see.gone, see.old, see.fresh];
}
