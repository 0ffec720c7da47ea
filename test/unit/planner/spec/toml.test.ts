import { describe, expect, test } from 'vitest';
import { positionAt } from '../../../../src/planner/spec/document.ts';
import { parseToml } from '../../../../src/planner/spec/toml.ts';
import { findingsOf } from './reading.ts';

describe('a mistake in the syntax is told in words, with its place', () => {
  test.each([
    ['a = ', '1:5', /A value is missing/, /in quotes/],
    ['a = [ , ]', '1:7', /A value is missing/, null],
    ['a == 1', '1:4', /A value is missing/, null],
    ['x = 1\na = "b', '2:7', /closing quote/, /the quote that it begins with/],
    ["a = 'b\nc = 1", '1:7', /closing quote/, null],
    ['a = """b', '1:9', /closing quote/, null],
    ['a = "x\u0007"', '1:7', /control character U\+0007/, null],
    ['a = "C:\\Users"', '1:8', /not an escape/, /single quotes/],
    ['a = 5GiB', '1:5', /`5GiB` is not a value/, /"5GiB"/],
    ['a = 7d', '1:5', /`7d`/, /"7d"/],
    ['a = ~/x', '1:5', /`~\/x`/, /"~\/x"/],
    ['a = 01', '1:5', /`01`/, null],
    ['a = 2020-1-1', '1:5', /`2020-1-1`/, null],
    ['a = [x]', '1:6', /`x`/, null],
    ['a = True', '1:5', /`True`/, /Write true/],
    ['a = no', '1:5', /`no`/, /Write false/],
    ['a = “x”', '1:5', /straight quotes/, null],
    ['a = [1, 2', '1:10', /list is not closed/, /\]/],
    ['a = [\n1,\n', '3:1', /list is not closed/, null],
    ['a = ["x" "y"]', '1:10', /comma is missing/, /list/],
    ['a = {x = 1 y = 2}', '1:12', /comma is missing/, /table/],
    ['a = {x = 1', '1:11', /table is not closed/, /\}/],
    ['a = {', '1:6', /table is not closed/, /\}/],
    ['a = {b}', '1:7', /no value/, null],
    ['a = 1 b = 2', '1:7', /Nothing more/, /one `key = value` per line/],
    ['a = 1,', '1:6', /comma cannot stand here/, null],
    ["a = 'it's'", '1:9', /ended before/, /double quotes/],
    ['a: 1', '1:2', /not by `:`/, null],
    ['a', '1:2', /no value/, null],
    ['a b = 1', '1:3', /followed by `=`/, /needs quotes/],
    ['a. = 1', '1:4', /part of the key is missing after the dot/, null],
    ['= 1', '1:1', /key before `=` is missing/, null],
    ['/x = 1', '1:1', /cannot begin with `\/`/, null],
    ['[a', '1:3', /not closed/, null],
    ['[a\nb = 1', '1:3', /not closed/, null],
    ['[[a]', '1:5', /not closed/, null],
    ['[]', '1:2', /name of the table is missing/, null],
    ['[a b]', '1:4', /`b` cannot stand here/, null],
    ['[a]x', '1:4', /Nothing more/, null],
    ['a = 1\na = 2', '2:1', /`a` is defined twice/, /one of the two/],
    ['[a]\n[b]\n[a]', '3:1', /`a` is defined twice/, null],
    ['a = {b = 1}\na.c = 2', '2:1', /complete already/, null],
    ['[a]\nb = [1]\n[[a.b]]', '3:1', /complete already/, null],
    ['a = 2020-13-01', '1:5', /month 13/, null],
    ['a = 9007199254740993', '1:5', /too large/, null],
    ['a = 99999999999999999999', '1:5', /too large/, null],
    ['a = "\\ud800"', '1:6', /d800/, null],
  ] as const)('%j', (text, place, message, help) => {
    const findings = findingsOf(text);
    expect(findings.map(({ code }) => code)).toEqual(['toml-syntax']);
    const [finding] = findings;
    expect(`${finding!.location!.line}:${finding!.location!.column}`).toBe(place);
    expect(finding!.message).toMatch(message);
    expect(finding!.help).toMatch(help ?? /./);
    expect(finding!.excerpt).toBe(text.split('\n')[finding!.location!.line - 1]);
  });

  test('without a word of the parser', () => {
    expect(findingsOf('a = [1 2]')[0]!.message).not.toMatch(/Expected|but/);
  });

  test('nesting without end is refused instead of overflowing the stack', () => {
    const finding = findingsOf(`a = ${'['.repeat(5000)}`)[0]!;
    expect(finding.code).toBe('toml-syntax');
    expect(finding.message).toMatch(/nesting/);
  });
});

