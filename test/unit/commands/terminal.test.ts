import { describe, expect, it } from 'vitest';
import { styleFor } from '../../../src/commands/terminal.ts';

const coloured = (stream: { isTTY?: boolean }, env: Record<string, string>) => styleFor(stream, env).bold('x') !== 'x';

describe('the style of a stream', () => {
  it.each([
    [{}, true],
    [{ NO_COLOR: '1' }, false],
    [{ NO_COLOR: '' }, true],
    [{ TERM: 'dumb' }, false],
    [{ FORCE_COLOR: '0' }, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true],
  ])('on a terminal with %j has colours: %j', (env, expected) => {
    expect(coloured({ isTTY: true }, env)).toBe(expected);
  });

  it('has no colours off a terminal unless they are forced', () => {
    expect(coloured({}, {})).toBe(false);
    expect(coloured({}, { FORCE_COLOR: '1' })).toBe(true);
  });

  it('is as wide as the terminal, else as COLUMNS says, else 80 columns', () => {
    expect(styleFor({ isTTY: true, columns: 100 }, { COLUMNS: '60' }).width).toBe(100);
    expect(styleFor({}, { COLUMNS: '60' }).width).toBe(60);
    expect(styleFor({}, { COLUMNS: 'wide' }).width).toBe(80);
    expect(styleFor({}, {}).width).toBe(80);
    expect(styleFor({ isTTY: true, columns: 0 }, {}).width).toBe(80);
    expect(styleFor({ isTTY: true, columns: 0 }, { COLUMNS: '60' }).width).toBe(60);
  });
});
