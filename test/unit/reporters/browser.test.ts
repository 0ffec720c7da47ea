import { describe, expect, it, test } from 'vitest';
import type { ListedEntry } from '../../../src/planner/model/browsing.ts';
import { browserLines } from '../../../src/reporters/browser/screen.ts';
import { browserAt, press, type Key, type Turn } from '../../../src/reporters/browser/state.ts';
import { createStyle } from '../../../src/reporters/style.ts';
import { LIST } from '../../../src/reporters/samples/browsing.ts';

const { entries } = LIST;
const plain = createStyle({ colour: false, width: 80 });
const begin = browserAt('Letters', entries, []);

/** What the last of some keys does. */
function pressed(...keys: (string | Key)[]): Turn {
  let browser = begin;
  for (const [index, key] of keys.entries()) {
    const turn = press(browser, typeof key === 'string' ? { name: key } : key, 2);
    if (index === keys.length - 1) return turn;
    if (turn.then !== 'stay') throw new Error(`${JSON.stringify(key)} does not stay`);
    browser = turn.browser;
  }
  throw new Error('no key was given');
}

test.each([
  [['down'], 1],
  [['up'], 0],
  [['end'], 3],
  [['end', 'down'], 3],
  [['end', 'home'], 0],
  [['pagedown'], 2],
  [['pagedown', 'pageup'], 0],
  [['down', 'x'], 1],
])('after %j the cursor is at %i', (keys, at) => {
  expect(pressed(...keys)).toMatchObject({ then: 'stay', browser: { at } });
});

describe('keys', () => {
  it('open a folder and go back to it, and no file', () => {
    expect(pressed('right')).toMatchObject({ then: 'open', folder: 'Letters/Drafts', from: null });
    expect(pressed('left')).toMatchObject({ then: 'open', folder: '', from: 'Letters' });
    expect(pressed('down', 'right')).toMatchObject({ then: 'stay' });
    expect(browserAt('Letters', entries, [], 'latest').at).toBe(2);
    expect(press(browserAt('', entries, []), { name: 'left' }, 2)).toMatchObject({ then: 'stay' });
  });

  it('choose what is restored, or else what is under the cursor', () => {
    expect(pressed('down', 'return')).toEqual({ then: 'restore', paths: ['Letters/a\\#012b'] });
    expect(pressed('space', 'space', 'return')).toEqual({
      then: 'restore',
      paths: ['Letters/Drafts', 'Letters/a\\#012b'],
    });
    expect(pressed('space', 'up', 'space', 'end', 'return')).toMatchObject({ paths: ['Letters/to  grandmother.odt'] });
  });

  it('leave', () => {
    for (const key of ['q', 'escape', { name: 'd', ctrl: true }]) expect(pressed(key)).toEqual({ then: 'leave' });
  });

  it('do nothing in an empty folder but leave it', () => {
    const empty = browserAt('empty', [], []);
    for (const name of ['return', 'space', 'right', 'down'])
      expect(press(empty, { name }, 2)).toMatchObject({ then: 'stay' });
    expect(press(empty, { name: 'left' }, 2)).toMatchObject({ then: 'open', folder: '' });
  });
});

describe('the screen', () => {
  it('shows where one is, what is chosen, and what is under the cursor', () => {
    const browser = { ...begin, at: 3, chosen: ['Letters/Drafts'] };
    expect(browserLines('documents@latest', browser, ['Dear\u001b grandmother,'], 24, plain)).toEqual([
      'documents@latest, Letters: 4 entries',
      '  *            Drafts/',
      '         12 B  a\\#012b',
      '               latest',
      '>     1.3 MiB  to  grandmother.odt',
      '',
      '  2026-03-04 14:30:00 UTC, mode 600, owner 0:0',
      '  Dear\\x1b grandmother,',
      '1 entry chosen.  ↑↓ move  → open  ← back  space choose  Enter restore  q leave',
    ]);
  });

  it('is never taller or wider than the terminal', () => {
    const many = Array.from({ length: 500 }, (_, index): ListedEntry => ({
      ...entries[1]!,
      name: `${'x'.repeat(99)}${index}`,
    }));
    for (const at of [0, 250, 499]) {
      const lines = browserLines('c', { ...browserAt('', many, []), at }, Array(50).fill('text'), 24, plain);
      expect(lines.length).toBeLessThanOrEqual(24);
      expect(lines.filter((line) => line.startsWith('>'))).toHaveLength(1);
      expect(lines.every((line) => line.length < 80)).toBe(true);
    }
  });
});
