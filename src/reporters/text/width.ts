/** The sequences that `Style` writes: they take no columns. */
// The escape character is what this pattern is about.
const SGR = new RegExp('\u001b\\[[0-9;]*m', 'g');

/** Printable ASCII and the signs that our own texts use: one column each. */
const PLAIN = /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u257f○✓✗]*$/;

let segmenter: Intl.Segmenter | undefined;

/** Made when a text needs it: it costs more than the rest of a short command. */
function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** East Asian Wide and Fullwidth (Unicode UAX #11), as ranges; emoji are recognised by their own property. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
];

/** Columns that a text takes on a terminal. Colours of `Style` count nothing. */
export function textWidth(text: string): number {
  const bare = text.includes('\u001b') ? text.replace(SGR, '') : text;
  if (PLAIN.test(bare)) return bare.length;
  let width = 0;
  for (const { segment } of graphemes(bare)) width += graphemeWidth(segment);
  return width;
}

function graphemeWidth(grapheme: string): number {
  const code = grapheme.codePointAt(0) ?? 0;
  if (code < 0x300) return /^\p{Cc}/u.test(grapheme) ? 0 : 1;
  if (/^[\p{M}\p{Cf}]/u.test(grapheme)) return 0;
  if (/^\p{Emoji_Presentation}/u.test(grapheme) || grapheme.includes('\ufe0f')) return 2;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** Shortens an uncoloured text to at most `width` columns, with `…` where something was cut off. */
export function truncate(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  return width < 1 ? '' : `${leading(text, width - 1)}…`;
}

/** Shortens in the middle, because the end of a path says more than its middle. */
export function truncateMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width < 3) return truncate(text, width);
  const tail = trailing(text, Math.ceil((width - 1) / 2));
  return `${leading(text, width - 1 - textWidth(tail))}…${tail}`;
}

/** What is left of an uncoloured text without its first columns. */
export function dropColumns(text: string, columns: number): string {
  return text.slice(leading(text, columns).length);
}

function leading(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const { segment } of graphemes(text)) {
    used += graphemeWidth(segment);
    if (used > width) break;
    taken += segment;
  }
  return taken;
}

function trailing(text: string, width: number): string {
  const segments = [...graphemes(text)].map(({ segment }) => segment).reverse();
  let taken = '';
  let used = 0;
  for (const segment of segments) {
    used += graphemeWidth(segment);
    if (used > width) break;
    taken = segment + taken;
  }
  return taken;
}

/** Fills up with spaces on the right. A longer text stays as it is. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** Fills up with spaces on the left. A longer text stays as it is. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

/** A space, but not the one between a number and its unit. */
const GAP = / +(?!(?:%|[KMGTPE]?i?B|s|min|h|d)(?!\w))/;

/**
 * Breaks a text between words into lines of at most `width` columns. A longer word, such as a path, has a line of its
 * own and is not broken, so that it can be copied; it begins further to the left where that lets it fit.
 *
 * @param first what the first line begins with, such as a symbol
 * @param rest what each further line begins with
 */
export function wrap(text: string, width: number, first = '', rest = first): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(GAP).filter((part) => part !== '')) {
    if (!empty && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = roomFor(word, width, rest);
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** What a terminal breaks has to be put together again by whoever copies it. */
function roomFor(word: string, width: number, rest: string): string {
  const room = Math.max(0, width - textWidth(word));
  return /^ *$/.test(rest) && textWidth(word) <= width ? rest.slice(0, room) : rest;
}
