import { accessSync, constants, lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Finding } from '../planner/model/finding.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { systemError } from '../planner/model/system-error.ts';
import { createAtomically, makeDirectory } from './files.ts';
import { nearestPresent } from './state-directory.ts';
import { fileExists, fileUnwritable } from '../planner/model/findings/spec.ts';

/**
 * Writes a file that must not be there yet, mode 0600, all of it or nothing.
 *
 * @param folder makes the folders above it too, mode 0700
 * @returns errors `file-exists`, `file-unwritable`
 */
export function writeNewFile(path: string, text: string, { folder = false } = {}): Result<null> {
  try {
    if (folder) makeDirectory(dirname(path));
  } catch (error) {
    // What is there already is above it, and no folder.
    return failure(fileUnwritable(path, systemError(error).text));
  }
  try {
    createAtomically(path, text);
    return success(null);
  } catch (error) {
    const { code, text: cause } = systemError(error);
    return failure(code === 'EEXIST' ? fileExists(path) : fileUnwritable(path, cause));
  }
}

/** Why a new file cannot be written, before anything is asked or made for it; null when nothing is in the way. */
export function newFileProblem(path: string): Finding | null {
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return fileExists(path);
    accessSync(nearestPresent(dirname(path)), constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return fileUnwritable(path, systemError(error).text);
  }
}
