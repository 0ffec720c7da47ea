import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const TEST = join(import.meta.dirname, '..');
const FILES = readdirSync(TEST, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
const KINDS = readFileSync(join(TEST, '../docs/testing.md'), 'utf8').split('## Kinds of faults')[1] ?? '';

const column = (number: 1 | 2): string[] =>
  KINDS.split('\n').flatMap((line) => (line.startsWith('| ') ? [line.split('|')[number] ?? ''] : []));

const cells = column(2);

/** Files and folders of `src/`, by the end of their path: `rsync/{moves,renames}.ts`, `kinds/prune`. */
const places = column(1).flatMap((cell) =>
  [...cell.matchAll(/`([a-z/{},-]+(?:\.ts|\/[a-z-]+))`/g)].flatMap(([, name = '']) => {
    const [, before = '', names = name, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(name) ?? [];
    return names.split(',').map((each) => `${before}${each}${after}`);
  }),
);
const SOURCES = readdirSync(join(TEST, '../src'), { recursive: true, encoding: 'utf8' });

/** The names in it, without laws of the kit, which are no files. */
const named = cells.flatMap((tests) => {
  return [...tests.replace(/law `[^`]*`( of `[^`]*`)?/g, '').matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []);
});

/** What is said of a file is part of what its tests are called. */
const said = cells.flatMap((tests) =>
  tests.split(';').flatMap((part) => {
    const [, name, words] = /^\s*`([^`]+)`(?: \([^)]*\))?: (.+?)\s*$/.exec(part) ?? [];
    return name === undefined || words === undefined ? [] : [{ name, words: words.replaceAll('`', '') }];
  }),
);

function filesOf(name: string): string[] {
  return FILES.filter((file) => `/${file}`.endsWith(`/${name}.test.ts`) || file.includes(`${name}/`));
}

function textOf(name: string): string {
  const texts = filesOf(name).map((file) => readFileSync(join(TEST, file), 'utf8'));
  return texts.join('\n').replace(/\s+/g, ' ').replaceAll('`', '');
}

describe('the tables of kinds of faults', () => {
  it('name places that are there', () => {
    expect(places.length).toBeGreaterThan(80);
    expect(places.filter((name) => !SOURCES.some((file) => `/${file}`.endsWith(`/${name}`)))).toEqual([]);
  });

  it('name tests that are there', () => {
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((name) => filesOf(name).length === 0)).toEqual([]);
  });

  it('say what these tests are called', () => {
    expect(said.length).toBeGreaterThan(60);
    const missing = said.filter(({ name, words }) => {
      const text = textOf(name);
      const isThere = (part: string): boolean => text.includes(part) || part.startsWith('the same');
      return !isThere(words) && !words.split(', ').every(isThere);
    });
    expect(missing).toEqual([]);
  });
});
