import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { diffMarkdown } from '../../src/reporters/markdown/diff.ts';
import { diffText } from '../../src/reporters/human/diff.ts';
import { createStyle } from '../../src/reporters/style.ts';
import { diffOf, factsFor } from '../support/diffing.ts';

/**
 * Each folder is a change of a spec from `a.toml` to `b.toml`, seen from `facts.json` if there is one, else from the specs
 * alone; `diff.txt` and `diff.md` are what a reviewer is shown. UPDATE_GOLDEN=1 writes these anew.
 */
const FOLDER = fileURLToPath(new URL('diffs', import.meta.url));
const NOW = '2026-03-16T12:00:00.000Z';

describe.each(readdirSync(FOLDER).sort())('the change %s', (name) => {
  const read = (file: string): string => readFileSync(join(FOLDER, name, file), 'utf8');
  const facts = existsSync(join(FOLDER, name, 'facts.json')) ? read('facts.json') : null;
  const diff = diffOf(read('a.toml'), read('b.toml'), factsFor(facts));

  it.each([
    ['diff.txt', () => diffText(diff, { commands: false, now: NOW }, createStyle({ colour: false, width: 100 }))],
    ['diff.md', () => diffMarkdown(diff, 65_536)],
  ])('reads as in %s', (file, text) => {
    const actual = text();
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(join(FOLDER, name, file), actual);
    expect(actual, `${name}/${file}; UPDATE_GOLDEN=1 writes it anew`).toBe(read(file));
  });
});
