import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { judgePlan, type Verdict } from '../../../../src/planner/plan-file/verdict.ts';
import { world } from '../../../support/facts.ts';
import { samplePlan, sampleStep, sampleSync } from './sample.ts';

const photos = [sampleStep('transfer:photos'), sampleStep('snapshot:photos', { dependsOn: ['transfer:photos'] })];
const music = [sampleStep('transfer:music')];
const saved = samplePlan({
  syncs: [sampleSync('photos'), sampleSync('music', { steps: ['transfer:music'] })],
  steps: [...photos, ...music],
});
const facts = factsOf('photos', 'music');

/** A world in which the named destinations are as the sample's preconditions want them. */
function factsOf(...names: string[]): Facts {
  const endpoints = names.map((name) => [
    `usb:${name}`,
    { destination: true, snapshots: ['2026-03-05T14:30:00.000Z'] },
  ]);
  return world({ volumes: { usb: { path: '/media/usb' } }, endpoints: Object.fromEntries(endpoints) });
}

function verdicts(fresh: Plan, now = facts): Record<string, Verdict> {
  return Object.fromEntries(judgePlan(saved, fresh, now).verdicts.map(({ step, verdict }) => [step, verdict]));
}

function withoutMusic(code: string): Plan {
  const skipped = sampleSync('music', { state: 'skipped', reason: 'usb is away.', code, steps: [], overdue: true });
  return samplePlan({ syncs: [sampleSync('photos'), skipped], steps: photos });
}

describe('judgePlan', () => {
  it('calls a step fresh that would be planned just so', () => {
    expect(verdicts(saved)).toEqual({
      'transfer:photos': 'fresh',
      'snapshot:photos': 'fresh',
      'transfer:music': 'fresh',
    });
  });

  it('calls a step equivalent that would do the same with other words or device numbers', () => {
    const [transfer, ...others] = saved.steps;
    const fresh = samplePlan({ ...saved, steps: [{ ...transfer!, devices: ['9'], summary: 'other' }, ...others] });
    expect(verdicts(fresh)['transfer:photos']).toBe('equivalent');
    expect(judgePlan(saved, fresh, facts)).toMatchObject({ findings: [], runnable: saved });
  });

  it('calls a step stale whose precondition does not hold, and says what was and what is', () => {
    const now = factsOf('photos');
    expect(verdicts(saved, now)).toMatchObject({ 'transfer:photos': 'fresh', 'transfer:music': 'stale' });
    expect(judgePlan(saved, saved, now).findings.map(({ message }) => message)).toEqual([
      'transfer:music is not run, because the latest snapshot of usb:music was 2026-03-05T14:30:00.000Z and is now nothing.',
    ]);
  });

  it.each(['volume-not-mounted', 'volume-absent', 'host-not-observed'])(
    'cannot verify what is on a drive that is not here (%s), and skips it',
    (code) => {
      const { findings, runnable } = judgePlan(saved, withoutMusic(code), factsOf('photos'));
      expect(verdicts(withoutMusic(code), factsOf('photos'))).toMatchObject({
        'transfer:photos': 'fresh',
        'transfer:music': 'unverifiable',
      });
      expect(findings).toEqual([]);
      expect(runnable.steps).toEqual(photos);
      expect(runnable).toMatchObject({
        id: saved.id,
        syncs: [{ state: 'planned' }, { state: 'skipped', code, reason: 'usb is away.', overdue: true, steps: [] }],
        summary: { steps: 2, syncs: { planned: 1, skipped: 1 } },
      });
    },
  );

  it('takes everything else that keeps a sync from being planned for a change', () => {
    expect(judgePlan(saved, withoutMusic('sentinel-missing'), facts).findings).toMatchObject([{ code: 'plan-stale' }]);
  });

  it('refuses a chain whose upstream is not here, since it would read something else', () => {
    const chained = [...music, sampleStep('transfer:photos', { dependsOn: ['transfer:music'] })];
    const chain = samplePlan({ ...saved, steps: chained });
    const now = samplePlan({ ...withoutMusic('volume-absent'), steps: [sampleStep('transfer:photos')] });
    expect(judgePlan(chain, now, facts).findings).toMatchObject([{ code: 'plan-stale', sync: 'photos' }]);
  });

  it('leaves out what would only be done for a drive that is not here', () => {
    const mount = sampleStep('mount:usb');
    delete mount.sync;
    const before = samplePlan({ ...saved, steps: [mount, ...saved.steps] });
    const { runnable, findings } = judgePlan(before, withoutMusic('volume-not-mounted'), facts);
    expect(runnable.steps.map(({ id }) => id)).toEqual(['transfer:photos', 'snapshot:photos']);
    expect(findings).toEqual([]);
  });
});
