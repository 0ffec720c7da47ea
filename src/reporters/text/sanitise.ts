/** ZWNJ and ZWJ are needed to write some languages and emoji; they change no direction and hide nothing. */
const JOINERS = new Set(['\u200c', '\u200d']);

/** Most texts; much faster to test than all of Unicode. */
const PLAIN = /^[\x20-\x7e]*$/;

const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Makes a text from the world safe to show. Control characters (C0, C1, DEL), direction overrides, invisible format
 * characters, line separators and lone surrogates become `\n`, `\x1b`, `\u202e` and the like; all else stays.
 */
export function sanitise(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(UNSAFE, (found) => (JOINERS.has(found) ? found : escape(found)));
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code > 0xffff) return `\\u{${hex}}`;
  return SHORT[character] ?? (code <= 0xff ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`);
}

/** Properties whose arrays are argv, which have to stay exact: `shellCommand` shows them safely. */
const ARGV = new Set(['commands', 'command', 'fix']);

/**
 * The line of a file in which a column counts, which `findingLines` shows safely, and what only an executor reads, which
 * is shown nowhere.
 */
const AS_IT_IS = new Set(['excerpt', 'params']);

/**
 * Sanitises every string of a document at once, so that no reporter can forget one.
 *
 * @param document plain data; it is not changed
 * @param safe a property of it that holds nothing unsafe: it is not looked at
 * @returns the same document when nothing in it is unsafe, else a sanitised copy. Argv, excerpts and params stay as they are
 */
export function sanitised<T>(document: T, safe?: keyof T): T {
  if (!holdsUnsafe(document, safe)) return document;
  const copy = structuredClone(document);
  sanitiseInPlace(copy);
  return copy;
}

function holdsUnsafe(value: unknown, safe?: PropertyKey): boolean {
  if (typeof value === 'string') return sanitise(value) !== value;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => holdsUnsafe(item));
  return Object.keys(value).some((key) => {
    if (key === safe) return false;
    const inner: unknown = Reflect.get(value, key);
    return !isExact(key, inner) && holdsUnsafe(inner);
  });
}

function isExact(key: string, value: unknown): boolean {
  return AS_IT_IS.has(key) || (ARGV.has(key) && Array.isArray(value));
}

function sanitiseInPlace(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (isExact(key, inner)) continue;
    if (typeof inner === 'string') Reflect.set(value, key, sanitise(inner));
    else sanitiseInPlace(inner);
  }
}
