import { isRecord } from '../model/json.ts';

/** An entry of the spec. */
export interface Section<T> {
  written: T;
  /** Comment lines without their `#`. */
  comment: string[];
  /** Why it stands there as a comment only. */
  problems?: readonly string[];
}

export interface Tables {
  sections: Record<'ssh' | 'volumes' | 'syncs', ReadonlyMap<string, Section<object>>>;
  credentials: Section<object> | null;
}

/** A line of an array that is longer gets a line for each item. */
const WIDE = 76;

/** Comments that belong to no entry. */
export interface Loose {
  head: readonly string[];
  tail: readonly string[];
}

/** The spec as a file, with the comments of the file it was made of. What has problems stands there as a comment. */
export function tomlOf({ sections, credentials }: Tables, { head, tail }: Loose = { head: [], tail: [] }): string {
  const tables = [
    ...Object.entries(sections).flatMap(([section, entries]) =>
      [...entries].map(([name, entry]) => entryText(section, name, entry)),
    ),
    ...(credentials === null ? [] : [tableText('credentials', credentials)]),
  ];
  const first = [...head.map(commentLine), 'version = 1', ''].join('\n');
  return [first, ...tables, ...(tail.length === 0 ? [] : [`${tail.map(commentLine).join('\n')}\n`])].join('\n');
}

/** An entry of a section as a table with a header, and its comments. */
export function entryText(section: string, name: string, entry: Section<object>): string {
  return tableText(`${section}.${keyText(name)}`, entry);
}

/** `name = { … }`, without its comments, which have no place there. */
export function inlineText(name: string, written: object): string {
  return `${keyText(name)} = ${valueText(written)}`;
}

function tableText(header: string, { written, comment, problems = [] }: Section<object>): string {
  const lines = [`[${header}]`, ...linesOf('', written)];
  const why = problems.map((problem) => commentLine(` Not imported: ${problem}`));
  const shown = problems.length === 0 ? lines : [...new Set(why), ...lines.map((line) => commentLine(` ${line}`))];
  return [...comment.map(commentLine), ...shown].map((line) => `${line}\n`).join('');
}

/** A comment ends at the end of its line, and TOML allows no control character in it but the tab. */
function commentLine(text: string): string {
  return `#${text.replace(/(?!\t)\p{Cc}/gu, '')}`;
}

/** Tables inside become dotted keys. */
function linesOf(prefix: string, table: object): string[] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]) => {
    const name = prefix + keyText(key);
    if (isRecord(value)) return linesOf(`${name}.`, value);
    const line = `${name} = ${valueText(value)}`;
    if (line.length <= WIDE || !Array.isArray(value)) return line;
    return [`${name} = [`, ...value.map((item) => `  ${valueText(item)},`), ']'];
  });
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (!isRecord(value)) return scalarText(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${keyText(key)} = ${valueText(inner)}`)
    .join(', ')} }`;
}

/** JSON's texts are TOML's basic strings, but for one control character. */
function scalarText(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u007f', '\\u007f');
}

function keyText(key: string): string {
  return /^[\w-]+$/.test(key) ? key : scalarText(key);
}
