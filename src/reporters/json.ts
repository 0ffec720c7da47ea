/** Characters that may stand in JSON as they are, but that a terminal could act on or that hide what is there. */
const UNSAFE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A document as JSON: two spaces, a newline at the end, keys in the order that the document has them. Characters
 * that could harm a terminal are written as `\u…`, which means the same to every JSON parser.
 *
 * @returns the text in pieces, one for each entry of the document and of its lists: the whole of a large plan takes
 *   100 MB, and more than once as much until it is written
 */
export function* formatJson(document: object): Generator<string> {
  let before = '{';
  for (const [key, value] of Object.entries(document) as [string, unknown][]) {
    if (value === undefined) continue;
    yield `${before}\n  ${safe(JSON.stringify(key))}: `;
    if (Array.isArray(value) && value.length > 0) yield* items(value);
    else yield textOf([value], 1);
    before = ',';
  }
  yield before === '{' ? '{}\n' : '\n}\n';
}

function* items(list: readonly unknown[]): Generator<string> {
  let before = '[';
  for (const item of list) {
    yield `${before}\n    ${textOf([[item]], 2)}`;
    before = ',';
  }
  yield '\n  ]';
}

/**
 * What is in so many lists of one entry each, indented as it is there: to indent the lines of a large plan afterwards takes as long as
 * to write them.
 */
function textOf(wrapped: readonly unknown[], depth: 1 | 2): string {
  const [before, after] = depth === 1 ? ['[\n  ', '\n]'] : ['[\n  [\n    ', '\n  ]\n]'];
  return safe(JSON.stringify(wrapped, null, 2).slice(before.length, -after.length));
}

function safe(text: string): string {
  return text.replace(UNSAFE, escape);
}

function escape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
