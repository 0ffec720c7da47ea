import type { Finding } from '../model/finding.ts';
import { failure, success, type Result } from '../model/result.ts';
import type { Validator } from '../model/validator.ts';

/** Far more than any document has. What is nested deeper would overflow the stack of whoever reads it. */
const MAX_DEPTH = 100;

/** A kind of file that nbkp reads: how messages call it, and what it has to be. */
export interface DocumentKind<T> {
  codes: Readonly<Record<'truncated' | 'unreadable' | 'unknown' | 'obsolete' | 'foreign' | 'invalid', string>>;
  /** `a plan`, for "is not …". */
  noun: string;
  /** `1.0`: a file of another major version is refused. */
  format: string;
  /** Name of the file in `schemas/`. */
  schema: string;
  validate: Validator<T>;
  /** Tells a document of another kind, which is refused before it is compared with the schema. */
  isForeign: (data: unknown) => boolean;
  /** How to make it again. */
  help: string;
}

/**
 * Reads the text of a file that nbkp wrote, or that somebody made to look like it. Properties that this version does
 * not know stay, where nothing reads them.
 *
 * @param file how messages call it
 * @returns the document, or one error with the kind's code: `truncated`, `unreadable` (no JSON), `unknown` (a newer major
 *   version), `obsolete` (an older one), `foreign` (a document of another kind or tool), `invalid` (not of its schema)
 */
export function readDocument<T>(text: string, file: string, kind: DocumentKind<T>): Result<T> {
  const parsed = parse(text);
  if (parsed === null) return failure(unreadable(text, file, kind));
  const { data } = parsed;
  const format = formatVersion(data);
  if (format !== null && majorOf(format) !== majorOf(kind.format)) return failure(unknownFormat(format, file, kind));
  if (kind.isForeign(data)) return failure(foreign(file, kind));
  if (nestedTooDeep(data)) return failure(invalid(file, `it is nested deeper than ${MAX_DEPTH} levels`, kind));
  return kind.validate(data) ? success(data) : failure(invalid(file, schemaErrors(kind), kind));
}

function parse(text: string): { data: unknown } | null {
  try {
    return { data: JSON.parse(text) };
  } catch {
    return null;
  }
}

function formatVersion(data: unknown): string | null {
  const named = typeof data === 'object' && data !== null && 'formatVersion' in data ? data.formatVersion : null;
  return typeof named === 'string' && /^\d+\.\d+$/.test(named) ? named : null;
}

function majorOf(format: string): number {
  return Number.parseInt(format, 10);
}

function nestedTooDeep(data: unknown): boolean {
  let level = [data];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return false;
}

function schemaErrors<T>({ validate, schema }: DocumentKind<T>): string {
  const places = (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath || '/'} (${keyword})`);
  return `it does not fit ${schema} at ${places.slice(0, 3).join(', ')}`;
}

type Named = Pick<DocumentKind<unknown>, 'codes' | 'noun' | 'format' | 'help'>;

function unreadable(text: string, file: string, { codes, noun, help }: Named): Finding {
  return isCutOff(text)
    ? {
        severity: 'error',
        code: codes.truncated,
        message: `${file} ends in the middle of ${noun}${text.trim() === '' ? ': it is empty' : ''}.`,
        help: `It may not have been written or copied completely. ${help}`,
      }
    : { severity: 'error', code: codes.unreadable, message: `${file} is not JSON, so not ${noun}.`, help };
}

/** What is no JSON only because its end is missing: it is empty, or an object that was begun is never closed. */
function isCutOff(text: string): boolean {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) return trimmed === '';
  // A string may be cut off too.
  const marks = trimmed.match(/"(?:[^"\\]+|\\.)*(?:"|\\?$)|[{}]/gs) ?? [];
  return marks.reduce((open, mark) => open + (mark === '{' ? 1 : mark === '}' ? -1 : 0), 0) > 0;
}

function unknownFormat(found: string, file: string, { codes, noun, format, help }: Named): Finding {
  if (majorOf(found) < majorOf(format)) {
    return {
      severity: 'error',
      code: codes.obsolete,
      message: `${file} is ${noun} of format ${found}, which this nbkp reads no more; it reads format ${majorOf(format)}.`,
      help,
    };
  }
  return {
    severity: 'error',
    code: codes.unknown,
    message: `${file} is ${noun} of format ${found}, and this nbkp reads format ${majorOf(format)}.`,
    help: `Use the nbkp that made it. ${help}`,
  };
}

function foreign(file: string, { codes, noun, help }: Named): Finding {
  const message = `${file} is a document of another kind, not ${noun} of nbkp.`;
  return { severity: 'error', code: codes.foreign, message, help };
}

function invalid(file: string, cause: string, { codes, noun, help }: Named): Finding {
  return { severity: 'error', code: codes.invalid, message: `${file} is not ${noun}: ${cause}.`, help };
}
