import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '../../docs/decisions');
const NAMES = readdirSync(FOLDER).filter((name) => name !== 'README.md');
const HEAD = /^# [^\n]+\n\n(\d{4}-\d\d-\d\d) · (?:proposed|accepted|superseded by (\d{4}))\n\n/;

function read(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

describe('a decision record', () => {
  it('has a number of its own, and none is left out', () => {
    expect(NAMES.filter((name) => !/^\d{4}-[a-z0-9.-]+\.md$/.test(name))).toEqual([]);
    const numbers = NAMES.map((name) => Number(name.slice(0, 4))).sort((one, other) => one - other);
    expect(numbers).toEqual(NAMES.map((_, index) => index + 1));
  });

  it.each(NAMES)('says when it was taken, whether it stands, what it is and what was rejected: %s', (name) => {
    const text = read(name);
    const [, day = '', successor] = HEAD.exec(text) ?? [];
    expect(new Date(day).toISOString().slice(0, 10)).toBe(day);
    expect(text).toMatch(/^\*\*Decision\.\*\* /m);
    expect(text).toMatch(/^\*\*Rejected\.\*\* /m);
    if (successor !== undefined) expect(NAMES.some((other) => other.startsWith(`${successor}-`))).toBe(true);
  });
});
