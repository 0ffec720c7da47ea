import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import type { Code } from '../../../../src/planner/model/finding.ts';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { planId } from '../../../../src/planner/plan-file/id.ts';
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

function withoutMusic(code: Code): Plan {
  const skipped = sampleSync('music', { state: 'skipped', reason: 'usb is away.', code, steps: [], overdue: true });
  return samplePlan({ syncs: [sampleSync('photos'), skipped], steps: photos });
}

/** compare.test.ts has these. */
const COMPARED = [
  ...['id', 'kind', 'sync', 'volume', 'host', 'dependsOn', 'runsOn', 'preconditions', 'commands', 'locks', 'params'],
];

function note(seen: Set<string>, was: object, is: object): void {
  for (const [key, value] of Object.entries(is)) {
    if (JSON.stringify(value) !== JSON.stringify((was as Record<string, unknown>)[key])) seen.add(key);
  }
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
    expect(judgePlan(saved, fresh, facts)).toMatchObject({
      findings: [],
      runnable: saved,
      planned: { ...fresh, id: saved.id },
    });
  });

  it('calls a step stale whose precondition does not hold, and says what was and what is', () => {
    const now = factsOf('photos');
    expect(verdicts(saved, now)).toMatchObject({ 'transfer:photos': 'fresh', 'transfer:music': 'stale' });
    expect(judgePlan(saved, saved, now).findings.map(({ message }) => message)).toEqual([
      'transfer:music is not run, because the latest snapshot of usb:music was 2026-03-05T14:30:00.000Z and is now nothing.',
    ]);
  });

  it.each(['volume-not-mounted', 'volume-absent', 'host-not-observed'] as const)(
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

  const edits: [string, (plan: Plan) => void][] = [
    ['a sync as disabled', ({ syncs }) => void Object.assign(syncs[1]!, { state: 'disabled' })],
    [
      'a sync as skipped, without its steps',
      (plan) => {
        Object.assign(plan.syncs[1]!, { state: 'skipped', reason: 'so it says', steps: [] });
        plan.steps.pop();
      },
    ],
    [
      'an estimate',
      ({ steps }) =>
        void (steps[0]!.estimate = { files: 0, bytes: 0, creates: 0, updates: 0, deletes: 0, basis: 'dry-run' }),
    ],
    ['a basis', (plan) => void (plan.basis = 'recorded')],
    ['a purpose', (plan) => void (plan.purpose = 'prune')],
    ['what destroys', ({ steps }) => void (steps[0]!.destructive = true)],
    ['a limit', ({ steps }) => void (steps[0]!.deleteLimit = { percent: 100, files: null })],
    ['what a step waits for', ({ steps }) => void (steps[0]!.awaits = ['usb'])],
    ['what is deferred', ({ steps }) => void (steps[0]!.deferred = 'later')],
    ['an action', ({ steps }) => void (steps[0]!.action = 'create')],
    ['texts', ({ steps }) => void Object.assign(steps[0]!, { summary: 'nothing', reason: 'none' })],
    ['devices', ({ steps }) => void (steps[0]!.devices = [])],
    ['steps of a sync', ({ syncs }) => void (syncs[0]!.steps = [])],
    ['retention', ({ syncs }) => void (syncs[0]!.retention = [])],
    [
      'a last success',
      ({ syncs }) => void Object.assign(syncs[0]!, { lastSuccess: '2026-03-06T14:30:00.000Z', overdue: true }),
    ],
    ['files', ({ syncs }) => void (syncs[0]!.items = [])],
    ['a sync that there is none', ({ syncs }) => void syncs.push(sampleSync('none', { state: 'disabled', steps: [] }))],
    ['findings', (plan) => void (plan.findings = [{ severity: 'info', code: 'not-kept', message: 'all is well' }])],
    ['a summary', (plan) => void (plan.summary.deletes = 7)],
    ['a request', (plan) => void (plan.request.allowDestructive = true)],
    ['a forecast', (plan) => void (plan.forecast = [])],
    ['routes', (plan) => void (plan.routes = [])],
    ['a machine', (plan) => void (plan.machine.user = 'eve')],
    ['a spec', (plan) => void (plan.spec.path = '/elsewhere')],
    ['what may be applied', (plan) => void (plan.applyable = false)],
    ['a version of a step', ({ steps }) => void (steps[0]!.executor.version = '1.9.0')],
    ['a tool', (plan) => void (plan.tool.version = '9')],
    ['a secret', ({ steps }) => void (steps[0]!.secrets = ['usb'])],
    ['a time', (plan) => void (plan.createdAt = '2026-03-07T14:30:00.000Z')],
    ['a format', (plan) => void (plan.formatVersion = '1.9')],
  ];

  it.each(edits)('shows and runs nothing of a file that says otherwise: %s', (_, edit) => {
    const edited = structuredClone(saved);
    edit(edited);
    const id = planId(edited);
    const { findings, planned } = judgePlan({ ...edited, id }, saved, facts);
    if (findings.length > 0) return expect(findings).toMatchObject([{ code: 'plan-stale' }]);
    const [first, second] = planned.syncs;
    if (second?.state === 'planned') return expect(planned).toEqual({ ...saved, id });
    // It runs less, which it says in our words.
    expect(first).toEqual(saved.syncs[0]);
    expect(second).toEqual({
      ...saved.syncs[1],
      state: 'skipped',
      code: 'sync-not-in-plan',
      reason: expect.any(String),
      steps: [],
      retention: [],
    });
    expect(planned.steps).toEqual(photos);
  });

  it('tells nothing of a sync that it does not run', () => {
    const about = (sync: string) => ({ severity: 'warning' as const, code: 'not-kept' as const, message: sync, sync });
    const fresh = samplePlan({ ...saved, findings: [about('photos'), about('music')] });
    const [photosSync, musicSync] = saved.syncs;
    const part = samplePlan({ syncs: [photosSync!, { ...musicSync!, state: 'disabled', steps: [] }], steps: photos });
    const { planned } = judgePlan(part, fresh, facts);
    expect(planned.findings).toEqual([about('photos')]);
    expect(planned).not.toHaveProperty('forecast');
    expect(judgePlan(saved, fresh, facts).planned.findings).toEqual(fresh.findings);
  });

  it('has an edit for each field of a plan, of a step and of a sync', () => {
    const changed = (value: object): string[] => Object.keys(value);
    const seen = {
      plan: new Set<string>(['id', 'steps', 'syncs']),
      step: new Set<string>(COMPARED),
      sync: new Set<string>(['name']),
    };
    for (const [, edit] of edits) {
      const edited = structuredClone(saved);
      edit(edited);
      note(seen.plan, saved, edited);
      saved.steps.forEach((step, index) => note(seen.step, step, edited.steps[index] ?? step));
      saved.syncs.forEach((sync, index) => note(seen.sync, sync, edited.syncs[index] ?? sync));
    }
    expect(changed(saved).filter((key) => !seen.plan.has(key))).toEqual([]);
    expect(changed(saved.steps[0]!).filter((key) => !seen.step.has(key))).toEqual([]);
    expect(changed(saved.syncs[0]!).filter((key) => !seen.sync.has(key))).toEqual(['source', 'destination', 'mode']);
  });

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
