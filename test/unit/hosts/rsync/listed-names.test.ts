import { describe, expect, it } from 'vitest';
import {
  clearList,
  fillList,
  leadersAreKnown,
  LinkedTree,
  ListedNames,
  treeWork,
} from '../../../../src/hosts/rsync/listed-names.ts';

function listed(...lines: string[]): ListedNames {
  const names = new ListedNames();
  for (const line of lines) names.read(dated(line));
  return names;
}

/** With a time after the size. */
function dated(line: string): string {
  return line.replace(/^(?<before>.{11} \d+ )/, '$<before>2026/11/30-00:09:19 ');
}

const NOTHING = new Set<string>();

describe('what differs from the last snapshot', () => {
  it('is what is new, what differs in anything and is no folder, and what is gone', () => {
    const names = listed(
      '.d..t...... 4096 .///',
      '*deleting   0 old/file//',
      '*deleting   4096 old///',
      '>f+++++++++ 12 new//',
      'cd+++++++++ 4096 folder///',
      '.f...p..... 3 mode//',
      '.L..t...... 4 link// -> a// => b///',
      '.d...p..... 4096 kept///',
      String.raw`>f.st...... 1 a\#134#012b\#012c\#377//`,
      '',
      'Number of files: 12 (reg: 9, dir: 3)',
    );
    expect(names.unusable).toBe(false);
    expect([...names.gone]).toEqual(['old/file', 'old']);
    expect([...names.other]).toEqual(['new', 'folder', 'mode', 'link', 'a\\#012b\nc\xff']);
  });

  it('tells of which other name a name becomes one more', () => {
    const names = listed(
      'hf+++++++++ 2 new// => a/b',
      String.raw`hL          1 d/two// => \#012`,
      'hf.s....... 3 changed//',
      '.L..t...... 4 link// => no hard link',
    );
    expect(names.unusable).toBe(false);
    expect([...names.other]).toEqual(['new', 'd/two', 'changed', 'link']);
    expect([...names.leaders]).toEqual([
      ['new', 'a/b'],
      ['d/two', '\n'],
    ]);
  });

  it('hands on each line as it would be without its time and its end', () => {
    const lines = ['cd+++++++++ 4096 folder///', 'hf+++++++++ 2 new// => a/b', 'Number of files: 12'];
    expect(lines.map((line) => new ListedNames().read(dated(line)))).toEqual([
      'cd+++++++++ 4096 folder/',
      'hf+++++++++ 2 new',
      'Number of files: 12',
    ]);
  });

  it.each([
    '>f+++++++++ 3 name',
    '>f+++++++++ name//',
    'cL          1 name//',
    'cannot delete non-empty directory: a',
    '>f????????? name//',
  ])('is not known after the line %j', (line) => {
    expect(listed(line).unusable).toBe(true);
  });
});

describe('the time in a line', () => {
  it('is there for what is new, and a line without it is not understood', () => {
    const names = listed(
      '>f+++++++++ 12 new//',
      'cL+++++++++ 1 link// -> a',
      'hf+++++++++ 2 twin// => new',
      '>f.st...... 3 old//',
    );
    expect([...names.fresh]).toEqual([
      ['new', 'f 12 2026/11/30-00:09:19'],
      ['link', 'L 1 2026/11/30-00:09:19'],
      ['twin', 'f 2 2026/11/30-00:09:19'],
    ]);
    const without = new ListedNames();
    without.read('>f+++++++++ 12 new//');
    expect(without.unusable).toBe(true);
  });
});

describe('a tree of links', () => {
  it('is read whatever the pieces in which its names come', () => {
    const tree = new LinkedTree();
    for (const piece of ['a/\0a/b', '/\0fi', 'le\0', '/', '/\0/1', '2\0']) tree.read(Buffer.from(piece));
    expect(tree).toMatchObject({ folders: ['a', 'a/b'], left: ['file'], linked: 12, isClosed: true, entries: 14 });
  });

  it('whose folders have their attributes is filled with what differs, and the folders in which that changes something', () => {
    const tree = new LinkedTree();
    tree.read(Buffer.from('a/\0a/b/\0c/\0d/\0e/\0e/left\0gone/\0/7\0'));
    tree.foldersAreSet = true;
    const names = listed(
      '.d..t...... 4096 d///',
      '>f+++++++++ 1 a/b/new//',
      '*deleting   1 gone///',
      '.d..t...... 4096 .///',
    );
    expect([...treeWork(names, tree, NOTHING).fill]).toEqual(['a/b/new', 'd', 'a/b', 'a', 'e', 'e/left']);
    expect([...treeWork(listed(), new LinkedTree(), NOTHING).fill]).toEqual([]);
  });

  it('is filled with what differs, what could not be linked, and the attributes of its folders, unless they are gone', () => {
    const tree = new LinkedTree();
    tree.read(Buffer.from('a/\0gone/\0gone/left\0left\0'));
    const names = listed('>f+++++++++ 1 a/new//', '*deleting   1 gone/left//', '*deleting   1 gone///');
    const todo = treeWork(names, tree, NOTHING);
    expect([...todo.fill]).toEqual(['a/new', 'a', 'left']);
    expect(fillList(todo.fill).toString()).toBe('./a/new\0./a\0./left\0');
    expect(clearList(names, todo, NOTHING).toString()).toBe('-gone/left\0-gone\0-a/new\0+a/new\0+a\0+left\0');
  });

  it('gets more names of the files in it, unless those are brought anew', () => {
    const names = listed('hf+++++++++ 2 new// => kept', '>f.st...... 2 changed//', 'hf+++++++++ 2 other// => changed');
    const todo = treeWork(names, new LinkedTree(), NOTHING);
    expect([...todo.fill]).toEqual(['changed', 'other']);
    expect(clearList(names, todo, NOTHING).toString()).toBe('-new\0-changed\0-other\0+changed\0+other\0=kept\0>new\0');
  });

  it('keeps what is there under its new name already, in its folders', () => {
    const names = listed(
      'cd+++++++++ 4096 b///',
      '>f+++++++++ 1 b/new//',
      'hf+++++++++ 1 b/twin// => b/new',
      '>f+++++++++ 1 b/other//',
      '*deleting   0 a/old//',
      '*deleting   0 a///',
    );
    const moved = new Set(['b/new']);
    const todo = treeWork(names, new LinkedTree(), moved);
    expect([...todo.fill]).toEqual(['b', 'b/other']);
    expect(clearList(names, todo, moved).toString()).toBe(
      '-a/old\0-a\0-b/twin\0-b/other\0+b\0+b/other\0=b/new\0>b/twin\0',
    );
  });

  it('is not built on where what is one file could become two', () => {
    const whole = new LinkedTree();
    const partly = new LinkedTree();
    partly.read(Buffer.from('left\0'));
    const follows = listed('hf+++++++++ 2 new// => kept');
    expect(leadersAreKnown(follows, whole)).toBe(true);
    expect(leadersAreKnown(follows, partly)).toBe(false);
    expect(leadersAreKnown(listed('>f+++++++++ 2 new//'), partly)).toBe(true);
    const chained = listed('hf+++++++++ 2 new// => other', 'hf+++++++++ 2 other// => kept');
    expect(leadersAreKnown(chained, whole)).toBe(false);
  });

  it('has its uppermost folder filled even where there is nothing else', () => {
    expect(fillList(new Set()).toString()).toBe('./.nbkp-nothing\0');
  });
});
