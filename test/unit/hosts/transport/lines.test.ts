import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../../../src/hosts/transport/lines.ts';

function split(...chunks: (string | Buffer)[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks) splitter.write(Buffer.from(chunk));
  splitter.end();
  return lines;
}

describe('LineSplitter', () => {
  it('joins a line that comes in pieces', () => {
    expect(split('on', 'e\ntw', 'o\n')).toEqual(['one', 'two']);
  });

  it('hands over a last line without an end, and nothing when there is none', () => {
    expect(split('one\ntwo')).toEqual(['one', 'two']);
    expect(split('one\n')).toEqual(['one']);
    expect(split('')).toEqual([]);
  });

  it('keeps empty lines', () => {
    expect(split('\n\none\n')).toEqual(['', '', 'one']);
  });

  it('joins a character whose bytes come in two chunks', () => {
    const bytes = Buffer.from('é\n');
    expect(split(bytes.subarray(0, 1), bytes.subarray(1))).toEqual(['é']);
  });

  it('cuts a long line and keeps the next one whole', () => {
    const [long, next] = split('x'.repeat(3000), 'y'.repeat(3000), 'z'.repeat(3000), '\nnext\n');
    expect(long).toBe('x'.repeat(3000) + 'y'.repeat(1096));
    expect(next).toBe('next');
  });
});
