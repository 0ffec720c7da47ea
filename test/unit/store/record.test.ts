import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../../src/planner/model/run.ts';
import type { Step } from '../../../src/planner/model/step.ts';
import { stepsBySync, syncRecord, syncVerdict, type SettledStep } from '../../../src/store/record.ts';
import { finding, plannedSync, step } from '../executors/run/rig.ts';

const unfinished = { outcome: 'blocked' as const, reason: 'no drive' };

function ended(id: string, outcome: StepRecord['outcome'], more: Partial<StepRecord> = {}, own: Partial<Step> = {}) {
  const record: StepRecord = { id, outcome, startedAt: null, durationMs: null, findings: [], log: [], ...more };
  return { step: step(id, own), record };
}

const verdict = (...steps: SettledStep[]): unknown => syncVerdict(plannedSync('s'), steps, unfinished);

describe('what became of a sync', () => {
  it.each(['skipped', 'disabled', 'blocked'] as const)('is what the plan meant to do with it: %s', (state) => {
    const steps = [ended('a', 'failed')];
    expect(syncVerdict(plannedSync('s', { state, reason: 'no drive' }), steps, unfinished)).toEqual({
      outcome: state,
      reason: 'no drive',
    });
    expect(syncVerdict(plannedSync('s', { state }), steps, unfinished)).toEqual({ outcome: state });
  });

  it('is the worst of its steps: a failure before a refusal before an interruption', () => {
    const steps = [ended('c', 'interrupted'), ended('b', 'refused'), ended('a', 'failed')];
    expect(verdict(...steps)).toEqual({ outcome: 'failed', reason: 'in its step a' });
    expect(verdict(...steps.slice(0, 2))).toEqual({ outcome: 'refused', reason: 'in its step b' });
    expect(verdict(ended('x', 'not-run'), ...steps.slice(0, 1))).toEqual({
      ...{ outcome: 'interrupted', reason: 'in its step c' },
    });
  });

  it('has for its reason what was an error, whatever else was said', () => {
    const findings = [{ ...finding('hint'), severity: 'warning' as const }, finding('full')];
    expect(verdict(ended('a', 'failed', { findings }))).toEqual({ outcome: 'failed', reason: 'full happened.' });
  });

  it('is incomplete where something was left out, as an error', () => {
    const left = finding('entries-left-out');
    expect(verdict(ended('a', 'done', { findings: [left] }))).toEqual({
      ...{ outcome: 'incomplete', reason: 'entries-left-out happened.' },
    });
    expect(verdict(ended('a', 'done', { findings: [{ ...left, severity: 'warning' }] }))).toEqual({
      outcome: 'succeeded',
    });
    expect(verdict(ended('a', 'unneeded', { findings: [left] }))).toEqual({ outcome: 'succeeded' });
    expect(verdict(ended('a', 'done', { findings: [finding('other')] }))).toEqual({ outcome: 'succeeded' });
  });

  it('is known to the run where a step that it needs did not run; others are not missed', () => {
    expect(verdict(ended('a', 'done'), ended('b', 'not-run'))).toEqual(unfinished);
    expect(verdict(ended('a', 'done'), ended('b', 'not-run', {}, { runsOn: 'failure' }))).toEqual({
      outcome: 'succeeded',
    });
    expect(verdict(ended('a', 'done'), ended('b', 'not-run', {}, { releases: 'a' }))).toEqual({ outcome: 'succeeded' });
    expect(verdict()).toEqual({ outcome: 'succeeded' });
  });
});

describe('the record of a sync', () => {
  const transfer = { kind: 'transfer', estimate: { files: 9, bytes: 90, creates: 9, updates: 0, deletes: 0 } };
  const done = { outcome: 'succeeded' as const };

  it('sums up what its steps changed, and has what was foreseen', () => {
    const estimate = { ...transfer.estimate, basis: 'dry-run' as const };
    const steps = [
      ended('judge', 'done', { changes: { entries: 5, moved: { files: 1, bytes: 2 } } }),
      ended('copy', 'done', { changes: { files: 1, bytes: 10, deleted: 3, entries: 7 } }, { ...transfer, estimate }),
      ended('again', 'done', { changes: { files: 2, bytes: 20, deleted: 4, moved: { files: 8, bytes: 8 } } }),
      ended('name', 'done', { changes: { snapshot: 'one' } }),
      ended('late', 'failed', { changes: { snapshot: 'two' } }),
      ended('prune', 'done', { changes: { pruned: ['x', 'y'] } }),
    ];
    expect(syncRecord(plannedSync('s'), steps, done)).toEqual({
      ...{ name: 's', outcome: 'succeeded', snapshot: 'one', pruned: ['x', 'y'], files: 3, bytes: 30, deleted: 7 },
      ...{ entries: 7, moved: { files: 1, bytes: 2 }, predicted: { files: 9, bytes: 90, basis: 'dry-run' } },
    });
  });

  it('says nothing of what nobody knows', () => {
    expect(syncRecord(plannedSync('s'), [ended('a', 'done')], { ...done, reason: 'x' })).toEqual({
      ...{ name: 's', outcome: 'succeeded', reason: 'x', pruned: [], files: 0, bytes: 0, deleted: 0, entries: null },
    });
  });
});

it('steps are found by their sync, in their order; those of none are not', () => {
  const steps = [ended('a', 'done', {}, { sync: 's' }), ended('x', 'done'), ended('b', 'done', {}, { sync: 's' })];
  const bySync = stepsBySync([...steps, ended('c', 'done', {}, { sync: 't' })]);
  expect([...bySync].map(([sync, own]) => [sync, own.map(({ record }) => record.id)])).toEqual([
    ['s', ['a', 'b']],
    ['t', ['c']],
  ]);
});
