import { describe, expect, it } from 'vitest';
import { clearList, fillList, LinkedTree, ListedNames, toFill } from '../../../../src/hosts/rsync/listed-names.ts';

function listed(...lines: string[]): ListedNames {
  const names = new ListedNames();
  for (const line of lines) names.read(line);
  return names;
}

describe('what differs from the last snapshot', () => {
  it('is what is new, what differs in anything and is no folder, and what is gone', () => {
    const names = listed(
      '.d..t...... 4096 ./',
      '*deleting   0 old/file',
      '*deleting   4096 old/',
      '>f+++++++++ 12 new',
      'cd+++++++++ 4096 folder/',
      '.f...p..... 3 mode',
      '.L..t...... 4 link',
      '.d...p..... 4096 kept/',
      String.raw`>f.st...... 1 a\#134#012b\#012c\#377`,
      '',
      'Number of files: 12 (reg: 9, dir: 3)',
    );
    expect(names.unusable).toBe(false);
    expect([...names.gone]).toEqual(['old/file', 'old']);
    expect([...names.other]).toEqual(['new', 'folder', 'mode', 'link', 'a\\#012b\nc\xff']);
  });

  it.each(['>f+++++++++ name', 'cL          1 name', 'cannot delete non-empty directory: a', '>f????????? name'])(
    'is not known after the line %j',
    (line) => {
      expect(listed(line).unusable).toBe(true);
    },
  );
});

describe('a tree of links', () => {
  it('is read whatever the pieces in which its names come', () => {
    const tree = new LinkedTree();
    for (const piece of ['a/\0a/b', '/\0fi', 'le\0']) tree.read(Buffer.from(piece));
    expect(tree).toMatchObject({ folders: ['a', 'a/b'], left: ['file'] });
  });

  it('is filled with what differs, what could not be linked, and the attributes of its folders, unless they are gone', () => {
    const tree = new LinkedTree();
    tree.read(Buffer.from('a/\0gone/\0gone/left\0left\0'));
    const names = listed('>f+++++++++ 1 a/new', '*deleting   1 gone/left', '*deleting   1 gone/');
    const fill = toFill(names, tree);
    expect([...fill]).toEqual(['a/new', 'a', 'left']);
    expect(fillList(fill).toString()).toBe('./a/new\0./a\0./left\0');
    expect(clearList(names, fill).toString()).toBe('-gone/left\0-gone\0-a/new\0+a/new\0+a\0+left\0');
  });

  it('has its uppermost folder filled even where there is nothing else', () => {
    expect(fillList(new Set()).toString()).toBe('./.nbkp-nothing\0');
  });
});
