import type { Expectation } from 'toml/lib/parser.js';

export interface SyntaxProblem {
  /** In UTF-16 code units from the beginning of the file. */
  offset: number;
  message: string;
  help: string;
}

interface Failure {
  text: string;
  offset: number;
  /** What stands there; empty at the end of the file. */
  found: string;
  atLineEnd: boolean;
  /** The word that the place is in or at. */
  word: string;
  wordOffset: number;
  expects: (literal: string) => boolean;
  /** Within quotes nearly everything is allowed: the parser says so by naming what is not. */
  inQuotes: boolean;
}

/** Returns null when the mistake is another one. */
type Explanation = (failure: Failure) => Partial<SyntaxProblem> | null;

/**
 * Says in words what is wrong where the parser could not go on. Its own message lists every character that TOML would
 * allow there.
 */
export function explainSyntax(text: string, offset: number, expected: readonly Expectation[]): SyntaxProblem {
  const before = /[^\s=,[\]{}"'#]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? '';
  const after = /^[^\s=,[\]{}"'#]*/.exec(text.slice(offset, offset + 200))?.[0] ?? '';
  const found = text.slice(offset, offset + 1);
  const failure: Failure = {
    text,
    offset,
    found,
    atLineEnd: found === '' || found === '\n' || found === '\r',
    word: before + after,
    wordOffset: offset - before.length,
    expects: (literal) => expected.some((each) => each.type === 'literal' && each.text === literal),
    inQuotes: expected.some((each) => each.type === 'class' && each.inverted),
  };
  const fallback = {
    offset,
    message: 'This is not TOML.',
    help: 'A line is `key = value`, `[table]` or a `# comment`.',
  };
  for (const explanation of [quotes, value, afterKey, header, listOrTable, afterValue, lineStart]) {
    const problem = explanation(failure);
    if (problem !== null) return { ...fallback, ...problem };
  }
  return fallback;
}

const quotes: Explanation = ({ inQuotes, atLineEnd, found }) => {
  if (!inQuotes) return null;
  if (atLineEnd)
    return { message: 'The closing quote is missing.', help: 'End the text with the quote that it begins with.' };
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return {
    message: `Text cannot hold the control character U+${code}.`,
    help: `Remove it, or write it as \\u${code} in double quotes.`,
  };
};

const value: Explanation = ({ expects, found, atLineEnd, word, wordOffset }) => {
  if (!expects('true')) return null;
  if (/[“”„‘’«»]/.test(found)) {
    return { message: 'Text needs straight quotes.', help: 'Use " or \' instead of typographic quotes.' };
  }
  if (word === '') {
    if (atLineEnd && expects(']')) return { message: 'The list is not closed.', help: 'Add the missing ].' };
    return { message: 'A value is missing here.', help: 'Text is written in quotes, a list in [ ], a table in { }.' };
  }
  return { offset: wordOffset, message: `\`${word}\` is not a value.`, help: helpFor(word) };
};

function helpFor(word: string): string {
  if (/^(true|yes|on)$/i.test(word)) return 'Write true, in lower case.';
  if (/^(false|no|off)$/i.test(word)) return 'Write false, in lower case.';
  return `Text needs quotes: "${word}"`;
}

const afterKey: Explanation = ({ expects, found, atLineEnd }) => {
  if (!expects('=')) return null;
  if (found === ':')
    return { message: 'A key and its value are separated by `=`, not by `:`.', help: 'Write key = value.' };
  if (atLineEnd || found === '}' || found === ',')
    return { message: 'The key has no value.', help: 'Write key = value.' };
  return {
    message: 'A key is followed by `=`.',
    help: 'Write key = value. A key with other characters than letters, digits, - and _ needs quotes.',
  };
};

const header: Explanation = ({ text, offset, expects, atLineEnd, found }) => {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (!/^\s*\[(\[[^\]]*\]?|[^\]]*)$/.test(line) || expects(',') || expects('true')) return null;
  if (atLineEnd)
    return { message: 'The brackets around the name of the table are not closed.', help: 'Add the missing ].' };
  if (found === ']') return { message: 'The name of the table is missing.', help: 'Write [name] or [group.name].' };
  return {
    message: `\`${found}\` cannot stand here in the name of a table.`,
    help: 'Write [name] or [group.name]. A name with other characters than letters, digits, - and _ needs quotes.',
  };
};

const listOrTable: Explanation = ({ expects, atLineEnd, found }) => {
  const closing = expects(']') ? ']' : expects('}') ? '}' : null;
  if (closing === null || !expects(',')) {
    return closing === '}' ? { message: `The table is not closed.`, help: 'Add the missing }.' } : null;
  }
  const what = closing === ']' ? 'list' : 'table';
  if (atLineEnd) return { message: `The ${what} is not closed.`, help: `Add the missing ${closing}.` };
  return { message: `A comma is missing before \`${found}\`.`, help: `Separate the entries of a ${what} by commas.` };
};

const afterValue: Explanation = ({ text, offset, expects, word, wordOffset, found }) => {
  if (/\.[ \t]*$/.test(text.slice(Math.max(0, offset - 20), offset)) && !expects('\n')) {
    return { message: 'A part of the key is missing after the dot.', help: 'Write key = value or group.key = value.' };
  }
  const continued = wordOffset < offset && (wordOffset + word.length > offset || !expects('\n'));
  if (continued && !expects('[')) {
    return { offset: wordOffset, message: `\`${word}\` is not a value.`, help: helpFor(word) };
  }
  if (!expects('\n') || expects('[')) return null;
  if (found === ',') return { message: 'A comma cannot stand here.', help: 'Each `key = value` ends with its line.' };
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (line.includes("'")) {
    return { message: 'The text has ended before this.', help: `Text with a ' in it goes into double quotes: "it's"` };
  }
  return { message: 'Nothing more can stand in this line.', help: 'Write one `key = value` per line.' };
};

const lineStart: Explanation = ({ found }) => {
  if (found === '=') return { message: 'The key before `=` is missing.', help: 'Write key = value.' };
  if (found === '') return null;
  return {
    message: `A key cannot begin with \`${found}\`.`,
    help: 'A key has letters, digits, - and _; with other characters it needs quotes.',
  };
};

/** What the parser understood and yet refuses, and what its compiler says about keys that come twice. */
export function explainRejection(message: string, offset: number): SyntaxProblem {
  const name = /'(?<name>.+)'/.exec(message)?.groups?.['name'] ?? '';
  if (message.startsWith('Cannot redefine')) {
    return { offset, message: `\`${name}\` is defined twice.`, help: 'Keep one of the two, or join them.' };
  }
  if (message.startsWith('Cannot')) {
    return {
      offset,
      message: `\`${name}\` is complete already and cannot be added to here.`,
      help: 'Write all of its keys in one place.',
    };
  }
  if (message.startsWith('Invalid escape')) {
    return {
      offset,
      message: 'This is not an escape that TOML knows.',
      help: "In double quotes a backslash is written twice; in single quotes ('…') it is an ordinary character.",
    };
  }
  if (message.startsWith('Integer')) {
    return { offset, message: 'This number is too large.', help: 'Write a smaller one.' };
  }
  return { offset, message, help: 'Correct it, or put quotes around it if it is text.' };
}