/** Text at the place of each key and value, by pointer. */
function located(text: string): { keys: Record<string, string>; values: Record<string, string> } {
  const result = parseToml(text, 'f.toml');
  if (!result.ok) throw new Error(result.findings[0]?.message);
  const at = (offsets: ReadonlyMap<string, number>): Record<string, string> =>
    Object.fromEntries([...offsets].map(([pointer, offset]) => [pointer, text.slice(offset, offset + 4)]));
  return { keys: at(result.value.keys), values: at(result.value.values) };
}

describe('every key and value has a place', () => {
  test('in headers, with each part of a dotted name', () => {
    expect(located('[ one . "tw.o" ]\nx = 1\n').keys).toEqual({
      '/one': 'one ',
      '/one/tw.o': '"tw.',
      '/one/tw.o/x': 'x = ',
    });
  });

  test('in dotted keys, whatever the spaces and quotes', () => {
    const { keys, values } = located(`aa . 'b"b' . "c\\"c"  =  "val"`);
    expect(keys).toEqual({ '/aa': 'aa .', '/aa/b"b': `'b"b`, '/aa/b"b/c"c': '"c\\"' });
    expect(values).toEqual({ '/aa/b"b/c"c': '"val' });
  });

  test('in inline tables and lists, over several lines and comments', () => {
    const { keys, values } = located('k = [ # one\n  "a",\n  { z = [true], y.x = 2 }, # two\n]\n');
    expect(values).toMatchObject({
      '/k': '[ # ',
      '/k/0': '"a",',
      '/k/1': '{ z ',
      '/k/1/z/0': 'true',
      '/k/1/y/x': '2 },',
    });
    expect(keys).toMatchObject({ '/k/1/z': 'z = ', '/k/1/y': 'y.x ', '/k/1/y/x': 'x = ' });
  });

  test('in arrays of tables, by index', () => {
    const { keys, values } = located('[[list]]\nv = 1\n[[list]]\nv = 2\n[list.sub]\nw = 3\n');
    expect(values).toEqual({ '/list/0/v': '1\n[[', '/list/1/v': '2\n[l', '/list/1/sub/w': '3\n' });
    expect(keys).toMatchObject({ '/list/0': '[[li', '/list/1/sub': 'sub]' });
  });

  test('with keys that a JSON pointer has to escape', () => {
    expect(located('"a/b~c" = 1').values).toEqual({ '/a~1b~0c': '1' });
  });

  test('of a table, at its own header rather than at one of something inside', () => {
    const text = '[a.b]\nx = 1\n[a]\ny = 2\n';
    const result = parseToml(text, 'f.toml');
    expect(result.ok && positionAt(result.value, result.value.keys.get('/a')!)).toEqual({
      file: 'f.toml',
      line: 3,
      column: 2,
    });
  });

  test('counted in UTF-16 code units, with either line end', () => {
    const result = parseToml('a = 1\r\n"😀" = "x"\r\n', 'f.toml');
    expect(result.ok && positionAt(result.value, result.value.values.get('/😀')!)).toEqual({
      file: 'f.toml',
      line: 2,
      column: 8,
    });
    expect(result.ok && result.value.lines).toEqual(['a = 1', '"😀" = "x"', '']);
  });
});

describe('the data', () => {
  test('has numbers as numbers, and null for dates and times, which no key takes', () => {
    const result = parseToml('i = 3\nf = 1.5\nd = 1979-05-27\nl = [1979-05-27T07:32:00Z, 07:32:00]\n', 'f.toml');
    expect(result.ok && result.value.data).toEqual({ i: 3, f: 1.5, d: null, l: [null, null] });
  });

  test('reaches no prototype', () => {
    const result = parseToml('[__proto__]\npolluted = true\n', 'f.toml');
    expect(result.ok && Object.keys(result.value.data)).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
  });
});

describe('nesting', () => {
  const at = (text: string): string[] =>
    findingsOf(text).map(({ code, location, message }) => `${code} ${location?.line}:${location?.column} ${message}`);

  test.each([
    ['a dotted key', `${'a.'.repeat(120)}b = 1`, '1:199'],
    ['the header of a table', `x = 1\n[${'a.'.repeat(120)}b]\nc = 1`, '2:200'],
    ['tables in tables', `a = ${'{b.c.d = '.repeat(40)}1${'}'.repeat(40)}`, '1:298'],
  ])('deeper than 100 levels is refused at its place: %s', (_, text, place) => {
    expect(at(text)).toEqual([`toml-syntax ${place} This is nested deeper than 100 levels.`]);
  });
});
