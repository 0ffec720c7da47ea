/** Characters that may stand in JSON as they are, but that a terminal could act on or that hide what is there. */
const UNSAFE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A document as JSON: two spaces, a newline at the end, keys in the order that the document has them. Characters
 * that could harm a terminal are written as `\u…`, which means the same to every JSON parser.
 */
export function formatJson(document: unknown): string {
  const text = JSON.stringify(document, null, 2).replace(UNSAFE, escape);
  return `${text}\n`;
}

function escape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
