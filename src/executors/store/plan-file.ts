import { readFileSync, realpathSync, statSync } from 'node:fs';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { writeAtomically } from './files.ts';
import { systemError } from '../system-error.ts';

/** Writes an encoded plan, mode 0600, all of it or nothing. What is not a file, such as a device, is never replaced. */
export function writePlanFile(path: string, text: string): Result<null> {
  try {
    const present = statSync(path, { throwIfNoEntry: false });
    if (present !== undefined && !present.isFile()) return unwritable(path, 'it is there and is not a file');
    writeAtomically(present === undefined ? path : realpathSync(path), text);
    return success(null);
  } catch (error) {
    return unwritable(path, systemError(error).text);
  }
}

/** The text of a plan file, for decoding. */
export function readPlanFile(path: string): Result<string> {
  try {
    return success(readFileSync(path, 'utf8'));
  } catch (error) {
    return failure({
      severity: 'error',
      code: 'plan-file-unreadable',
      message: `The plan file ${path} cannot be read: ${systemError(error).text}.`,
      help: 'nbkp plan --out FILE writes one.',
    });
  }
}

function unwritable(path: string, cause: string): Result<null> {
  return failure({
    severity: 'error',
    code: 'plan-file-unwritable',
    message: `The plan cannot be written to ${path}: ${cause}.`,
    help: 'Choose another place for --out.',
  });
}
