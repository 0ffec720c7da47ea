import { plural } from '../text/numbers.ts';
import { fenceFor } from './escape.ts';

/** A piece of a Markdown document. Paragraphs, items and summaries are Markdown already: see `prose` and `code`. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: readonly string[] }
  /** Lines that are shown as they are. They have to be sanitised. */
  | { kind: 'fence'; language: string; lines: readonly string[] }
  /** A drawing is nothing when a part of it is missing. */
  | { kind: 'drawing'; language: string; lines: readonly string[] }
  /** Folded: one line until it is opened. */
  | { kind: 'details'; summary: string; blocks: readonly Block[] };

/** What GitHub takes as the body of a comment, in characters; ours are counted in bytes, of which there are more. */
export const MAX_BYTES = 65_536;
/** Below this not even the summary of a plan would fit. */
export const LEAST_MAX_BYTES = 1024;

interface Fitted {
  text: string;
  whole: boolean;
}

/**
 * A Markdown document of at most `maxBytes` bytes in UTF-8. What does not fit is left out from the end, by items, lines
 * and blocks and never within one, so that every fence and every tag is closed, and the document says so.
 *
 * @param cut what a reader can do to see all of it, as Markdown
 */
export function markdownText(blocks: readonly Block[], maxBytes: number, cut: string): string {
  const whole = fitBlocks(blocks, Infinity).text;
  if (bytes(whole) + 1 <= maxBytes) return `${whole}\n`;
  const note = `*Cut to ${plural(maxBytes, 'byte')}.* ${cut}\n`;
  const room = maxBytes - bytes(note) - 2;
  return [fitBlocks(blocks, room).text, note].filter((part) => part !== '').join('\n\n');
}

/** After the first block that is not whole nothing follows: a reader must not miss what is missing. */
function fitBlocks(blocks: readonly Block[], room: number): Fitted {
  let text = '';
  for (const block of blocks) {
    const before = text === '' ? '' : '\n\n';
    const fitted = fitBlock(block, room - bytes(text) - before.length);
    if (fitted.text !== '') text += before + fitted.text;
    if (!fitted.whole) return { text, whole: false };
  }
  return { text, whole: true };
}

function fitBlock(block: Block, room: number): Fitted {
  switch (block.kind) {
    case 'paragraph':
      return wholeOrNothing(block.text, room);
    case 'list':
      return fitList(block.items, room);
    case 'fence':
      return fitFence(block, room);
    case 'drawing':
      return wholeOrNothing(fenced(block.language, block.lines), room);
    case 'details': {
      // GitHub reads Markdown inside a tag only after an empty line.
      const [open, close] = [`<details><summary>${block.summary}</summary>\n\n`, '\n\n</details>'];
      const inner = fitBlocks(block.blocks, room - bytes(open) - close.length);
      return inner.text === '' ? { text: '', whole: false } : { ...inner, text: open + inner.text + close };
    }
  }
}

function wholeOrNothing(text: string, room: number): Fitted {
  return bytes(text) <= room ? { text, whole: true } : { text: '', whole: false };
}

function fitList(items: readonly string[], room: number): Fitted {
  return fitLines(
    items.map((item) => `- ${item}`),
    { room, wrap: (lines) => lines.join('\n'), more: (count) => `- … and ${count} more` },
  );
}

function fitFence({ language, lines }: { language: string; lines: readonly string[] }, room: number): Fitted {
  return fitLines(lines, {
    room,
    wrap: (shown) => fenced(language, shown, fenceFor(lines)),
    more: (count) => `… and ${plural(count, 'more line', 'more lines')}`,
  });
}

interface Fitting {
  room: number;
  wrap: (lines: readonly string[]) => string;
  more: (count: number) => string;
}

/** As many of the first lines as there is room for, and how many there are besides. */
function fitLines(lines: readonly string[], { room, wrap, more }: Fitting): Fitted {
  const all = wrap(lines);
  if (bytes(all) <= room) return { text: all, whole: true };
  let left = room - bytes(wrap([more(lines.length)]));
  let shown = 0;
  for (const line of lines) {
    left -= bytes(line) + 1;
    if (left < 0) break;
    shown += 1;
  }
  if (shown === 0) return { text: '', whole: false };
  return { text: wrap([...lines.slice(0, shown), more(lines.length - shown)]), whole: false };
}

function fenced(language: string, lines: readonly string[], fence = fenceFor(lines)): string {
  return [`${fence}${language}`, ...lines, fence].join('\n');
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
