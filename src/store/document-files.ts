import { lstatSync, type Stats } from 'node:fs';
import type { Finding } from '../planner/model/finding.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { parseJson, writeAtomically } from './files.ts';
import { readWhole, withFile, type OpenFile } from '../hosts/regular-file.ts';
import { exposureOf, type Exposure, type User } from '../hosts/trust.ts';
import { systemError } from '../planner/model/system-error.ts';

/** A text that V8 could not hold any more is no document. In bytes. */
const LARGEST = 400 * 1024 * 1024;

/** What people keep in files and hand back: how messages call it, and how it is told from other files. */
interface Kind {
  name: string;
  codes: { unreadable: string; unwritable: string };
  /** `a plan`, for "is not …". */
  noun: string;
  /** Also one of a version that this one cannot read. */
  isOne: (content: object) => boolean;
  /** The command that writes one. */
  command: string;
}

const PLAN: Kind = {
  name: 'plan',
  codes: { unreadable: 'plan-file-unreadable', unwritable: 'plan-file-unwritable' },
  noun: 'a plan',
  isOne: (content) => 'steps' in content && 'tool' in content && isNbkp(content.tool),
  command: 'nbkp plan --out FILE',
};

const FACTS: Kind = {
  name: 'facts',
  codes: { unreadable: 'facts-file-unreadable', unwritable: 'facts-file-unwritable' },
  noun: 'a facts file',
  isOne: (content) => 'observedAt' in content && 'endpoints' in content,
  command: 'nbkp facts export --out FILE',
};

/** Writes an encoded plan: see `write`. Error `plan-file-unwritable`. */
export function writePlanFile(path: string, text: string): Result<null> {
  return write(PLAN, path, text);
}

/** Writes facts as JSON: see `write`. Error `facts-file-unwritable`. */
export function writeFactsFile(path: string, text: string): Result<null> {
  return write(FACTS, path, text);
}

/**
 * The text of a plan file, for decoding. Errors `plan-file-unreadable`, `plan-file-exposed`.
 *
 * @param user for whom it is to be run; null where it is only shown, whoever may have written it
 */
export function readPlanFile(path: string, user: User | null = null): Result<string> {
  return read(PLAN, path, (file) => {
    const why = user === null ? null : exposureOf(path, file.stats, user);
    return why === null ? null : exposed(path, why);
  });
}

function exposed(path: string, { because, help }: Exposure): Finding {
  return {
    severity: 'error',
    code: 'plan-file-exposed',
    message: `The plan file ${path} ${because}, and decides what nbkp runs.`,
    help: `Make one of your own: nbkp plan --out FILE. Or: ${help(path)}`,
  };
}

/** The text of a facts file, for decoding. Error `facts-file-unreadable`. */
export function readFactsFile(path: string): Result<string> {
  return read(FACTS, path);
}

/**
 * Mode 0600, all of it or nothing. Only a document of its kind, or an empty file, is ever replaced: not what is no
 * file, not what somebody else has linked there, and not a spec that was named by mistake.
 */
function write(kind: Kind, path: string, text: string): Result<null> {
  try {
    const present = lstatSync(path, { throwIfNoEntry: false });
    const objection = present === undefined ? null : objectionTo(kind, path, present);
    if (objection !== null) return unwritable(kind, path, objection);
    writeAtomically(path, text);
    return success(null);
  } catch (error) {
    return unwritable(kind, path, systemError(error).text);
  }
}

function objectionTo(kind: Kind, path: string, present: Stats): string | null {
  if (present.isSymbolicLink()) return 'it is a symbolic link';
  if (!present.isFile()) return 'it is there and is not a file';
  if (present.size === 0 || holds(kind, path, present.size)) return null;
  return `there is a file that is not ${kind.noun}`;
}

function holds({ isOne }: Kind, path: string, size: number): boolean {
  const bytes = size > LARGEST ? '' : withFile(path, (file) => readWhole(file, LARGEST));
  const content = typeof bytes === 'string' ? null : parseJson(bytes.toString('utf8'));
  return typeof content === 'object' && content !== null && isOne(content);
}

function isNbkp(tool: unknown): boolean {
  return typeof tool === 'object' && tool !== null && 'name' in tool && tool.name === 'nbkp';
}

/** @param objection to what was opened, before it is read */
function read(kind: Kind, path: string, objection: (file: OpenFile) => Finding | null = () => null): Result<string> {
  try {
    return withFile(path, (file) => {
      const objected = objection(file);
      if (objected !== null) return failure(objected);
      const bytes = readWhole(file, LARGEST);
      return typeof bytes === 'string' ? unreadable(kind, path, bytes) : success(bytes.toString('utf8'));
    });
  } catch (error) {
    return unreadable(kind, path, systemError(error).text);
  }
}

function unreadable({ name, codes, command }: Kind, path: string, cause: string): Result<string> {
  return failure({
    severity: 'error',
    code: codes.unreadable,
    message: `The ${name} file ${path} cannot be read: ${cause}.`,
    help: `${command} writes one.`,
  });
}

function unwritable({ name, codes }: Kind, path: string, cause: string): Result<null> {
  return failure({
    severity: 'error',
    code: codes.unwritable,
    message: `The ${name} cannot be written to ${path}: ${cause}.`,
    help: 'Choose another place for --out.',
  });
}
