import { describe, expect, it } from 'vitest';
import { readPointer } from '../../../../src/planner/model/pointer.ts';

describe('readPointer', () => {
  // The document and the pointers of RFC 6901, section 5.
  const document = {
    foo: ['bar', 'baz'],
    '': 0,
    'a/b': 1,
    'c%d': 2,
    'e^f': 3,
    'g|h': 4,
    'i\\j': 5,
    'k"l': 6,
    ' ': 7,
    'm~n': 8,
  };

  it.each([
    ['', document],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
  ])('finds %j of RFC 6901', (pointer, value) => {
    expect(readPointer(document, pointer)).toEqual(value);
  });

  it('reads ~01 as ~1, not as a slash', () => {
    expect(readPointer({ '~1': 'tilde', '/': 'slash' }, '/~01')).toBe('tilde');
  });

  it.each(['/nowhere', '/foo/2', '/foo/01', '/foo/-', '/foo/length', '/foo/0/1', 'foo', '/constructor', '/__proto__'])(
    'finds nothing at %s',
    (pointer) => {
      expect(readPointer(document, pointer)).toBeUndefined();
    },
  );

  it('finds nothing in nothing', () => {
    expect(readPointer(null, '/a')).toBeUndefined();
  });
});
