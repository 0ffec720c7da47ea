import { describe, expect, test } from 'vitest';
import { editDistance, listed, nearest, nearestNames, knownNamesText } from '../../../../src/planner/model/suggest.ts';

describe('the nearest name', () => {
  test.each([
    ['filtres', 'filters'],
    ['fitlers', 'filters'],
    ['max_age', 'max-age'],
    ['Filters', 'filters'],
    ['dest', 'destination'],
    ['uuid', 'device-uuid'],
    ['xyz', null],
    ['f', null],
  ])('to %s is %s', (word, near) => {
    expect(nearest(word, ['max-age', 'filters', 'destination', 'device-uuid'])).toBe(near);
  });

  test('is the one with fewer mistakes', () => {
    expect(nearest('laptop2', ['laptop-3', 'laptop1', 'desktop'])).toBe('laptop1');
  });
});

test.each([
  ['Docs', ['Dogs', 'Documents']],
  ['grandmother', ['grandmother.txt', 'letter to grandmother']],
  ['taxes-2052.csv', ['taxes-2025.csv', 'taxes-2026.csv']],
  ['nothing', []],
])('the nearest names to %s are %j', (word, names) => {
  const there = ['Dogs', 'grandmother.txt', 'letter to grandmother', 'taxes-2026.csv', 'taxes-2025.csv', 'Documents'];
  expect(nearestNames(word, there, 2)).toEqual(names);
});

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', '', 3],
  ['abcd', 'abd', 1],
  ['abcd', 'acbd', 1],
  ['kitten', 'sitting', 3],
])('from "%s" to "%s" it takes %d mistakes', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
  expect(editDistance(a, b, 2)).toBe(Math.min(distance, 2));
});

test('a list ends with "or", and with dots when it is long', () => {
  expect(listed(['a'])).toBe('`a`');
  expect(listed(['a', 'b', 'c'])).toBe('`a`, `b` or `c`');
  expect(listed(Array.from({ length: 12 }, (_, index) => String(index)))).toMatch(/`9`, …$/);
});

describe('knownNamesText', () => {
  test('names all where they are few', () => {
    expect(knownNamesText(['home', 'photos'], 'phots')).toBe('There are: home, photos');
  });

  test('names the nearest first where they are many', () => {
    const names = [...Array.from({ length: 200 }, (_, index) => `s${index}`), 'photos'];
    expect(knownNamesText(names, 'phots')).toBe('There are: photos, s0, s1, s2, s3, s4, s5, s6, s7, s8 and 191 more');
    expect(knownNamesText(names)).toBe('There are: s0, s1, s2, s3, s4, s5, s6, s7, s8, s9 and 191 more');
  });
});
