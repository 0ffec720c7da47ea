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
  type Scalar,
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
  /** The Python tool's parser makes a text of it, not a number or a date. */
  isText: boolean;
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
    if (isScalar(node)) return scalar(node);
    if (!isMap(node) && !isSeq(node)) return { ...NOTHING, offset: 0 };
    const known = this.#made.get(node);
    if (known !== undefined) return known;
    const offset = node.range?.[0] ?? 0;
    // What contains itself is empty where it does.
    this.#made.set(node, { ...NOTHING, offset });
    const made: YamlValue = isSeq(node)
      ? { kind: 'list', offset, items: node.items.map((item) => this.value(item)) }
      : { kind: 'table', offset, entries: this.#entries(node) };
    this.#made.set(node, made);
    return made;
  }

  #entries(map: YAMLMap): Map<string, YamlEntry> {
    const own = new Map<string, YamlEntry>();
    const merged = new Map<string, YamlEntry>();
    map.items.forEach(({ key, value }) => {
      if (!isScalar(key)) return;
      if (key.source === '<<') {
        for (const [name, entry] of this.#merged(this.value(value))) merged.set(name, entry);
        return;
      }
      own.set(key.source ?? String(key.value), { offset: key.range?.[0] ?? 0, value: this.value(value) });
    });
    return new Map([...merged, ...own]);
  }

  /** `<<: *base` and `<<: [*first, *second]`, where the first that has a key wins. */
  #merged(value: YamlValue): [string, YamlEntry][] {
    if (value.kind === 'table') return [...value.entries];
    return value.kind === 'list' ? value.items.toReversed().flatMap((item) => this.#merged(item)) : [];
  }
}

const NOTHING = { kind: 'scalar', text: '', value: null, isText: false } as const;

function scalar({ value, source, range, type, tag }: Scalar): YamlScalar {
  const text = source ?? '';
  const isText = tag === undefined ? type !== 'PLAIN' || !OTHER_THAN_TEXT.test(text) : tag.endsWith(':str');
  return { kind: 'scalar', offset: range?.[0] ?? 0, text, value, isText };
}

/**
 * What PyYAML takes for something else than text where there are no quotes: nothing, a truth, a number, also in the base of
 * 60, a date or a time. It differs from other parsers: `y` and `08` are texts, `0o7` too, and `22:30` is a number.
 */
const OTHER_THAN_TEXT = new RegExp(
  [
    '~|null|Null|NULL|',
    'yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF',
    '[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+',
    '[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?',
    '[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)',
    '[0-9]{4}-[0-9]{2}-[0-9]{2}',
    '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?',
  ]
    .map((form) => `^(?:${form})$`)
    .join('|'),
);
