import compiler from 'toml/lib/compiler.js';
import parser, { type TomlNode, type ValueNode } from 'toml/lib/parser.js';
import { failure, success, type Result } from '../model/result.ts';
import { child, positionAt, splitLines, type SpecDocument, type TomlTable, type TomlValue } from './document.ts';
import { explainRejection, explainSyntax, type SyntaxProblem } from './toml-syntax.ts';
import { tomlSyntax } from '../model/findings/spec.ts';

/**
 * Parses TOML and keeps where everything stands, which `toml` itself does not tell: its parser does, and its compiler
 * refuses what is defined twice. After a mistake in the syntax the rest cannot be understood, so there is one at most.
 */
export function parseToml(text: string, path: string): Result<SpecDocument> {
  const { lines, lineStarts } = splitLines(text);
  try {
    const nodes = parser.parse(text);
    const { keys, values } = locate(nodes, text);
    // The compiler returns tables without a prototype and, since `locate` has replaced dates, JSON values only.
    const data = compiler.compile(nodes, text, {}) as TomlTable;
    const deep = tooDeep(data);
    if (deep !== null) throw new TooDeep(keys.get(deep) ?? 0);
    return success({ path, lines, lineStarts, data, keys, values });
  } catch (error) {
    const problem = problemOf(error, text, lineStarts);
    const location = positionAt({ path, lineStarts }, problem.offset);
    const excerpt = lines[location.line - 1] ?? '';
    return failure({ ...tomlSyntax(problem.message, problem.help), location, excerpt });
  }
}

function problemOf(error: unknown, text: string, lineStarts: readonly number[]): SyntaxProblem {
  if (error instanceof TooDeep) return error.problem;
  if (error instanceof parser.SyntaxError) {
    return explainSyntax(text, error.location.start.offset, error.expected);
  }
  if (error instanceof Error && 'line' in error && 'column' in error) {
    const { line, column } = error;
    if (typeof line === 'number' && typeof column === 'number') {
      return explainRejection(error.message, (lineStarts[line - 1] ?? 0) + column - 1);
    }
  }
  throw error;
}

/** As deep as plans and facts may be, which hold parts of the spec. */
const DEEPEST = 100;

class TooDeep extends Error {
  readonly problem: SyntaxProblem;

  constructor(offset: number) {
    super();
    const message = `This is nested deeper than ${DEEPEST} levels.`;
    this.problem = { offset, message, help: 'No key of a spec is. Write fewer dots or brackets.' };
  }
}

/** The pointer of a table or list that is too deep; null when none is. Without recursion, which has a limit of its own. */
function tooDeep(data: TomlTable): string | null {
  let level: [string, TomlValue][] = [['', data]];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth += 1) {
    level = level.flatMap(([pointer, value]) =>
      typeof value !== 'object' || value === null
        ? []
        : Object.entries(value).map(([key, inner]): [string, TomlValue] => [child(pointer, key), inner]),
    );
  }
  return level[0]?.[0] ?? null;
}

interface Places {
  text: string;
  keys: Map<string, number>;
  values: Map<string, number>;
  /** Pointers of tables whose own header was seen, which is a better place for them than a header of something inside. */
  defined: Set<string>;
  /** Index of the newest element of each array of tables, by the pointer of the array. */
  newest: Map<string, number>;
}

/** Walks the syntax tree as the compiler does. Dates and times become null on the way. */
function locate(nodes: readonly TomlNode[], text: string): Pick<SpecDocument, 'keys' | 'values'> {
  const places: Places = { text, keys: new Map(), values: new Map(), defined: new Set(), newest: new Map() };
  let table = '';
  for (const node of nodes) {
    if (node.type === 'Assign') locateEntry(places, table, node);
    else table = locateHeader(places, node.value, node.offset, node.type === 'ArrayPath');
  }
  return places;
}

function locateHeader(places: Places, keys: readonly string[], offset: number, isArray: boolean): string {
  const offsets = keyOffsets(places.text, offset, keys.length);
  let pointer = '';
  keys.forEach((key, index) => {
    const last = index === keys.length - 1;
    const parent = pointer;
    pointer = child(parent, key);
    if (last && isArray) places.newest.set(pointer, (places.newest.get(pointer) ?? -1) + 1);
    if (!places.keys.has(pointer) || (last && !places.defined.has(pointer))) {
      places.keys.set(pointer, offsets[index] ?? offset);
    }
    if (last) places.defined.add(pointer);
    const element = places.newest.get(pointer);
    if (element === undefined) return;
    pointer = child(pointer, element);
    if (last) places.keys.set(pointer, offset);
  });
  return pointer;
}

function locateEntry(
  places: Places,
  table: string,
  entry: { key: readonly string[]; value: ValueNode; offset: number },
): void {
  const offsets = keyOffsets(places.text, entry.offset, entry.key.length);
  let pointer = table;
  entry.key.forEach((key, index) => {
    pointer = child(pointer, key);
    if (!places.keys.has(pointer)) places.keys.set(pointer, offsets[index] ?? entry.offset);
  });
  locateValue(places, pointer, entry.value);
}

function locateValue(places: Places, pointer: string, node: ValueNode): void {
  places.values.set(pointer, node.offset);
  switch (node.type) {
    case 'Array':
      node.value.forEach((item, index) => locateValue(places, child(pointer, index), item));
      return;
    case 'InlineTable':
      for (const entry of node.value) locateEntry(places, pointer, entry);
      return;
    case 'Date':
    case 'LocalDateTime':
    case 'LocalDate':
    case 'LocalTime':
      node.value = null;
      return;
    case 'String':
    case 'Integer':
    case 'Float':
    case 'Boolean':
      return;
  }
}

/** The syntax tree has one offset for the whole of a dotted key; this finds each of its parts in the text. */
function keyOffsets(text: string, offset: number, count: number): number[] {
  if (count === 1 && text[offset] !== '[') return [offset];
  const part = /[[\s]*(?<key>"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)[ \t]*\.?/dy;
  part.lastIndex = offset;
  const offsets: number[] = [];
  while (offsets.length < count) {
    const found = part.exec(text)?.indices?.groups?.['key'];
    if (found === undefined) break;
    offsets.push(found[0]);
  }
  return offsets;
}
