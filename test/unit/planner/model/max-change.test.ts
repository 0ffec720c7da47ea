import { describe, expect, it } from 'vitest';
import { exceedsMaxChange } from '../../../../src/planner/model/max-change.ts';

describe('policy.max-change', () => {
  it('has no limit where the spec has none', () => {
    expect(exceedsMaxChange({ contents: 100, times: 0, files: 100 }, undefined)).toBe(false);
  });

  it('never trips below 20 files, and does at 20 of 20', () => {
    expect(exceedsMaxChange({ contents: 19, times: 0, files: 19 }, 0)).toBe(false);
    expect(exceedsMaxChange({ contents: 10, times: 10, files: 20 }, 50)).toBe(true);
  });

  it.each([
    [50, 0, false],
    [0, 51, true],
    [26, 25, true],
  ])('allows just its percentage of 100: %i contents and %i times', (contents, times, trips) => {
    expect(exceedsMaxChange({ contents, times, files: 100 }, 50)).toBe(trips);
  });
});
