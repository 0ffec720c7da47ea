import { describe, expect, it } from 'vitest';
import { ChangedFiles } from '../../../../src/hosts/rsync/changed-files.ts';
import { parseItem } from '../../../../src/hosts/rsync/items.ts';

function seen(...lines: string[]): ChangedFiles {
  const changed = new ChangedFiles();
  for (const line of lines) changed.add(line, parseItem(line));
  return changed;
}

describe('a dry run', () => {
  it.each([
    ['another size', '>f.st...... 7 f', { contents: 1, times: 0 }],
    ['another checksum', '<fc.t...... 7 f', { contents: 1, times: 0 }],
    ['another time', '>f..t...... 7 f', { contents: 0, times: 1 }],
    ['another time that is not kept', '>f..T...... 7 f', { contents: 0, times: 0 }],
    ['another mode', '.f...p..... 7 f', { contents: 0, times: 0 }],
    ['a time that is set, over the same content', '.f..t...... 7 f', { contents: 0, times: 0 }],
    ['a new file', '>f+++++++++ 7 f', { contents: 0, times: 0 }],
    ['a link', 'cLc.t...... 2 l', { contents: 0, times: 0 }],
  ])('that tells of %s', async (_, line, counts) => {
    expect(await seen(line).change(50, null)).toEqual({ ...counts, files: 0 });
  });

  it('tells how many files there were', async () => {
    const changed = seen(
      '*deleting   0 folder/gone',
      '*deleting   0 folder/',
      'Number of files: 8 (reg: 6, dir: 1, link: 1)',
      'Number of created files: 3 (reg: 2, dir: 1)',
    );
    expect(await changed.change(50, null)).toMatchObject({ files: 5 });
    expect(await seen('Number of files: 1 (dir: 1)', 'Number of created files: 0').change(50, null)).toMatchObject({
      files: 0,
    });
  });
});

describe('files of the same size', () => {
  const many = Array.from({ length: 30 }, (_, index) => `>f..t...... 7 a/b[${index}`);

  it('are read, and shown by rules for just their names', async () => {
    let rules = '';
    const change = await seen(...many).change(50, (shown, onLine) => {
      rules = shown.toString('latin1');
      for (const line of ['>fc.t...... 7 a/b[0', '.f..t...... 7 a/b[1', '.d..t...... 9 a/']) onLine(line);
      return Promise.resolve();
    });
    expect(change).toEqual({ contents: 0, times: 30, files: 0, read: { files: 2, same: 1 } });
    expect(rules).toMatch(/^S \/a\/\nS \/a\/b\\\[0\n/);
    expect(rules).toMatch(/\nH \*\n$/);
  });

  it('are not read where they are within the limit', async () => {
    const read = (): Promise<void> => Promise.reject(new Error('read'));
    expect(await seen(...many.slice(0, 19)).change(50, read)).toMatchObject({ times: 19 });
  });
});
