import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Turns } from '../../../src/api/verify-turns.ts';
import { FilesToVerify } from '../../../src/hosts/compare/files-to-verify.ts';
import { valueOf } from '../../support/library.ts';

// The clock is a fake, since how many files come next depends on it, and the host, which says that it has two processors.
const NAMES = Array.from({ length: 40_000 }, (_, index) => `f${index}`);
let turns: Turns;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const stdout = Buffer.from(`2\0${NAMES.map((name) => `./${name}\0`).join('')}`);
  const transport = {
    run: () => Promise.resolve({ code: 0, signal: null, stdout, stderr: [], error: null, timedOut: false }),
  };
  const { signal } = new AbortController();
  turns = new Turns(new FilesToVerify({ transport, path: '/copy' }, { step: 1, first: 1 }, 0, signal));
});

afterEach(() => vi.useRealTimers());

/** @returns how many files each reader has got */
async function turn(ms: number, bytes: number): Promise<number[]> {
  const { parts } = valueOf(await turns.next());
  vi.advanceTimersByTime(ms);
  const sizes = parts.map((part) => part.length);
  turns.ended({ files: sizes.reduce((sum, size) => sum + size, 0), bytes });
  return sizes;
}

it('reads as many parts at once as there are processors while what is read comes faster than from any disk that turns', async () => {
  expect(await turn(100, 0)).toEqual([2000]);
  expect(await turn(60_000, 1e9)).toEqual([10_000, 10_000]);
  expect(await turn(3000, 2e9)).toEqual([2000]);
  expect(await turn(3000, 2e9)).toEqual([1000, 1000]);
});

it('reads as much in a turn as takes two seconds, ten times as many after what took no time, each file once, and says which turn is the last', async () => {
  const seen: string[] = [];
  const last: boolean[] = [];
  const sizes: number[] = [];
  for (const ms of [1000, 200, 200]) {
    const { parts, isLast } = valueOf(await turns.next());
    vi.advanceTimersByTime(ms);
    const names = parts.flat();
    turns.ended({ files: names.length, bytes: 0 });
    seen.push(...names);
    last.push(isLast);
    sizes.push(names.length);
  }
  expect(sizes).toEqual([2000, 4000, 32_000]);
  expect(last).toEqual([false, false, false]);
  const { parts, isLast } = valueOf(await turns.next());
  seen.push(...parts.flat());
  expect(isLast).toBe(true);
  expect(seen.sort()).toEqual(NAMES.sort());
});
