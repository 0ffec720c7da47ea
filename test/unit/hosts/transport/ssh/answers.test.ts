import { expect, it } from 'vitest';
import { Answers, type KeeperAnswer } from '../../../../../src/hosts/transport/ssh/answers.ts';

const TOKEN = 'nbkp-1';
const AROUND = `\0${TOKEN}\0`;
const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

function listening() {
  const heard: { first: string[]; answers: KeeperAnswer[]; tooLong: number } = { first: [], answers: [], tooLong: 0 };
  const answers = new Answers(TOKEN, {
    onFirst: (answer) => heard.first.push(answer.toString()),
    onAnswer: (answer) => heard.answers.push(answer),
    onTooLong: () => (heard.tooLong += 1),
  });
  return { heard, answers };
}

const LOCKS = ['7', 'held', '', '', '8', 'busy', '{"é"}', ''];
const WRITTEN = Buffer.from(`Welcome!\n${AROUND}the \0 answer${AROUND}\0\0${LOCKS.join('\0')}`);
const HEARD = {
  first: ['the \0 answer'],
  answers: [
    { id: 7, state: 'held', text: '' },
    { id: 8, state: 'busy', text: '{"é"}' },
  ],
  tooLong: 0,
};

it('reads the same however it comes in pieces', () => {
  for (let size = 1; size <= WRITTEN.length; size += 1) {
    const { heard, answers } = listening();
    for (let at = 0; at < WRITTEN.length; at += size) answers.write(WRITTEN.subarray(at, at + size));
    expect(heard).toEqual(HEARD);
  }
});

it.each([
  ['a greeting', ''],
  ['an answer', AROUND],
])('gives up %s that has no end, once, and reads no more', (_, before) => {
  const { heard, answers } = listening();
  answers.write(Buffer.from(before));
  for (let written = 0; written < 80; written += 1) answers.write(MEGABYTE);
  answers.write(Buffer.from(`${AROUND}${AROUND}`));
  expect(heard).toEqual({ first: [], answers: [], tooLong: 1 });
});

it('takes an answer of some megabytes, and then no endless word', () => {
  const { heard, answers } = listening();
  answers.write(Buffer.from(AROUND));
  for (let written = 0; written < 60; written += 1) answers.write(MEGABYTE);
  answers.write(Buffer.from(AROUND));
  expect(heard.first.map(({ length }) => length)).toEqual([60 * 1024 * 1024]);
  expect(heard.tooLong).toBe(0);
  answers.write(MEGABYTE);
  expect(heard.tooLong).toBe(1);
});
