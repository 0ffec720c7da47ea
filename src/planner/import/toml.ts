import type { Draft, Section } from './draft.ts';

/** A line of an array that is longer gets a line for each item. */
const WIDE = 76;

/** The spec as a file, with the comments that stood above its entries. */
export function tomlOf({ sections, credentials }: Pick<Draft, 'sections' | 'credentials'>): string {
  const tables = [
    ...Object.entries(sections).flatMap(([section, entries]) =>
      [...entries].map(([name, entry]) => tableText(`${section}.${keyText(name)}`, entry)),
    ),
    ...(credentials === null ? [] : [tableText('credentials', { written: credentials, comment: [] })]),
  ];
  return ['version = 1\n', ...tables].join('\n');
}

function tableText(header: string, { written, comment }: Section<object>): string {
  // A comment ends at the end of its line, and TOML allows no control character in it but the tab.
  const above = comment.map((line) => `#${line.replace(/(?!\t)\p{Cc}/gu, '')}`);
  return [...above, `[${header}]`, ...linesOf('', written)].map((line) => `${line}\n`).join('');
}

/** Tables inside become dotted keys. */
function linesOf(prefix: string, table: object): string[] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]) => {
    const name = prefix + keyText(key);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return linesOf(`${name}.`, value);
    const line = `${name} = ${valueText(value)}`;
    if (line.length <= WIDE || !Array.isArray(value)) return line;
    return [`${name} = [`, ...value.map((item) => `  ${valueText(item)},`), ']'];
  });
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return scalarText(value);
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
