import { describe, expect, it } from 'vitest';
import { newRunId, runTime } from '../../../src/store/run-id.ts';

describe('the id of a run', () => {
  it('sorts by time, also within one second', () => {
    const start = Date.parse('2026-03-06T14:30:00.000Z');
    const ids = [0, 1, 9, 10, 15, 16, 99, 255, 256, 999, 1000].map((ms) => newRunId(start + ms));
    expect(ids.toSorted()).toEqual(ids);
    expect(ids[0]).toMatch(/^20260306T143000Z-000[0-9a-f]$/);
    expect(ids.map(runTime)).toEqual([...Array<number>(10).fill(start), start + 1000]);
  });

  it('is not what has another form', () => {
    for (const name of [
      '20260306T143000Z',
      '2026-03-06T14:30:00.000Z',
      '20260306T143000Z-xyz1',
      '20261306T143000Z-0000',
    ]) {
      expect([name, runTime(name)]).toEqual([name, null]);
    }
  });
});
