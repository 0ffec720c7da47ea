import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml';
import { failure, success, type Result } from '../model/result.ts';
import { splitLines } from '../spec/document.ts';
import { Source } from './source.ts';
import { yamlSyntax } from '../model/findings/imports.ts';

/** A value of a YAML file with its place: the offset of its first character, in UTF-16 code units. */
export type YamlValue = YamlScalar | YamlList | YamlTable;

export interface YamlScalar {
  kind: 'scalar';
  offset: number;
  /** As it was written, without quotes. */
  text: string;
  /** What YAML 1.1 makes of it: that is what the Python tool's parser reads. */
  value: unknown;
}

export interface YamlList {
  kind: 'list';
  offset: number;
  items: YamlValue[];
}

export interface YamlTable {
  kind: 'table';
  offset: number;
  entries: ReadonlyMap<string, YamlEntry>;
}

export interface YamlEntry {
  /** Of the key. */
  offset: number;
  value: YamlValue;
  /** The comment lines above it, without their `#`. */
  comment: string[];
}

/** Parses one YAML document. `null` and what is left empty are scalars whose value is null. */
export function parseYaml(text: string, path: string): Result<{ root: YamlValue; source: Source }> {
  const source = new Source({ path, ...splitLines(text) });
  const deep = tooDeep(text);
  if (deep !== null) return failure(source.finding(deep, yamlSyntax(`it is nested deeper than ${DEEPEST} levels`)));
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { version: '1.1', prettyErrors: false, lineCounter });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    return failure(source.finding(problem.pos[0], yamlSyntax(problem.message)));
  }
  const half = halfCharacter(document);
  if (half !== null) return failure(source.finding(half, yamlSyntax('half a character (a lone surrogate) is no text')));
  return success({ root: new Conversion(document).value(document.contents), source });
}

const DEEPEST = 100;

/**
 * Where a text is nested deeper than any configuration, before the parser sees it, which is recursive. Brackets are counted
 * wherever they stand; what is nested by lines is as deep as the signs before its content, at most.
 */
function tooDeep(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if ('[{'.includes(sign)) depth += 1;
    else if (']}'.includes(sign)) depth = Math.max(0, depth - 1);
    if (depth > DEEPEST) return at;
  }
  const before = new RegExp(`^[ \\t?:-]{${2 * DEEPEST},}`, 'm').exec(text);
  return before === null ? null : before.index;
}

/** Where a text is that can be no name of a file: what is made of it would be another one. */
function halfCharacter(document: Document): number | null {
  let offset: number | null = null;
  visit(document, {
    Scalar: (_, { value, range }) => {
      if (typeof value !== 'string' || !/\p{Surrogate}/u.test(value)) return undefined;
      offset = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** Each node is converted once, so that aliases of aliases of aliases cost nothing. */
class Conversion {
  readonly #document: Document;
  readonly #made = new Map<Node, YamlValue>();

  constructor(document: Document) {
    this.#document = document;
  }

  value(written: unknown): YamlValue {
    const node = isAlias(written) ? written.resolve(this.#document) : written;
    if (isScalar(node)) return scalar(node.value, node.source, node.range?.[0]);
    if (!isMap(node) && !isSeq(node)) return scalar(null, undefined, 0);
    const known = this.#made.get(node);
    if (known !== undefined) return known;
    const offset = node.range?.[0] ?? 0;
    // What contains itself is empty where it does.
    this.#made.set(node, scalar(null, undefined, offset));
    const made: YamlValue = isSeq(node)
      ? { kind: 'list', offset, items: node.items.map((item) => this.value(item)) }
      : { kind: 'table', offset, entries: this.#entries(node) };
    this.#made.set(node, made);
    return made;
  }

  #entries(map: YAMLMap): Map<string, YamlEntry> {
    const own = new Map<string, YamlEntry>();
    const merged = new Map<string, YamlEntry>();
    map.items.forEach(({ key, value }, index) => {
      if (!isScalar(key)) return;
      if (key.source === '<<') {
        for (const [name, entry] of this.#merged(this.value(value))) merged.set(name, entry);
        return;
      }
      const above = key.commentBefore ?? (index === 0 ? map.commentBefore : undefined);
      const comment = typeof above === 'string' ? above.split('\n') : [];
      own.set(key.source ?? String(key.value), { offset: key.range?.[0] ?? 0, value: this.value(value), comment });
    });
    return new Map([...merged, ...own]);
  }

  /** `<<: *base` and `<<: [*first, *second]`, where the first that has a key wins. */
  #merged(value: YamlValue): [string, YamlEntry][] {
    if (value.kind === 'table') return [...value.entries];
    return value.kind === 'list' ? value.items.toReversed().flatMap((item) => this.#merged(item)) : [];
  }
}

function scalar(value: unknown, source: string | undefined, offset = 0): YamlScalar {
  return { kind: 'scalar', offset, text: source ?? '', value };
}
