import { expect, it } from 'vitest';
import { Output } from '../../../../src/hosts/transport/output.ts';

it('keeps the first 64 MiB of standard output and counts the rest', () => {
  const output = new Output({});
  const megabyte = Buffer.alloc(1024 * 1024, 'x');
  output.addStdout(Buffer.from('first'));
  for (let i = 0; i < 70; i++) output.addStdout(megabyte);
  const kept = output.end();
  expect([kept.length, kept.toString('latin1', 0, 6)]).toEqual([64 * 1024 * 1024, 'firstx']);
  expect(output.received).toBe(70 * 1024 * 1024 + 5);
});
