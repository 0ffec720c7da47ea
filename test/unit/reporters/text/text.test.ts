import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, joinAnd, listNames, plural } from '../../../../src/reporters/text/numbers.ts';
import { sanitise, sanitised } from '../../../../src/reporters/text/sanitise.ts';
import { shellCommand } from '../../../../src/reporters/text/shell.ts';
import { table } from '../../../../src/reporters/text/table.ts';
import { formatAge, formatAgo, formatDuration, formatInstant } from '../../../../src/reporters/text/time.ts';
import {
  dropColumns,
  padEnd,
  textWidth,
  truncate,
  truncateMiddle,
  wrap,
} from '../../../../src/reporters/text/width.ts';

const DAY = 86_400_000;
const NOW = '2026-03-06T14:30:00.000Z';
const before = (ms: number): string => new Date(Date.parse(NOW) - ms).toISOString();

describe('sanitise', () => {
  it('shows escape sequences, bells and line breaks instead of sending them', () => {
    expect(sanitise('a\u001b[2J\u0007\nb\tc\r')).toBe('a\\x1b[2J\\x07\\nb\\tc\\r');
  });

  it('shows C1 controls, which some terminals obey without an escape character', () => {
    expect(sanitise('\u009b1A\u0085\u007f')).toBe('\\x9b1A\\x85\\x7f');
  });

  it('shows what changes the direction of text or hides in it', () => {
    expect(sanitise('gpj\u202eexe\u200b\u2066\ufeff\u2028')).toBe('gpj\\u202eexe\\u200b\\u2066\\ufeff\\u2028');
    expect(sanitise('\u{e0041}')).toBe('\\u{e0041}');
  });

  it('shows a lone surrogate, which is no character', () => {
    expect(sanitise('a\ud800b')).toBe('a\\ud800b');
  });

  it('leaves letters of all languages, combining marks and joined emoji alone', () => {
    const fine = 'Café Cafe\u0301 写真 नमस्ते 👩\u200d👩\u200d👧 می\u200cخواهم';
    expect(sanitise(fine)).toBe(fine);
  });
});

describe('sanitised', () => {
  it('returns the very same document when nothing in it is unsafe', () => {
    const document = { name: 'a', list: ['b', { c: null, d: 1 }] };
    expect(sanitised(document)).toBe(document);
  });

  it('cleans every string at any depth and leaves the original as it is', () => {
    const document = { name: 'a\u001b', list: [{ deep: '\u0007' }] };
    expect(sanitised(document)).toEqual({ name: 'a\\x1b', list: [{ deep: '\\x07' }] });
    expect(document.name).toBe('a\u001b');
  });

  it('keeps argv exact, because they are quoted when they are shown', () => {
    expect(sanitised({ commands: [['rm', 'a\u001b']], name: '\u001b' }).commands).toEqual([['rm', 'a\u001b']]);
  });

  it('cleans a command that is a text, such as that of the holder of a lock', () => {
    expect(sanitised({ command: 'nbkp\u001b' }).command).toBe('nbkp\\x1b');
  });
});

describe('textWidth', () => {
  it('counts columns, not characters', () => {
    expect(textWidth('abc')).toBe(3);
    expect(textWidth('写真')).toBe(4);
    expect(textWidth('한글')).toBe(4);
    expect(textWidth('Cafe\u0301')).toBe(4);
    expect(textWidth('👩\u200d👩\u200d👧')).toBe(2);
    expect(textWidth('🇩🇪')).toBe(2);
    expect(textWidth('❤\ufe0f')).toBe(2);
    expect(textWidth('→ … ✓')).toBe(5);
  });

  it('counts nothing for colours', () => {
    expect(textWidth('\u001b[1mab\u001b[22m')).toBe(2);
  });
});

describe('truncate', () => {
  it('never makes a text wider than asked, nor splits a wide or combined character', () => {
    expect(truncate('写真写真', 4)).toBe('写…');
    expect(truncate('Cafe\u0301s', 4)).toBe('Caf…');
    expect(truncate('Cafe\u0301s', 5)).toBe('Cafe\u0301s');
    expect(truncate('abc', 0)).toBe('');
  });

  it('cuts out the middle where the end tells more', () => {
    expect(truncateMiddle('/home/sam/Documents/letter.txt', 15)).toBe('/home/s…ter.txt');
    expect(truncateMiddle('写真写真写真', 6)).toBe('写…真');
  });
});

it('pads by columns', () => {
  expect(padEnd('写', 4)).toBe('写  ');
  expect(dropColumns('写真', 2)).toBe('真');
});

