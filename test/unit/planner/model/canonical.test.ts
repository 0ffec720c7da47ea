import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../../../src/planner/model/canonical.ts';

describe('canonical', () => {
  it('writes the example of RFC 8785, section 3.2.3', () => {
    const example = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"€$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    ) as unknown;
    expect(canonical(example)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by UTF-16 code units, as the RFC does in section 3.2.3', () => {
    const keys = ['€', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', 'ö'];
    const sorted = canonical(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(Object.keys(JSON.parse(sorted) as object).slice(1)).toEqual([
      '\r',
      '\u0080',
      'ö',
      '€',
      '\ud83d\ude00',
      '\ufb33',
    ]);
    expect(sorted.startsWith('{"\\r":0,"1":0,')).toBe(true);
  });

  it('writes minus zero as zero, leaves out what is undefined, and escapes lone surrogates', () => {
    expect(canonical({ b: -0, a: undefined, c: '\ud800' })).toBe(String.raw`{"b":0,"c":"\ud800"}`);
  });

  it.each([Number.NaN, Infinity, 1n, undefined, Symbol('s'), [undefined], { f: () => 1 }])('throws for %s', (value) => {
    expect(() => canonical(value)).toThrow(/not JSON/);
  });

  it('gives the same bytes whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonical(reversedKeys(value))).toBe(canonical(value));
      }),
    );
  });

  it('gives different bytes to different values, and the value back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversedKeys(inner)]),
  );
}
