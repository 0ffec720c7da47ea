import { describe, expect, it } from 'vitest';
import { foldersAbove, pairsOf, parseContent, parseSame, sumOf } from '../../../../src/hosts/rsync/renames.ts';

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

describe('what has moved', () => {
  const fresh = states('new/x/y/file:f 12 t', 'new/x/y/link:L 3 t', 'there/file:f 5 t');

  it('is counted with the folders that it is in, and the empty ones', () => {
    const moved = new Map([
      ['new/x/y/file', 'old/x/y/file'],
      ['new/x/y/link', 'old/x/y/link'],
    ]);
    const goneFolders = new Set(['old', 'old/x', 'old/x/y', 'old/empty', 'old/other', 'elsewhere']);
    const newFolders = new Set(['new', 'new/x', 'new/x/y', 'new/empty']);
    expect(sumOf(moved, { fresh, goneFolders, newFolders })).toEqual({ entries: 2 + 4, files: 1, bytes: 12 });
  });

  it('is no folder where its files went somewhere that was there', () => {
    const moved = new Map([['there/file', 'old/file']]);
    const sum = sumOf(moved, { fresh, goneFolders: new Set(['old']), newFolders: new Set() });
    expect(sum).toEqual({ entries: 1, files: 1, bytes: 5 });
  });

  it('has folders above it', () => {
    expect([...foldersAbove(['a/b/c', 'a/d', 'e'])].sort()).toEqual(['a', 'a/b']);
  });
});

describe('what an entry holds', () => {
  const SUM = 'f4d0497cf9394caab34d1a3ab2bece70';
  const NONE = ' '.repeat(32);

  it('is its checksum, or where it leads', () => {
    expect(parseContent(String.raw`>f+++++++++@${SUM} 3 2026/11/30-00:09:19 e/a\#012b//`)).toMatchObject({
      name: 'e/a\nb',
      content: `f ${SUM}`,
      file: { size: 3, checksum: SUM },
    });
    const links = ['a//b', 'a'].map((to) => parseContent(`cL+++++++++@${NONE} 4 2026/11/30-00:09:19 ln// -> ${to}`));
    expect(links).toEqual([
      { name: 'ln', content: 'L  -> a//b', file: null },
      { name: 'ln', content: 'L  -> a', file: null },
    ]);
  });

  it.each([
    `>f+++++++++@${'0'.repeat(32)} 3 2026/11/30-00:09:19 unreadable//`,
    `>f+++++++++@${NONE} 3 2026/11/30-00:09:19 a//`,
    `cd+++++++++@${NONE} 4096 2026/11/30-00:09:19 e///`,
    'created directory /.nbkp-nowhere',
  ])('is not told by %j', (line) => {
    expect(parseContent(line)).toBeNull();
  });
});
