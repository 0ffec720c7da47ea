import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exclusionsOf } from '../../src/planner/spec/filters/excludes.ts';
import { parseFilterRule } from '../../src/planner/spec/filters/rule.ts';

const DIRECTORIES = ['a/b/c', 'ab', 'b/a', 'foo/x/y/bar', 'foo/bar', '[x]', 'a*', 'a b', 'c/foo', 'd.d', 'x/.hid'];
const ATOMS = [
  'a',
  'b',
  'c',
  '/',
  '*',
  '**',
  '***',
  '?',
  '[ab]',
  '[!a]',
  '[z-a]',
  'foo',
  'bar',
  '\\*',
  '\\[x]',
  '.',
  'd',
];

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'nbkp-filters-'));
  mkdirSync(join(root, 'to'));
  for (const directory of DIRECTORIES) mkdirSync(join(root, 'from', directory), { recursive: true });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Directories that rsync would copy; null when it refuses a rule. */
function copied(rules: string[]): Set<string> | null {
  const filters = rules.map((rule) => `--filter=${rule}`);
  const argv = ['-rn', '--delete', '--delete-excluded', '--out-format=%n', ...filters, `${root}/from/`, `${root}/to/`];
  const { status, stdout } = spawnSync('rsync', argv, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  return status === 0 ? new Set(stdout.split('\n').map((line) => line.replace(/\/$/, ''))) : null;
}

describe('what the spec says about filters is what rsync does', () => {
  test('a directory is kept out by the same rules', () => {
    const pattern = fc
      .array(fc.constantFrom(...ATOMS), { minLength: 1, maxLength: 5 })
      .map((atoms) => atoms.join('').replace(/\/\/+/g, '/'))
      .filter((text) => text !== '/');
    const rule = fc.tuple(fc.constantFrom('- ', '+ ', 'H ', 'S ', '-s ', '-! ', '+! ', 'P ', '-r '), pattern);
    const rules = fc.array(
      rule.map(([kind, text]) => kind + text),
      { minLength: 1, maxLength: 3 },
    );
    const all = [...(copied([]) ?? [])].filter((path) => path !== '' && path !== '.');
    expect(all).toHaveLength(19);
    fc.assert(
      fc.property(rules, (written) => {
        const excluded = exclusionsOf(written.map((text) => ({ kind: 'rule', rule: text })));
        const seen = copied(written);
        expect(all.filter((path) => excluded(path) === null)).toEqual(all.filter((path) => seen?.has(path)));
      }),
      { numRuns: 150, examples: [[['- a/***/']]] },
    );
  });

  test('a rule with or without modifiers is a rule for both or for neither', () => {
    const names = [
      '-',
      '+',
      'H',
      'S',
      'P',
      'R',
      ':',
      '!',
      'exclude',
      'include',
      'dir-merge',
      'hide',
      'risk',
      'clear',
      'Q',
    ];
    const written = names.flatMap((name) =>
      ['', 's', '!', 'C', 'n', 'z', ',s'].map((modifier) => `${name}${modifier} x`),
    );
    for (const text of [...written, '-', '- ', ':', ':C', '-C', '-foo', '-_foo', '!', 'clear', '']) {
      // rsync takes an option without a rule for no rule at all.
      const accepted = text !== '' && copied([text]) !== null;
      expect([text, !('problem' in parseFilterRule(text))]).toEqual([text, accepted]);
    }
  });
});
