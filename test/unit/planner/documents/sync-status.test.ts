import { describe, expect, it } from 'vitest';
import { statusDocument } from '../../../../src/planner/documents/status.ts';
import type { SyncStatus } from '../../../../src/planner/model/documents.ts';
import type { SyncHistory, SyncOutcome } from '../../../../src/planner/model/facts.ts';
import { world } from '../../../support/facts.ts';
import { planOf, specFrom } from '../../../support/planning.ts';

const NOW = '2026-03-31T00:00:00.000Z';
const DAY = 86_400_000;

function ago(days: number): string {
  return new Date(Date.parse(NOW) - days * DAY).toISOString();
}

function success(days: number): NonNullable<SyncHistory['lastSuccess']> {
  return { run: 'r', at: ago(days), snapshot: null, entries: null, mountTarget: null };
}

function ended(outcome: SyncOutcome): SyncHistory {
  return { lastRun: { run: 'r', outcome, at: ago(1) }, lastSuccess: success(2) };
}

const NEVER: SyncHistory = { lastRun: null, lastSuccess: null };

/** What `status` says of a sync that could run, and whether the plan, and so a run, calls it overdue. */
function statusOf(sync: string, history?: SyncHistory): SyncStatus & { inPlan: boolean } {
  const spec = specFrom(`version = 1
volumes.home.path = "/home/sam"
volumes.usb.path = "/media/usb"
[syncs.docs]
source = "home:docs"
destination = "usb:docs"
${sync}
`);
  const facts = world({
    at: NOW,
    volumes: { home: { path: '/home/sam' }, usb: { path: '/media/usb' } },
    endpoints: { 'home:docs': { source: true }, 'usb:docs': { destination: true } },
    ...(history === undefined ? {} : { history: { docs: history } }),
  });
  const plan = planOf(spec, facts);
  const [status] = statusDocument(spec, facts, plan).syncs;
  const [planned] = plan.syncs;
  if (status === undefined || planned === undefined) throw new Error('there is one sync');
  return { ...status, inPlan: planned.overdue };
}

describe('a max-age that nobody has written', () => {
  it.each<[string, SyncHistory | undefined, boolean]>([
    ['a success of 30 days ago is well', { lastRun: null, lastSuccess: success(30) }, true],
    ['one of 31 days ago is not', { lastRun: null, lastSuccess: success(31) }, false],
    ['no success, and nobody knows since when, is well', NEVER, true],
    ['no success, and first heard of 30 days ago, is well', { ...NEVER, since: ago(30) }, true],
    ['no success, and first heard of 31 days ago, is not', { ...NEVER, since: ago(31) }, false],
    ['nothing recorded at all is well', undefined, true],
  ])('is 30 days, for status alone: %s', (_, history, well) => {
    const status = statusOf('', history);
    expect(status).toMatchObject({ maxAge: 30 * DAY, maxAgeIsDefault: true, well, overdue: !well });
    expect(status.inPlan).toBe(false);
  });

  it('asks nothing of a sync that is disabled', () => {
    const old = { lastRun: null, lastSuccess: success(99) };
    expect(statusOf('enabled = false', old)).toMatchObject({ well: true, overdue: false });
  });
});

describe('a max-age that is written', () => {
  it('counts for plans and runs too, and from the beginning', () => {
    expect(statusOf('max-age = "60d"', { lastRun: null, lastSuccess: success(59) })).toMatchObject({ well: true });
    const old = statusOf('max-age = "60d"', { lastRun: null, lastSuccess: success(61) });
    expect(old).toMatchObject({ well: false, overdue: true, inPlan: true, maxAge: 60 * DAY });
    expect(old.maxAgeIsDefault).toBeUndefined();
    expect(statusOf('max-age = "60d"')).toMatchObject({ well: false, overdue: true, inPlan: true });
  });

  it('may be "never", for one sync or for all', () => {
    const ancient = { lastRun: null, lastSuccess: success(9999) };
    expect(statusOf('max-age = "never"', ancient)).toMatchObject({ well: true, overdue: false, maxAge: null });
    expect(statusOf('[policy]\nmax-age = "never"', ancient)).toMatchObject({ well: true, maxAge: null });
    expect(statusOf('max-age = "7d"\n[policy]\nmax-age = "never"', ancient)).toMatchObject({ well: false });
  });
});

describe('the last run', () => {
  it.each<[SyncOutcome, boolean]>([
    ['succeeded', true],
    ['locked', true],
    ['interrupted', true],
    ['failed', false],
    ['refused', false],
    ['blocked', false],
  ])('that %s leaves a sync well: %s', (outcome, well) => {
    expect(statusOf('', ended(outcome)).well).toBe(well);
  });

  it('means nothing for a sync that is disabled now', () => {
    expect(statusOf('enabled = false', ended('failed')).well).toBe(true);
  });
});
