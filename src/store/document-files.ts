import { lstatSync, type Stats } from 'node:fs';
import type { Finding } from '../planner/model/finding.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { writeAtomically } from './files.ts';
import { isRecord, parseJson } from '../planner/model/json.ts';
import { readWhole, withFile, type OpenFile } from '../hosts/regular-file.ts';
import { exposureOf, type User } from '../hosts/trust.ts';
import { systemError } from '../planner/model/system-error.ts';
import {
  factsFileUnreadable,
  factsFileUnwritable,
  planFileExposed,
  planFileUnreadable,
  planFileUnwritable,
  reportFileUnwritable,
  scriptFileUnwritable,
} from '../planner/model/findings/plan-files.ts';

/** A text that V8 could not hold any more is no document. In bytes. */
const LARGEST = 400 * 1024 * 1024;

/** What people keep in files and hand back, and how it is told from other files. */
interface Kind {
  unreadable: (path: string, cause: string) => Finding;
  unwritable: (path: string, cause: string) => Finding;
  /** `a plan`, for "is not …". */
  noun: string;
  /** Also one of a version that this one cannot read. */
  isOne: (text: string) => boolean;
}

const PLAN: Kind = {
  unreadable: planFileUnreadable,
  unwritable: planFileUnwritable,
  noun: 'a plan',
  isOne: jsonThat((content) => 'steps' in content && 'tool' in content && isNbkp(content['tool'])),
};

const FACTS: Kind = {
  unreadable: factsFileUnreadable,
  unwritable: factsFileUnwritable,
  noun: 'a facts file',
  isOne: jsonThat((content) => 'observedAt' in content && 'endpoints' in content),
};

function jsonThat(isOne: (content: Record<string, unknown>) => boolean): Kind['isOne'] {
  return (text) => {
    const content = parseJson(text);
    return isRecord(content) && isOne(content);
  };
}

/** Writes an encoded plan: see `write`. Error `plan-file-unwritable`. */
export function writePlanFile(path: string, text: string): Result<null> {
  return write(PLAN, path, text);
}

/** Writes facts as JSON: see `write`. Error `facts-file-unwritable`. */
export function writeFactsFile(path: string, text: string): Result<null> {
  return write(FACTS, path, text);
}

/** Writes a report: see `write`. Error `report-file-unwritable`. @param head how every report begins */
export function writeReportFile(path: string, text: string, head: string): Result<null> {
  const isOne = (there: string): boolean => there.startsWith(head);
  return write({ unwritable: reportFileUnwritable, noun: 'a report', isOne }, path, text);
}

/** Writes a script that only its owner may read and run: see `write`. Error `script-file-unwritable`. @param head how every one begins */
export function writeScriptFile(path: string, text: string, head: string): Result<null> {
  const isOne = (there: string): boolean => there.startsWith(head);
  return write({ unwritable: scriptFileUnwritable, noun: 'a script of nbkp', isOne }, path, text, 0o700);
}

/**
 * The text of a plan file, for decoding. Errors `plan-file-unreadable`, `plan-file-exposed`.
 *
 * @param user for whom it is to be run; null where it is only shown, whoever may have written it
 */
export function readPlanFile(path: string, user: User | null): Result<string> {
  return read(PLAN, path, (file) => {
    const why = user === null ? null : exposureOf(path, file.stats, user);
    return why === null ? null : planFileExposed(path, why.because, why.help(path));
  });
}

/** The text of a facts file, for decoding. Error `facts-file-unreadable`. */
export function readFactsFile(path: string): Result<string> {
  return read(FACTS, path);
}

/**
 * Mode 0600, all of it or nothing. Only a document of its kind, or an empty file, is ever replaced: not what is no
 * file, not what somebody else has linked there, and not a spec that was named by mistake.
 */
function write(
  kind: Pick<Kind, 'unwritable' | 'noun' | 'isOne'>,
  path: string,
  text: string,
  mode?: number,
): Result<null> {
  try {
    const present = lstatSync(path, { throwIfNoEntry: false });
    const objection = present === undefined ? null : objectionTo(kind, path, present);
    if (objection !== null) return failure(kind.unwritable(path, objection));
    writeAtomically(path, text, mode);
    return success(null);
  } catch (error) {
    return failure(kind.unwritable(path, systemError(error).text));
  }
}

function objectionTo(kind: Pick<Kind, 'noun' | 'isOne'>, path: string, present: Stats): string | null {
  if (present.isSymbolicLink()) return 'it is a symbolic link';
  if (!present.isFile()) return 'it is there and is not a file';
  if (present.size === 0 || holds(kind, path, present.size)) return null;
  return `there is a file that is not ${kind.noun}`;
}

function holds({ isOne }: Pick<Kind, 'isOne'>, path: string, size: number): boolean {
  const bytes = size > LARGEST ? '' : withFile(path, (file) => readWhole(file, LARGEST));
  return typeof bytes !== 'string' && isOne(bytes.toString('utf8'));
}

function isNbkp(tool: unknown): boolean {
  return isRecord(tool) && tool['name'] === 'nbkp';
}

/** @param objection to what was opened, before it is read */
function read(kind: Kind, path: string, objection: (file: OpenFile) => Finding | null = () => null): Result<string> {
  try {
    return withFile(path, (file) => {
      const objected = objection(file);
      if (objected !== null) return failure(objected);
      const bytes = readWhole(file, LARGEST);
      return typeof bytes === 'string' ? failure(kind.unreadable(path, bytes)) : success(bytes.toString('utf8'));
    });
  } catch (error) {
    return failure(kind.unreadable(path, systemError(error).text));
  }
}
