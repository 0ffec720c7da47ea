/**
 * A line as findmnt(8) and lsblk(8) write it with `--pairs`: `NAME="value" …`.
 *
 * @returns a function from the name of a column to its value; empty when the line has no such column
 */
export function columnsOf(line: string): (name: string) => string {
  const pairs = [...line.matchAll(/(?<![A-Z])([A-Z]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    unescape(value),
  ]);
  const columns = new Map(pairs.map(([name = '', value = '']) => [name, value]));
  return (name) => columns.get(name) ?? '';
}

/** `\x24` stands for a byte; several may make up one character. */
function unescape(value: string): string {
  if (!value.includes('\\x')) return value;
  const bytes = value
    .split(/(\\x[0-9a-f]{2})/i)
    .map((part) => (/^\\x[0-9a-f]{2}$/i.test(part) ? Buffer.from(part.slice(2), 'hex') : Buffer.from(part)));
  return Buffer.concat(bytes).toString('utf8');
}
