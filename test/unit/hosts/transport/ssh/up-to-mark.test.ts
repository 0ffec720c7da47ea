import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UpToMark } from '../../../../../src/hosts/transport/ssh/up-to-mark.ts';

const MARK = Buffer.from('\0nbkp\0');
/** Bytes of which the mark is made, so that much looks like its beginning. */
const bytes = fc.array(fc.constantFrom(...MARK, 0x0a), { maxLength: 40 }).map((each) => Buffer.from(each));

test('hands on all that comes before the mark, in whatever pieces it comes', () => {
  const property = fc.property(bytes, bytes, fc.integer({ min: 1, max: 7 }), (before, after, size) => {
    const all = Buffer.concat([before, MARK, after]);
    const at = all.indexOf(MARK);
    const got: Buffer[] = [];
    const upTo = new UpToMark(MARK, (piece) => got.push(piece));
    let rest: Buffer[] | null = null;
    for (let from = 0; from < all.length; from += size) {
      const piece = all.subarray(from, from + size);
      if (rest !== null) rest.push(piece);
      else {
        const found = upTo.write(piece);
        if (found !== null) rest = [found];
      }
    }
    expect(Buffer.concat(got)).toEqual(all.subarray(0, at));
    expect(Buffer.concat(rest ?? [])).toEqual(all.subarray(at + MARK.length));
  });
  fc.assert(property);
});

test('keeps nothing back at the end, and before it only what the mark may begin with', () => {
  const got: string[] = [];
  const upTo = new UpToMark(MARK, (piece) => got.push(piece.toString()));
  upTo.write(Buffer.from('one\0two\0nb'));
  expect(got.join('')).toBe('one\0two');
  upTo.end();
  expect(got.join('')).toBe('one\0two\0nb');
});
