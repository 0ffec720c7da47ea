import { describe, expect, it } from 'vitest';
import { foldersAbove, movedFolders, pairsOf, parseSame } from '../../../../src/hosts/rsync/renames.ts';

/** Names with the same size and time, but for those after a colon. */
function states(...names: string[]): Map<string, string> {
  return new Map(
    names.map((each) => each.split(':') as [string, string?]).map(([name, state = 'f 1 t']) => [name, state]),
  );
}

function pairs(fresh: string[], gone: string[]): Record<string, string> {
  return Object.fromEntries(pairsOf(states(...fresh), states(...gone)));
}

describe('a new name', () => {
  it('is that of what is gone where size and time are the same, and of no other', () => {
    expect(pairs(['b:f 1 t', 'c:f 2 t'], ['a:f 1 t', 'd:f 2 u'])).toEqual({ b: 'a' });
    expect(pairs(['b'], ['a:L 1 t'])).toEqual({});
  });

  it('is not guessed among several', () => {
    expect(pairs(['b'], ['a', 'c'])).toEqual({});
    expect(pairs(['b', 'd'], ['a'])).toEqual({});
  });

  it('is told by its last parts', () => {
    expect(pairs(['new/one', 'new/two'], ['old/two', 'old/one'])).toEqual({
      'new/one': 'old/one',
      'new/two': 'old/two',
    });
    const old = ['a/i', 'a/x/i', 'a/y/i'];
    expect(pairs(['b/i', 'b/x/i', 'b/y/i'], old)).toEqual({ 'b/i': 'a/i', 'b/x/i': 'a/x/i', 'b/y/i': 'a/y/i' });
    expect(pairs(['b/x/i', 'c/z/i'], old)).toEqual({ 'b/x/i': 'a/x/i' });
  });

  it('may hold any byte but one', () => {
    expect(pairs(['new\nline'], ['old\nline'])).toEqual({ 'new\nline': 'old\nline' });
  });
});

describe('what is the same at both ends', () => {
  const SUM = 'f4d0497cf9394caab34d1a3ab2bece70';

  it('is told by name, with its checksum', () => {
    expect(parseSame(String.raw`.f         @${SUM} 3 2026/11/30-00:09:19 e/a\#012b`)).toMatchObject({
      name: 'e/a\nb',
      file: { size: 3, checksum: SUM },
    });
    expect(parseSame('.L         @                                 1 2026/11/30-00:09:19 e/ln')).toEqual({
      name: 'e/ln',
      file: null,
    });
  });

  it.each([
    `>fc........@${SUM} 3 2026/11/30-00:09:19 a`,
    `.f...p.....@${SUM} 3 2026/11/30-00:09:19 a`,
    '.d         @                                 4096 2026/11/30-00:09:19 e/',
    `.f         @${'0'.repeat(32)} 3 2026/11/30-00:09:19 unreadable`,
    '.f         @                                 3 2026/11/30-00:09:19 a',
    'total size is 7  speedup is 0.03 (DRY RUN)',
  ])('is nothing in %j', (line) => {
    expect(parseSame(line)).toBeNull();
  });
});

describe('folders', () => {
  it('have moved with what is in them, the empty ones too', () => {
    const moved = new Map([['new/x/y/file', 'old/x/y/file']]);
    const gone = new Set(['old', 'old/x', 'old/x/y', 'old/empty', 'old/other', 'elsewhere']);
    const fresh = new Set(['new', 'new/x', 'new/x/y', 'new/empty']);
    expect([...movedFolders(moved, gone, fresh)].sort()).toEqual([
      ['old', 'new'],
      ['old/empty', 'new/empty'],
      ['old/x', 'new/x'],
      ['old/x/y', 'new/x/y'],
    ]);
  });

  it('have not where their files went somewhere that was there', () => {
    expect(movedFolders(new Map([['there/file', 'old/file']]), new Set(['old']), new Set()).size).toBe(0);
  });

  it('are above what is in them', () => {
    expect([...foldersAbove(['a/b/c', 'a/d', 'e'])].sort()).toEqual(['a', 'a/b']);
  });
});
