import { isUtf8 } from 'node:buffer';

/**
 * The bytes of a name as text that shows each of them: what is no UTF-8 and control characters become `\#` with three
 * octal digits, and so does the backslash of what looks like such an escape already: rsync(1), `--8-bit-output`.
 *
 * @param name one character for each byte (latin1)
 */
export function escapeName(name: string): string {
  const escaped = name.replace(/\\(?=#[0-7]{3})|[\x00-\x1f\x7f]/g, octal);
  const bytes = Buffer.from(escaped, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : escaped.replace(/[\x80-\xff]/g, octal);
}

function octal(character: string): string {
  return `\\#${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
