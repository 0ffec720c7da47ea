import { Lexer } from 'yaml';
import type { KeyNote } from './draft.ts';
import type { Loose } from './toml.ts';

interface Comment {
  offset: number;
  /** Without its `#`. */
  text: string;
}

/** Signs of the lexer that stand for nothing in the text; after the last of them comes a scalar, whatever it begins with. */
const SCALAR = '\u001f';
const MARKS = ['\u0002', '\u0018', SCALAR];

function commentsIn(text: string): Comment[] {
  const comments: Comment[] = [];
  let offset = 0;
  let scalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (MARKS.includes(lexeme)) {
      scalar = lexeme === SCALAR;
      continue;
    }
    if (!scalar && lexeme.startsWith('#')) comments.push({ offset, text: lexeme.slice(1).trimEnd() });
    offset += lexeme.length;
    scalar = false;
  }
  return comments;
}

/**
 * Gives each comment of a YAML file to a place: one that has a line of its own to what comes next, unless that is less indented;
 * one at the end of a line to what stands there, with the key.
 *
 * @param tops offsets of the keys at the top level: what stands above one of them is about the first place in it
 * @returns what belongs to none
 */
export function giveComments(
  text: string,
  { places, tail }: { places: readonly KeyNote[]; tail: string[] },
  tops: readonly number[],
): Loose {
  const sorted = places.toSorted((a, b) => a.offset - b.offset);
  const [firstTop = 0] = tops;
  const loose: { head: string[]; tail: string[] } = { head: [], tail };
  for (const { offset, text: comment } of commentsIn(text)) {
    const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
    const before = sorted.findLast((place) => place.offset <= offset);
    if (line.trim() !== '') {
      const key = /^[\s-]*(?<key>[\w-]+) *:/.exec(line)?.groups?.['key'];
      (before?.comment ?? loose.head).push(key === undefined ? comment : ` ${key}:${comment}`);
      continue;
    }
    const next = nextContent(text, offset);
    const place = sorted.find((each) => each.offset >= (next ?? Infinity));
    const isKey = next !== null && (place?.offset === next || tops.includes(next));
    const deeper = next !== null && line.length > columnOf(text, next);
    if (next !== null && offset < firstTop) loose.head.push(comment);
    else if (isKey && !deeper && place !== undefined) place.comment.push(comment);
    else if (before !== undefined && (deeper || next !== null)) before.comment.push(comment);
    else loose.tail.push(comment);
  }
  return loose;
}

/** Where the next line begins that is neither empty nor a comment; null at the end. */
function nextContent(text: string, from: number): number | null {
  const found = /\n[ \t]*(?=[^\s#])/.exec(text.slice(from));
  return found === null ? null : from + found.index + found[0].length;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
