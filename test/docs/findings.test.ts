import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Code } from '../../src/planner/model/finding.ts';

const CATALOGUE = 'planner/model/findings/';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes('generated'))
  .map((path) => ({ path, text: readFileSync(`src/${path}`, 'utf8') }));

describe('the type of codes', () => {
  it('has those of the catalogue and of packages, and none that is mistyped', () => {
    const known: Code[] = ['drive-absent', 'notify-failed'];
    // @ts-expect-error: it is drive-absent
    const mistyped: Code[] = ['drive-absnet'];
    expect([...known, ...mistyped]).toHaveLength(3);
  });
});

describe('the sources', () => {
  it('say no code but in the catalogue', () => {
    const literal = /\bcode: '[a-z]+(?:-[a-z0-9]+)+'/;
    // Samples are of runs that never were: nothing raises what they say.
    const raised = sources.filter(({ path }) => !path.startsWith(CATALOGUE) && !path.startsWith('reporters/samples/'));
    const outside = raised.filter(({ text }) => literal.test(text));
    expect(outside.map(({ path }) => path)).toEqual([]);
  });
});

/** Entries that only the tests in a virtual machine raise, or none yet: no other may join them. */
const UNTESTED = ['drive-closed', 'drive-left-open', 'drive-unknown', 'no-snapshots'];

describe('the catalogue of findings', () => {
  const entries = sources.flatMap(({ text }) =>
    [...text.matchAll(/^export const \w+ = (?:error|guard|warning|info)\(\s*'([a-z0-9-]+)'/gm)].map(
      ([, code]) => code ?? '',
    ),
  );

  it('has no code that no test names', () => {
    const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:test\.ts|txt|json)$/.test(path) && !path.startsWith('docs/'))
      .map((path) => readFileSync(`test/${path}`, 'utf8'))
      .join('\n');
    const named = new Set(tests.match(/[a-z0-9]+(?:-[a-z0-9]+)+|(?<=code: ')[a-z]+(?=')/g));
    expect(entries.length).toBeGreaterThan(80);
    expect([...new Set(entries)].filter((code) => !named.has(code)).sort()).toEqual(UNTESTED);
  });
});