describe('wrap', () => {
  it('breaks between words and begins further lines as asked', () => {
    expect(wrap('one two three four', 10, '- ', '  ')).toEqual(['- one two', '  three', '  four']);
  });

  it('does not break a word, so that a path can be copied', () => {
    expect(wrap('see /a/very/long/path now', 10)).toEqual(['see', '/a/very/long/path', 'now']);
  });

  it('keeps a number and its unit together', () => {
    expect(wrap('at most 25 % of it', 11)).toEqual(['at most', '25 % of it']);
    expect(wrap('copied 12 MiB in 3 min 12 s', 18)).toEqual(['copied 12 MiB in', '3 min 12 s']);
  });

  it('gives one line for no words', () => {
    expect(wrap('', 10, '  ')).toEqual(['']);
  });
});

describe('a table', () => {
  const rows = [
    ['a', '5', 'some words that are told here'],
    ['longer', '15', 'x'],
  ];

  it('aligns its cells and wraps only the last one', () => {
    expect(table(rows, { width: 34, indent: ' ', right: [1] })).toEqual([
      ' a        5  some words that are',
      '             told here',
      ' longer  15  x',
    ]);
  });

  it('has the last ones below the others where there is no room beside them', () => {
    expect(table(rows, { width: 28, indent: ' ', right: [1] })).toEqual([
      ' a        5',
      '     some words that are',
      '     told here',
      ' longer  15',
      '     x',
    ]);
  });
});

describe('numbers', () => {
  it('gives bytes IEC units and at most one decimal', () => {
    expect([0, 812, 1023, 1024, 1229, 1_288_490_188, 356_515_840].map(formatBytes)).toEqual([
      '0 B',
      '812 B',
      '1023 B',
      '1 KiB',
      '1.2 KiB',
      '1.2 GiB',
      '340 MiB',
    ]);
  });

  it('goes to the next unit rather than to show 1024 of one', () => {
    expect(formatBytes(1024 * 1024 - 1)).toBe('1 MiB');
  });

  it('separates thousands', () => {
    expect([0, 999, 1000, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
  });

  it('says one thing and two things', () => {
    expect([plural(1, 'sync'), plural(0, 'sync'), plural(2, 'entry', 'entries')]).toEqual([
      '1 sync',
      '0 syncs',
      '2 entries',
    ]);
  });

  it('never says "and 1 more" where the name would fit', () => {
    expect(listNames(['a', 'b', 'c'], 2)).toBe('a, b and c');
    expect(listNames(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
    expect(joinAnd(['a'])).toBe('a');
  });
});

describe('times', () => {
  it('tells a duration in its two largest units', () => {
    expect([0, 35, 420, 12_000, 192_000, 7_500_000, 273_600_000].map(formatDuration)).toEqual([
      '0 s',
      '35 ms',
      '0.4 s',
      '12 s',
      '3 min 12 s',
      '2 h 5 min',
      '3 d 4 h',
    ]);
  });

  it('never shows sixty of a unit', () => {
    expect([59_900, 3_599_900].map(formatDuration)).toEqual(['1 min', '1 h']);
  });

  it('tells an age from the time that it is given', () => {
    const ages = [30_000, 60_000, 47 * 3_600_000, 2 * DAY, 89 * DAY, 100 * DAY, 800 * DAY];
    expect(ages.map((ms) => formatAge(before(ms), NOW))).toEqual([
      'just now',
      '1 minute',
      '47 hours',
      '2 days',
      '89 days',
      '3 months',
      '2 years',
    ]);
  });

  it('says "ago" only for what is past', () => {
    expect(formatAgo(before(2 * DAY), NOW)).toBe('2 days ago');
    expect(formatAgo(before(0), NOW)).toBe('just now');
    expect(formatAgo(before(-DAY), NOW)).toBe('in the future');
    expect(formatAgo('nonsense', NOW)).toBe('of unknown age');
  });

  it('writes an instant in UTC and says so', () => {
    expect(formatInstant(NOW)).toBe('2026-03-06 14:30:00 UTC');
    expect(formatInstant('nonsense')).toBe('nonsense');
  });
});

describe('shellCommand', () => {
  const wild = [
    'a b',
    '',
    "it's",
    '$(reboot)',
    '`x`',
    '~',
    '*',
    "a\u001b[2J\n\u009b\u202e'\\",
    '{a,b}',
    '-n',
    '写真',
    'x=y',
  ];

  it('gives bash back exactly the words that it was made of', () => {
    const out = execFileSync('bash', ['-c', shellCommand(['printf', '%s\\0', ...wild])], { encoding: 'utf8' });
    expect(out.split('\0').slice(0, -1)).toEqual(wild);
  });

  it('holds nothing that a terminal would obey', () => {
    const shown = shellCommand(wild);
    expect(sanitise(shown)).toBe(shown);
  });

  it('quotes no plain word and no placeholder', () => {
    const argv = ['rsync', '-a', '--filter=H_.nbkp-', '/a/b.c/', '/d/.partial-{snapshot:photos}/'];
    expect(shellCommand(argv)).toBe(argv.join(' '));
  });

  it('does not let a program name become an assignment', () => {
    expect(shellCommand(['a=b', 'c=d'])).toBe("'a=b' c=d");
  });
});
