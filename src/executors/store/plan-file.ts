import { lstatSync, readFileSync, statSync, type Stats } from 'node:fs';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { parseJson, writeAtomically } from './files.ts';
import { systemError } from '../system-error.ts';

/** A text that V8 could not hold any more is no plan. In bytes. */
const LARGEST = 400 * 1024 * 1024;

/**
 * Writes an encoded plan, mode 0600, all of it or nothing. Only a plan, or an empty file, is ever replaced: not what is
 * no file, not what somebody else has linked there, and not a spec that was named by mistake.
 */
export function writePlanFile(path: string, text: string): Result<null> {
  try {
    const present = lstatSync(path, { throwIfNoEntry: false });
    const objection = present === undefined ? null : objectionTo(path, present);
    if (objection !== null) return unwritable(path, objection);
    writeAtomically(path, text);
    return success(null);
  } catch (error) {
    return unwritable(path, systemError(error).text);
  }
}

function objectionTo(path: string, present: Stats): string | null {
  if (present.isSymbolicLink()) return 'it is a symbolic link';
  if (!present.isFile()) return 'it is there and is not a file';
  if (present.size === 0 || isPlan(path, present.size)) return null;
  return 'there is a file that is not a plan';
}

/** Also one of a version that this one cannot read. */
function isPlan(path: string, size: number): boolean {
  const content = size > LARGEST ? null : parseJson(readFileSync(path, 'utf8'));
  if (typeof content !== 'object' || content === null || !('tool' in content) || !('steps' in content)) return false;
  const { tool } = content;
  return typeof tool === 'object' && tool !== null && 'name' in tool && tool.name === 'nbkp';
}

/** The text of a plan file, for decoding. */
export function readPlanFile(path: string): Result<string> {
  try {
    return statSync(path).size > LARGEST ? unreadable(path, 'it is too large') : success(readFileSync(path, 'utf8'));
  } catch (error) {
    return unreadable(path, systemError(error).text);
  }
}

function unreadable(path: string, cause: string): Result<string> {
  return failure({
    severity: 'error',
    code: 'plan-file-unreadable',
    message: `The plan file ${path} cannot be read: ${cause}.`,
    help: 'nbkp plan --out FILE writes one.',
  });
}

function unwritable(path: string, cause: string): Result<null> {
  return failure({
    severity: 'error',
    code: 'plan-file-unwritable',
    message: `The plan cannot be written to ${path}: ${cause}.`,
    help: 'Choose another place for --out.',
  });
}
