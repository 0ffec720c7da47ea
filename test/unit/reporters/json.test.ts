import { expect, it } from 'vitest';
import { formatJson } from '../../../src/reporters/json.ts';
import { sanitise } from '../../../src/reporters/text/sanitise.ts';

const text = (document: object): string => [...formatJson(document)].join('');

it('prints two spaces, the given order and a newline', () => {
  expect(text({ b: 1, a: [true] })).toBe('{\n  "b": 1,\n  "a": [\n    true\n  ]\n}\n');
});

it('gives every parser the same value back, whatever characters are in it', () => {
  const document = { '\u009bkey': 'a\u001b\u009b\u202e\u2028\u{e0041}\ud800 写真 👩\u200d👧' };
  expect(JSON.parse(text(document))).toEqual(document);
});

it('holds no character that a terminal would obey', () => {
  const shown = text({ a: '\u001b[2J\u009b1A\u202e\u007f\u{e0041}' }).replaceAll('\n', '');
  expect(sanitise(shown)).toBe(shown);
});

it.each([
  {},
  { a: [], b: {}, c: null, d: undefined },
  { list: [{ a: [1, [2, { b: 'x\ny' }]], c: {} }, [], 'z', undefined], table: { d: [{ e: 1 }] } },
  { first: undefined, 'a "key"\n': [[1], [2]] },
])('looks as JSON.stringify prints it: %j', (document) => {
  expect(text(document)).toBe(`${JSON.stringify(document, null, 2)}\n`);
});
