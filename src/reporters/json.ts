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
    yield `${before}\n  ${textOf(key, '')}: `;
    if (Array.isArray(value) && value.length > 0) yield* items(value);
    else yield textOf(value, '  ');
    before = ',';
  }
  yield before === '{' ? '{}\n' : '\n}\n';
}

function* items(list: readonly unknown[]): Generator<string> {
  let before = '[';
  for (const item of list) {
    yield `${before}\n    ${textOf(item ?? null, '    ')}`;
    before = ',';
  }
  yield '\n  ]';
}

/** Line breaks within a text are escaped, so that each one that is there begins a line to indent. */
function textOf(value: unknown, indentation: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${indentation}`).replace(UNSAFE, escape);
}

function escape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
