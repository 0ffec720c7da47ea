import { describe, expect, it } from 'vitest';
import type { SyncHistory } from '../../../../src/planner/model/facts.ts';
import { syncIn } from '../../../support/planning.ts';
import { planned } from './rig.ts';

/** Now is 2026-03-10T12:00:00.000Z. */
const history = (at: string | null): Record<string, SyncHistory> => ({
  docs: {
    lastRun: null,
    lastSuccess: at === null ? null : { run: 'before', at, snapshot: null, entries: null, mountTarget: null },
  },
});

function overdue(at: string | null, sync = ['max-age = "7d"'], change?: 'none'): boolean {
  const plan = planned({
    sync,
    history: history(at),
    ...(change === undefined ? {} : { change: (facts) => (facts.basis = change) }),
  });
  return syncIn(plan, 'docs').overdue;
}

describe('a sync is overdue', () => {
  it('when its last success is older than max-age, and not when it is just as old', () => {
    expect(overdue('2026-03-03T12:00:00.001Z')).toBe(false);
    expect(overdue('2026-03-03T12:00:00.000Z')).toBe(false);
    expect(overdue('2026-03-03T11:59:59.999Z')).toBe(true);
  });

  it('when it has never succeeded', () => {
    expect(overdue(null)).toBe(true);
  });

  it('not without a max-age', () => {
    expect(overdue(null, [])).toBe(false);
  });

  it('not while it is disabled', () => {
    expect(overdue(null, ['max-age = "7d"', 'enabled = false'])).toBe(false);
    expect(overdue('2020-01-01T00:00:00.000Z', ['max-age = "7d"', 'enabled = false'])).toBe(false);
  });

  it('not in a plan from the spec alone, which knows of no success', () => {
    expect(overdue(null, ['max-age = "7d"'], 'none')).toBe(false);
  });
});
