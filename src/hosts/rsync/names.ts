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

/**
 * The bytes of a name that a person has typed, or copied from where `escapeName` or rsync wrote it.
 *
 * @returns one character for each byte (latin1)
 */
export function unescapeName(text: string): string {
  return unescaped(Buffer.from(text, 'utf8').toString('latin1'));
}

/** The bytes of a name as rsync shows it, both latin1. In one pass: `\#134#012` is a backslash and then `#012`. */
export function unescaped(shown: string): string {
  return shown.replace(/\\#([0-3][0-7]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** A name (latin1) as rsync escapes it under `LC_ALL=C`, and TAB and DEL like all other control characters. */
export function escapedByRsync(name: string): string {
  return name.replace(/\\(?=#[0-7]{3})|[^\x20-\x7e]/g, octal);
}

/** What rsync under `LC_ALL=C` leaves as it is: a TAB, and in some versions a DEL. */
export function escapedWhole(shown: string): string {
  return shown.replace(/[^\x20-\x7e]/g, octal);
}

/** A name (latin1) for `printf %b`, all in ASCII and in one line. */
export function printfName(name: string): string {
  return name.replace(/[^A-Za-z0-9_./-]/g, (character) => `\\0${digitsOf(character)}`);
}

function octal(character: string): string {
  return `\\#${digitsOf(character)}`;
}

function digitsOf(character: string): string {
  return character.charCodeAt(0).toString(8).padStart(3, '0');
}
