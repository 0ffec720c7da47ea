import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Codes that are put together from parts. */
const COMPOSED = ['plan-other-machine', 'plan-other-user', 'plan-other-tool', 'plan-other-spec'];

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes('generated'))
  .map((path) => readFileSync(`src/${path}`, 'utf8'));

const documented = new Set(
  readFileSync('docs/findings.md', 'utf8')
    .split('\n')
    .map((line) => (line.startsWith('| `') ? line.split('|')[1] : /^### .*/.exec(line)?.[0]) ?? '')
    .flatMap((text) => [...text.matchAll(/`([a-z0-9-]+)`/g)].map(([, code]) => code ?? '')),
);

describe('docs/findings.md', () => {
  it('has a row for every code that is written in the source', () => {
    const codes = sources.flatMap((text) =>
      [...text.matchAll(/\bcode: '([a-z]+(?:-[a-z0-9]+)+)'/g)].map(([, code]) => code ?? ''),
    );
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !documented.has(code))).toEqual([]);
  });

  it('has no row for a code that the source does not know', () => {
    const all = sources.join('\n');
    const unknown = [...documented].filter((code) => !COMPOSED.includes(code) && !all.includes(`'${code}'`));
    expect(
      unknown.filter((code) => !['unknown-sync', 'unknown-volume', 'rsync-missing', 'flock-missing'].includes(code)),
    ).toEqual([]);
  });
});

/** Entries that only the tests in a virtual machine raise, or none yet: no other may join them. */
const UNTESTED = ['drive-closed', 'drive-left-open', 'drive-unknown', 'no-snapshots'];

describe('the catalogue of findings', () => {
  const entries = sources.flatMap((text) =>
    [...text.matchAll(/^export const \w+ = (?:error|guard|warning|info)\(\s*'([a-z0-9-]+)'/gm)].map(
      ([, code]) => code ?? '',
    ),
  );

  it('has no code that no test names', () => {
    const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:test\.ts|txt|json)$/.test(path) && !path.startsWith('docs/'))
      .map((path) => readFileSync(`test/${path}`, 'utf8'))
      .join('\n');
    const named = new Set(tests.match(/[a-z0-9]+(?:-[a-z0-9]+)+/g));
    expect(entries.length).toBeGreaterThan(80);
    expect([...new Set(entries)].filter((code) => !named.has(code)).sort()).toEqual(UNTESTED);
  });
});
