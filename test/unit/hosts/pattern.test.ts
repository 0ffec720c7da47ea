import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parsePattern } from '../../../src/hosts/browse/pattern.ts';
import { makeTempDir } from '../../support/tempdir.ts';

describe('a pattern', () => {
  test.each([
    ['letter', 'letter', true],
    ['letter', 'Documents/letter', true],
    ['letter', 'letter/page', false],
    ['letter', 'letters', false],
    ['*tax*', 'a/b/taxes-2025.csv', true],
    ['*.txt', 'a.txt.gz', false],
    ['a?c', 'abc', true],
    ['a?c', 'aüc', true],
    ['a?c', 'a\\#377c', true],
    ['a?c', 'ac', false],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[^a-c]x', 'dx', true],
    ['[]]x', ']x', true],
    ['[ä-ü]', 'ö', true],
    ['[', '[', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['a\\#012b', 'a\\#012b', true],
    ['a\\\\b', 'a\\b', true],
    ['Pictures/*.jpg', 'Pictures/a.jpg', true],
    ['Pictures/*.jpg', 'old/Pictures/a.jpg', false],
    ['Pictures/*.jpg', 'Pictures/2026/a.jpg', false],
    ['Pictures/**/*.jpg', 'Pictures/a.jpg', true],
    ['Pictures/**/*.jpg', 'Pictures/2026/03/a.jpg', true],
    ['**/03/**', 'Pictures/2026/03/a.jpg', true],
    ['/top', 'top', true],
    ['/top', 'a/top', false],
  ])('%s and %s: %s', (pattern, path, matches) => {
    expect(parsePattern(pattern, false).matches(path)).toBe(matches);
  });

  test.each([
    ['LETTER', 'letter', true],
    ['*Ü*', 'xüx', true],
    ['[A-C]x', 'bX', true],
  ])('%s and %s without case: %s', (pattern, path, matches) => {
    expect(parsePattern(pattern, false).matches(path)).toBe(false);
    expect(parsePattern(pattern, true).matches(path)).toBe(matches);
  });

  it('of many stars is soon done with a long name', () => {
    expect(parsePattern(`${'*a'.repeat(40)}b`, false).matches('a'.repeat(255))).toBe(false);
  });

  test.each([
    ['*tax*', '*tax*'],
    ['a?[bc]d', 'a?*?*d'],
    ['\\*x', '\\*x'],
    ['Pictures/**/*.jpg', '*.jpg'],
    ['Pictures/**', '*'],
    ['a\\#377b', 'a*b'],
    ['[', '\\['],
  ])('%s leaves to find what %s matches', (pattern, rough) => {
    expect(parsePattern(pattern, false).rough).toBe(rough);
  });
});

/** Each name that a pattern matches has to pass `find` before: the real one says so. */
it('is never narrower for find than it is', async () => {
  const dir = await makeTempDir();
  const names = ['letter', 'Ümlaut', 'aüc', 'a[b', 'a*b', 'a\\b', '-x', ' ', 'ß'];
  const patterns = [...names.map((name) => name.replace(/[*?[\\]/g, '\\$&')), '?mlaut', 'a?c', '[Ü]*', '*'];
  for (const name of names) writeFileSync(join(dir.path, name), '');
  for (const [ignoresCase, option] of [
    [false, '-name'],
    [true, '-iname'],
  ] as const) {
    for (const pattern of patterns) {
      const parsed = parsePattern(pattern, ignoresCase);
      const env = { ...process.env, LC_ALL: 'C' };
      const found = execFileSync('find', ['.', option, parsed.rough], { env, encoding: 'utf8', cwd: dir.path });
      const kept = found.split('\n').map((line) => line.slice(2));
      expect(names.filter((name) => parsed.matches(name) && !kept.includes(name))).toEqual([]);
    }
  }
  await dir.remove();
});
