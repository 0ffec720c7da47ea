import { lstatSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { completionForeign, completionUnwritable } from '../planner/model/findings/shells.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { systemError } from '../planner/model/system-error.ts';
import { makeDirectory, readIfPresent, writeAtomically } from './files.ts';

/** Every user may read it, as other completions. */
const MODE = 0o644;

/**
 * Writes a file of completion, all of it or nothing. Where the path is a link, what it leads to is replaced.
 *
 * @param isOwn whether the text of a file that is there was written by nbkp: another one is left alone
 */
export function writeCompletion(
  path: string,
  text: string,
  isOwn: (text: string) => boolean,
): Result<'create' | 'update' | 'keep'> {
  try {
    const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    const target = isThere ? realpathSync(path) : path;
    const before = readIfPresent(target);
    if (before === text) return success('keep');
    if (before !== null && !isOwn(before)) return failure(completionForeign(path));
    makeDirectory(dirname(target));
    writeAtomically(target, text, MODE);
    return success(before === null ? 'create' : 'update');
  } catch (error) {
    return failure(completionUnwritable(path, systemError(error).text));
  }
}
