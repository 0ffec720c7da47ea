import { describe, expect, it } from 'vitest';
import { findingsText } from '../../../src/reporters/findings.ts';
import { createStyle } from '../../../src/reporters/style.ts';
import { sanitise } from '../../../src/reporters/text/sanitise.ts';
import { textWidth } from '../../../src/reporters/text/width.ts';
import { finding } from '../../../src/reporters/samples/parts.ts';

const plain = createStyle({ colour: false, width: 80 });

/** The piece of the shown line that the caret is under. */
function marked(text: string): string {
  const lines = text.split('\n');
  const carets = lines.findIndex((line) => /\| *\^+$/.test(line));
  const under = lines[carets] ?? '';
  const start = under.indexOf('^');
  let column = 0;
  return Array.from(lines[carets - 1] ?? '')
    .filter((character) => {
      const at = column;
      column += textWidth(character);
      return at >= start && at < under.length;
    })
    .join('');
}

function at(excerpt: string, column: number): string {
  const location = { file: 'nbkp.toml', line: 12, column };
  return findingsText([finding({ severity: 'error', code: 'x', message: 'm', location, excerpt })], plain);
}

describe('findingsText', () => {
  it('shows place, line, caret and help as a compiler does', () => {
    const error = finding({
      severity: 'error',
      code: 'unknown-volume',
      message: 'There is no volume "ubs".',
      location: { file: 'nbkp.toml', line: 12, column: 15 },
      excerpt: 'destination = "ubs:documents"',
      help: 'Did you mean "usb"?',
    });
    expect(findingsText([error], plain)).toBe(`error[unknown-volume]: There is no volume "ubs".
   --> nbkp.toml:12:15
   |
12 | destination = "ubs:documents"
   |               ^^^^^^^^^^^^^^^
  = help: Did you mean "usb"?

1 error
`);
  });

  it('answers a person who has just said no in plain words, without a label and a count', () => {
    const said = ['not-confirmed', 'interrupted-at-question'].map((code) =>
      finding({ severity: 'info', code, message: `${code}.` }),
    );
    expect(findingsText(said, plain)).toBe('not-confirmed.\ninterrupted-at-question.\n');
  });

  it('lists errors before warnings and counts them', () => {
    const text = findingsText(
      [finding({ code: 'b', message: 'later' }), finding({ severity: 'error', code: 'a', message: 'first' })],
      plain,
    );
    expect(text).toBe('error[a]: first\n\nwarning[b]: later\n\n1 error, 1 warning\n');
  });

  it('says nothing about nothing', () => {
    expect(findingsText([], plain)).toBe('');
  });

  it('puts the caret under a key, a quoted text or a single character', () => {
    expect(marked(at('max-age = "7d"', 1))).toBe('max-age');
    expect(marked(at('max-age = "7 d" # x', 11))).toBe('"7 d"');
    expect(marked(at('a = [ }', 7))).toBe('}');
  });

  it('counts columns behind tabs, wide letters and emoji in UTF-16 units, as positions do', () => {
    const excerpt = '\t写真👍 = "x"';
    expect(marked(at(excerpt, excerpt.indexOf('"') + 1))).toBe('"x"');
  });

  it('marks the place after the end of a line', () => {
    const lines = at('a = ', 5).split('\n');
    expect(lines[4]).toBe('   |     ^');
  });

  it('shows the part around the caret of a line that is too long', () => {
    const excerpt = `filters = [${'"aaaaaaaa", '.repeat(30)}"oops"]`;
    const text = at(excerpt, excerpt.indexOf('"oops"') + 1);
    expect(marked(text)).toBe('"oops"');
    expect(Math.max(...text.split('\n').map(textWidth))).toBeLessThanOrEqual(80);
  });

  it('neutralises what the file holds', () => {
    const text = at('name = "\u001b[2J"', 8);
    expect(text).toContain('name = "\\x1b[2J"');
    expect(sanitise(text.replaceAll('\n', ''))).toBe(text.replaceAll('\n', ''));
  });

  it('wraps long messages and helps below themselves', () => {
    const text = findingsText([finding({ code: 'c', message: 'word '.repeat(30), help: 'do '.repeat(40) })], plain);
    expect(Math.max(...text.split('\n').map(textWidth))).toBeLessThanOrEqual(80);
    expect(text).toContain('\n          do do');
  });
});
