import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const TEST = join(import.meta.dirname, '..');
const FILES = readdirSync(TEST, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
const KINDS = readFileSync(join(TEST, '../docs/testing.md'), 'utf8').split('## Kinds of faults')[1] ?? '';

/** The names in the second column of the tables, without laws of the kit, which are no files. */
const named = KINDS.split('\n').flatMap((line) => {
  const [, , tests = ''] = line.startsWith('| ') ? line.split('|') : [];
  return [...tests.replace(/law `[^`]*`( of `[^`]*`)?/g, '').matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []);
});

describe('the tables of kinds of faults', () => {
  it('name tests that are there', () => {
    expect(named.length).toBeGreaterThan(60);
    const missing = named.filter(
      (name) => !FILES.some((file) => `/${file}`.endsWith(`/${name}.test.ts`) || file.includes(`${name}/`)),
    );
    expect(missing).toEqual([]);
  });
});
