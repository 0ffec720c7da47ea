import { describe, expect, it } from 'vitest';
import { exceedsMaxDelete } from '../../../../src/planner/model/max-delete.ts';

const QUARTER = { percent: 25, files: null };

describe('policy.max-delete', () => {
  it('never trips below 20 deletions, and does at 20 of 20', () => {
    expect(exceedsMaxDelete({ lost: 19, before: 19 }, QUARTER)).toBe(false);
    expect(exceedsMaxDelete({ lost: 19, before: 19 }, { percent: 0, files: 0 })).toBe(false);
    expect(exceedsMaxDelete({ lost: 20, before: 20 }, QUARTER)).toBe(true);
  });

  it.each([
    [25, 100, false],
    [26, 100, true],
    // Of 99 entries a quarter is 24.75.
    [24, 99, false],
    [25, 99, true],
  ])('allows just its percentage: %i of %i', (deletes, entries, trips) => {
    expect(exceedsMaxDelete({ lost: deletes, before: entries }, QUARTER)).toBe(trips);
  });

  it('trips when either of its limits is passed', () => {
    const both = { percent: 25, files: 30 };
    expect(exceedsMaxDelete({ lost: 30, before: 1000 }, both)).toBe(false);
    expect(exceedsMaxDelete({ lost: 31, before: 1000 }, both)).toBe(true);
    expect(exceedsMaxDelete({ lost: 30, before: 100 }, both)).toBe(true);
  });

  it('allows everything at 100 percent', () => {
    expect(exceedsMaxDelete({ lost: 1000, before: 1000 }, { percent: 100, files: null })).toBe(false);
  });
});
