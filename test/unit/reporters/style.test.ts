import { expect, it } from 'vitest';
import { createStyle } from '../../../src/reporters/style.ts';

it('colours nothing when colours are off', () => {
  expect(createStyle({ colour: false, width: 80 }).red('x')).toBe('x');
});

it('ends each colour where it began it', () => {
  expect(createStyle({ colour: true, width: 80 }).red('x')).toBe('\u001b[31mx\u001b[39m');
});

it('keeps texts readable on very narrow and very wide terminals', () => {
  expect(createStyle({ colour: false, width: 10 }).width).toBe(40);
  expect(createStyle({ colour: false, width: 400 }).width).toBe(160);
});
