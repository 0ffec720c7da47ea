import type { Finding, Position } from '../model/finding.ts';
import { partsOf, pointer as pointerOf } from '../model/pointer.ts';
import { isRecord } from '../model/json.ts';

export type TomlValue = string | number | boolean | null | TomlValue[] | TomlTable;

/** Without a prototype, so that no key of a file can reach one. */
export interface TomlTable {
  [key: string]: TomlValue;
}

export function isTable(value: TomlValue | undefined): value is TomlTable {
  return isRecord(value);
}

/** The value if it is a table, else an empty one. */
export function table(value: TomlValue | undefined): TomlTable {
  return isTable(value) ? value : {};
}

/** A spec file as it was written: its data, and where each key and value stands. */
export interface SpecDocument {
  /** As the user named it. */
  path: string;
  /** Without their ends. */
  lines: string[];
  /** Offset of the first character of each line, in UTF-16 code units. */
  lineStarts: number[];
  /** TOML has no null: here it stands for a date or time, which no key of the spec takes. */
  data: TomlTable;
  /** Offset of each key by the JSON pointer (RFC 6901) of its value; of a table the one in its header. */
  keys: ReadonlyMap<string, number>;
  /** Offset of each value by JSON pointer; tables with a header have none. */
  values: ReadonlyMap<string, number>;
}

/** What is to be said about one place of the spec. */
export type Remark = Pick<Finding, 'code' | 'message'> & Partial<Pick<Finding, 'severity' | 'help'>>;

/** The JSON pointer of `key` in the table or list at `pointer`. */
export function child(pointer: string, key: string | number): string {
  return pointer + pointerOf(String(key));
}

/**
 * A finding about the value at `pointer`, or about its key. A value that was not written (a default) is shown at the
 * table that it belongs to. Severity `error` unless the remark says otherwise.
 */
export function findingAt(
  document: SpecDocument,
  pointer: string,
  remark: Remark,
  part: 'key' | 'value' = 'value',
): Finding {
  const location = positionAt(document, offsetOf(document, pointer, part));
  const excerpt = document.lines[location.line - 1] ?? '';
  const [section, name] = partsOf(pointer);
  const subject =
    name === undefined ? {} : section === 'syncs' ? { sync: name } : section === 'volumes' ? { volume: name } : {};
  return { severity: 'error', ...remark, location, excerpt, ...subject };
}

function offsetOf(document: SpecDocument, pointer: string, part: 'key' | 'value'): number {
  const key = document.keys.get(pointer);
  const value = document.values.get(pointer);
  const offset = part === 'key' ? (key ?? value) : (value ?? key);
  if (offset !== undefined) return offset;
  return pointer === '' ? 0 : offsetOf(document, pointer.slice(0, pointer.lastIndexOf('/')), part);
}

/** Where each key and value stands, by JSON pointer: values where there is one, else keys. */
export function positionsOf(document: SpecDocument): Record<string, Position> {
  const positions: Record<string, Position> = {};
  for (const pointer of document.keys.keys()) {
    positions[pointer] = positionAt(document, offsetOf(document, pointer, 'value'));
  }
  for (const [pointer, offset] of document.values) positions[pointer] ??= positionAt(document, offset);
  return positions;
}

/** Binary search: a large spec has a hundred thousand positions. */
export function positionAt(document: Pick<SpecDocument, 'path' | 'lineStarts'>, offset: number): Position {
  let low = 0;
  let high = document.lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((document.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { file: document.path, line: low + 1, column: offset - (document.lineStarts[low] ?? 0) + 1 };
}

/** TOML ends lines with LF or CRLF. */
export function splitLines(text: string): Pick<SpecDocument, 'lines' | 'lineStarts'> {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { lines, lineStarts };
}
