import type { Finding } from '../model/finding.ts';
import { failure, success, type Result } from '../model/result.ts';
import type { Validator } from '../model/validator.ts';
import { isRecord, parseJson } from '../model/json.ts';

/** Far more than any document has. What is nested deeper would overflow the stack of whoever reads it. */
const MAX_DEPTH = 100;

/** A kind of file that nbkp reads: how messages call it, and what it has to be. */
export interface DocumentKind<T> {
  findings: {
    truncated: (file: string, empty: boolean) => Finding;
    /** No JSON. */
    unreadable: (file: string) => Finding;
    /** Of a newer major version. */
    unknown: (formats: Formats) => Finding;
    /** Of an older one. */
    obsolete: (formats: Formats) => Finding;
    foreign: (file: string) => Finding;
    invalid: (file: string, cause: string) => Finding;
  };
  /** `1.0`: a file of another major version is refused. */
  format: string;
  /** Name of the file in `schemas/`. */
  schema: string;
  validate: Validator<T>;
  /** Tells a document of another kind, which is refused before it is compared with the schema. */
  isForeign: (data: unknown) => boolean;
}

interface Formats {
  file: string;
  found: string;
  wanted: number;
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
  const data = parseJson(text);
  const { findings } = kind;
  if (data === undefined) {
    return failure(isCutOff(text) ? findings.truncated(file, text.trim() === '') : findings.unreadable(file));
  }
  const found = formatVersion(data);
  const wanted = majorOf(kind.format);
  if (found !== null && majorOf(found) !== wanted) {
    return failure(findings[majorOf(found) < wanted ? 'obsolete' : 'unknown']({ file, found, wanted }));
  }
  if (kind.isForeign(data)) return failure(findings.foreign(file));
  if (nestedTooDeep(data)) return failure(findings.invalid(file, `it is nested deeper than ${MAX_DEPTH} levels`));
  return kind.validate(data) ? success(data) : failure(findings.invalid(file, schemaErrors(kind)));
}

function formatVersion(data: unknown): string | null {
  const named = isRecord(data) ? data['formatVersion'] : null;
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

/** What is no JSON only because its end is missing: it is empty, or an object that was begun is never closed. */
function isCutOff(text: string): boolean {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) return trimmed === '';
  // A string may be cut off too.
  const marks = trimmed.match(/"(?:[^"\\]+|\\.)*(?:"|\\?$)|[{}]/gs) ?? [];
  return marks.reduce((open, mark) => open + (mark === '{' ? 1 : mark === '}' ? -1 : 0), 0) > 0;
}
