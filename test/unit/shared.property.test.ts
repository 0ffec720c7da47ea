import { relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapedByRsync, escapedWhole, escapeName, unescaped, unescapeName } from '../../src/hosts/rsync/names.ts';
import { cutAt } from '../../src/hosts/transport/lines.ts';
import { belowHome, isBelow, isWithin } from '../../src/planner/model/paths.ts';
import { partsOf, pointer, readPointer } from '../../src/planner/model/pointer.ts';

/** Few letters, so that paths are often in each other and nearly so. */
const path = fc.array(fc.constantFrom('a', 'ab', 'a b', '.a'), { maxLength: 4 }).map((parts) => `/${parts.join('/')}`);

describe('paths', () => {
  it('are within a folder when the way from there to them does not begin with ..', () => {
    const check = (one: string, folder: string): void => {
      const way = relative(folder, one);
      expect(isWithin(one, folder)).toBe(!way.split('/').includes('..'));
      expect(isBelow(one, folder)).toBe(way !== '' && !way.split('/').includes('..'));
    };
    fc.assert(fc.property(path, path, check));
  });

  it('are so whether or not the folder is written with a slash at its end', () => {
    const check = (one: string, folder: string) => isBelow(one, folder) === isBelow(one, `${folder}/`);
    fc.assert(
      fc.property(
        path,
        path.filter((folder) => folder !== '/'),
        check,
      ),
    );
  });

  it('are in the home of whoever reads them where they begin with ~ and nothing else', () => {
    fc.assert(fc.property(path, (one) => belowHome(`~${one}`) === one.slice(1) && belowHome(one) === null));
    expect(['~', '~a', 'a/~', ''].map(belowHome)).toEqual(['', null, null, null]);
  });
});

describe('JSON pointers', () => {
  const parts = fc.array(fc.stringMatching(/^[~/01a]*$/), { maxLength: 4 });

  it('have the parts that they were made of, whatever these are', () => {
    fc.assert(
      fc.property(parts, (keys) => {
        expect(partsOf(pointer(...keys))).toEqual(keys);
      }),
    );
  });

  it('name what is there', () => {
    const nested = (keys: string[]) => keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), 'found');
    fc.assert(fc.property(parts, (keys) => readPointer(nested(keys), pointer(...keys)) === 'found'));
  });
});

/** Names as bytes, one character for each: with what looks like an escape, and half of a UTF-8 character. */
const name = fc
  .array(fc.oneof(fc.constantFrom('\\', '#', '\\#012', '0', '\n', '\t', '\x7f', 'ä', '\xc3'), fc.string()))
  .map((pieces) => Buffer.from(pieces.join('')).subarray(0, 60).toString('latin1'));

describe('names', () => {
  it('are found again by what was shown of them', () => {
    fc.assert(
      fc.property(name, (bytes) => {
        expect(unescapeName(escapeName(bytes))).toBe(bytes);
      }),
    );
    fc.assert(
      fc.property(name, (bytes) => {
        expect(unescaped(escapedByRsync(bytes))).toBe(bytes);
      }),
    );
  });

  it('are ASCII in one line as rsync escapes them, and escaped whole once', () => {
    const check = (bytes: string): void => {
      const shown = escapedByRsync(bytes);
      expect(shown).toMatch(/^[\x20-\x7e]*$/);
      expect(escapedWhole(shown)).toBe(shown);
    };
    fc.assert(fc.property(name, check));
  });
});

describe('records', () => {
  it.each(['\n', '\0', '//\n'])('that end with %j are the same in whatever pieces they come', (end) => {
    const word = fc.stringMatching(/^[a/]{0,3}$/).filter((text) => !`${text}${end}`.slice(0, -1).includes(end));
    const cuts = fc.array(fc.nat(40), { maxLength: 6 });
    const check = (words: string[], rest: string, places: number[]): void => {
      const text = words.map((each) => each + end).join('') + rest;
      const expected = text.split(end).slice(0, -1);
      const seen: string[] = [];
      const cut = cutAt(end, (record) => seen.push(record));
      const at = [0, ...places.toSorted((a, b) => a - b), text.length];
      at.slice(1).forEach((to, index) => cut(text.slice(at[index], to)));
      expect(seen).toEqual(expected);
    };
    fc.assert(fc.property(fc.array(word, { maxLength: 5 }), word, cuts, check));
  });
});
