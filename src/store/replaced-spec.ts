import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { failure, success, type Result } from '../planner/model/result.ts';
import { specChanged, specUnwritable } from '../planner/model/findings/spec.ts';
import { systemError } from '../planner/model/system-error.ts';
import { replaceAtomically, sweepTemporary } from './files.ts';

/**
 * Puts an edited spec in the place of the one that was read: all of it or nothing, with its owner and mode. Where the path
 * is a link, what it leads to is replaced.
 *
 * @param before what was read
 * @returns errors `spec-changed` where there is something else now, `file-unwritable`
 */
export function replaceSpec(path: string, before: string, text: string): Result<null> {
  try {
    const target = realpathSync(path);
    const stats = statSync(target);
    // Where it may be read only, it stays, although its folder would let another file take its place.
    accessSync(target, constants.W_OK);
    if (stats.nlink > 1) {
      return failure(specUnwritable(path, 'it has a second name (a hard link), which would keep the old text'));
    }
    sweepTemporary(dirname(target));
    const isSame = (): boolean => realpathSync(path) === target && readFileSync(target, 'utf8') === before;
    return replaceAtomically(target, text, stats, isSame) ? success(null) : failure(specChanged(path));
  } catch (error) {
    const { code, text: cause } = systemError(error);
    return failure(code === 'ENOENT' ? specChanged(path) : specUnwritable(path, cause));
  }
}
