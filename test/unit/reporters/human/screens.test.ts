import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { screensText } from '../../../../src/reporters/samples/screens.ts';
import { createStyle } from '../../../../src/reporters/style.ts';

const GOLDEN = join(import.meta.dirname, '../../../golden/reporters/screens');
const REPORTERS = join(import.meta.dirname, '../../../../src/reporters/human');
const SCREENS = readFileSync(join(REPORTERS, '../samples/screens.ts'), 'utf8');

/** Parts of screens, what a screen ends with, and files that are printed as they are. */
const NO_SCREENS = [
  'authorize',
  'demo',
  'drives',
  'exit-sentence',
  'imported',
  'keep',
  'outcomes',
  'stored',
  'symbols',
  'validity',
];

describe('nbkp demo --screens', () => {
  it.each([
    [80, false],
    [120, false],
    [80, true],
  ])('looks as in its golden file at %i columns, colours %s', async (width, colour) => {
    const file = join(GOLDEN, `screens-${colour ? 'colour' : width}.txt`);
    await expect(screensText(createStyle({ colour, width }))).toMatchFileSnapshot(file);
  });

  it.each([80, 120])('has signs of ASCII only at %i columns where the locale has no others', async (width) => {
    const text = screensText(createStyle({ colour: false, width, ascii: true }));
    await expect(createStyle({ colour: false, width, ascii: true }).shown(text)).toMatchFileSnapshot(
      join(GOLDEN, `screens-${width}-ascii.txt`),
    );
  });

  it('has a screen of each reporter for people', () => {
    const files = readdirSync(REPORTERS).flatMap((file) => (file.endsWith('.ts') ? [file.replace('.ts', '')] : []));
    const shown = files.filter((file) => SCREENS.includes(`'../human/${file}.ts'`));
    expect([...shown, ...NO_SCREENS].sort()).toEqual(files.sort());
  });
});
