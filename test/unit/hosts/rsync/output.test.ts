import { describe, expect, test } from 'vitest';
import { Complaints } from '../../../../src/hosts/rsync/complaints.ts';
import { parseItem } from '../../../../src/hosts/rsync/items.ts';
import { OutputLines } from '../../../../src/hosts/rsync/output-lines.ts';
import { parseProgress } from '../../../../src/hosts/rsync/progress.ts';
import { TotalsReader } from '../../../../src/hosts/rsync/totals.ts';

describe('rsync output', () => {
  const OUTPUT = '\r  1 0%\r  2 1%\nfirst line\n\r  3 2%\r  4 3%IO error\nlast line';

  test.each([1, 2, 3, 7, 1000])('is cut into lines without the progress before them (%i bytes at a time)', (size) => {
    const lines: string[] = [];
    const output = new OutputLines((line) => lines.push(line));
    for (let at = 0; at < OUTPUT.length; at += size) output.write(Buffer.from(OUTPUT.slice(at, at + size)));
    output.end();
    expect(lines).toEqual(['  2 1%', 'first line', '  4 3%IO error', 'last line']);
  });

  test('shows the newest state of the progress that is whole', () => {
    const states: string[] = [];
    const output = new OutputLines(
      () => undefined,
      (state) => states.push(state),
    );
    output.write(Buffer.from('\rone\rtwo\rthr'));
    output.write(Buffer.from('ee\rfour'));
    expect(states).toEqual(['two', 'thr', 'three', 'four']);
  });

  test('keeps bytes that are not ASCII apart, also when a chunk ends within one character', () => {
    const lines: string[] = [];
    const output = new OutputLines((line) => lines.push(line));
    const bytes = Buffer.from('ü\n');
    output.write(bytes.subarray(0, 1));
    output.write(bytes.subarray(1));
    expect(Buffer.from(lines[0] ?? '', 'latin1').toString()).toBe('ü');
  });
});

describe('progress', () => {
  test('in the middle of a file says what remains', () => {
    expect(parseProgress('     32,768'.replace(',', '') + '   5%   31.25MB/s    0:01:05  ', 7)).toEqual({
      ...{ bytes: 32_768, percent: 5, rate: 32_768_000, remainingMs: 65_000, files: 7, toCheck: null },
    });
  });

  test('at the end of a file says what has passed, from which the rest follows', () => {
    expect(parseProgress('     1000  25%  1.00kB/s    0:00:10 (xfr#3, to-chk=12/20)   ', 0)).toEqual({
      ...{ bytes: 1000, percent: 25, rate: 1024, remainingMs: 30_000, files: 3, toCheck: 12 },
    });
  });

  test('while rsync still lists the source leaves open how much there is', () => {
    expect(parseProgress('  1000  25%  1.00GB/s    0:00:10 (xfr#3, ir-chk=12/20)', 0)).toMatchObject({
      ...{ rate: 1024 ** 3, remainingMs: null, files: 3, toCheck: null },
    });
  });

  test('knows that rsync may not know the time', () => {
    expect(parseProgress('  10   0%  0.00kB/s  ??:??:??  ', 0)).toMatchObject({ remainingMs: null });
    expect(parseProgress('  0   0%  0.00kB/s  0:00:00 (xfr#0, to-chk=1/2)', 0)).toMatchObject({ remainingMs: null });
  });

  test.each(['', '  1000  25%  1.00kB/s', '  1000  25%  1.00kB/s    0:00:10 (xfr#3, to-chk=12/2', 'a file name'])(
    'is nothing else: %j',
    (text) => expect(parseProgress(text, 0)).toBeNull(),
  );
});

describe('totals', () => {
  const LINES = [
    'Number of files: 7 (reg: 5, dir: 2)',
    'Number of created files: 3 (reg: 3)',
    'Number of deleted files: 1 (reg: 1)',
    'Number of regular files transferred: 4',
    'Total file size: 10 bytes',
    'Total transferred file size: 8 bytes',
    'Literal data: 8 bytes',
    'Total bytes sent: 133',
  ];
  const totals = (lines: string[]) => {
    const reader = new TotalsReader();
    for (const line of lines) reader.read(line);
    return reader.totals();
  };

  test('are read from the end of the output, and the source itself is no entry', () => {
    expect(totals(LINES)).toEqual({
      ...{ entries: 6, created: 3, deleted: 1, files: 4, bytes: 8 },
      others: { files: 1, bytes: 2 },
    });
  });

  test('are not taken from a file with such a name that was listed before', () => {
    expect(totals(['Number of files: 99', 'Total transferred file size: 1 bytes', ...LINES])).toMatchObject({
      ...{ entries: 6, bytes: 8 },
    });
  });

  test('are missing when rsync had none, or not even the source', () => {
    expect(totals([])).toBeNull();
    expect(totals(['Number of files: 0'])).toBeNull();
  });
});

describe('complaints', () => {
  const sorted = (...lines: string[]): Complaints => {
    const complaints = new Complaints();
    for (const line of lines) complaints.add(line);
    return complaints;
  };

  test('are sorted by what they are about', () => {
    const complaints = sorted(
      'Deletions stopped due to --max-delete limit (1234 skipped)',
      'file has vanished: "/a"',
      'directory has vanished: "/b"',
      'could not make way for new regular file: f9',
      'could not make way for new symlink: f8',
      '',
      'rsync error: some files/attrs were not transferred (see previous errors) (code 23) at main.c(1394)',
      'rsync warning: some files vanished before they could be transferred (code 24) at main.c(1394)',
    );
    expect(complaints).toMatchObject({ skipped: 1234, vanished: 2, others: 0 });
    expect(complaints.noWay).toMatchObject({ count: 2, paths: ['f9', 'f8'] });
    expect(complaints.causes.size).toBe(0);
  });

  test('of another kind are counted, and the first few kept', () => {
    const complaints = sorted(...Array.from({ length: 9 }, (_, index) => `rsync: [sender] error ${index}`));
    expect(complaints.others).toBe(9);
    expect(complaints.firstOthers).toHaveLength(5);
  });

  test('inside a name are not mistaken for messages', () => {
    const name = 'rsync: open "Deletions stopped due to --max-delete limit (9 skipped)" failed: Permission denied (13)';
    expect(sorted(name)).toMatchObject({ skipped: 0, others: 0 });
  });
});

describe('an item of a dry run', () => {
  test.each([
    ['>f+++++++++ 12 a b', { change: 'create', path: 'a b', size: 12, code: '>f+++++++++' }],
    ['cd+++++++++ 4096 dir/', { change: 'create', path: 'dir/', size: 0, code: 'cd+++++++++' }],
    ['.f...pog... 5 x', { change: 'update', path: 'x', size: 5, code: '.f...pog...' }],
    ['hf+++++++++ 5  leading', { change: 'create', path: ' leading', size: 5, code: 'hf+++++++++' }],
    ['hf          5 same', { change: 'update', path: 'same', size: 5, code: 'hf         ' }],
    ['*deleting   0 gone/', { change: 'delete', path: 'gone/', size: 0, code: '*deleting' }],
  ])('%j', (line, item) => expect(parseItem(line)).toEqual(item));

  test.each(['', 'sending incremental file list', 'created directory /x', 'Number of files: 3', 'total size is 5'])(
    'is nothing else: %j',
    (line) => expect(parseItem(line)).toBeNull(),
  );
});
