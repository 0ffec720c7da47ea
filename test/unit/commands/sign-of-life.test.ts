import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SignOfLife } from '../../../src/commands/sign-of-life.ts';

const ERASE = '\r\x1b[2K';
const HOUR_MS = 3_600_000;

function open(isTTY: boolean): { life: SignOfLife; written: () => string } {
  const pieces: string[] = [];
  const stream = { isTTY, write: (text: string) => pieces.push(text) };
  return { life: new SignOfLife(stream as unknown as NodeJS.WriteStream), written: () => pieces.join('') };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubEnv('TERM', 'xterm');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('the line that says what takes a while', () => {
  it('comes after 300 ms, follows what is done, and is gone in the end', () => {
    const { life, written } = open(true);
    life.show('dry run 1 of 2');
    vi.advanceTimersByTime(299);
    expect(written()).toBe('');
    vi.advanceTimersByTime(1);
    expect(written()).toBe(`${ERASE}dry run 1 of 2 …`);
    life.show('dry run 2 of 2');
    expect(written()).toBe(`${ERASE}dry run 1 of 2 …${ERASE}dry run 2 of 2 …`);
    life.end();
    expect(written().endsWith(`2 of 2 …${ERASE}`)).toBe(true);
    vi.advanceTimersByTime(HOUR_MS);
    expect(written().endsWith(`2 of 2 …${ERASE}`)).toBe(true);
  });

  it('says the latest of what is done', () => {
    const { life, written } = open(true);
    life.show('one');
    life.show('other');
    vi.advanceTimersByTime(300);
    expect(written()).toBe(`${ERASE}other …`);
  });

  it('does not come for what is over soon', () => {
    const { life, written } = open(true);
    life.show('quick');
    vi.advanceTimersByTime(299);
    life.end();
    vi.advanceTimersByTime(HOUR_MS);
    expect(written()).toBe('');
  });

  it('never comes where no terminal is', () => {
    const { life, written } = open(false);
    life.show('long');
    vi.advanceTimersByTime(HOUR_MS);
    life.end();
    expect(written()).toBe('');
  });
});
