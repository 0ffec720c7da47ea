import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import type { Step } from '../../../../src/planner/model/step.ts';
import { comparePlans } from '../../../../src/planner/plan-file/compare.ts';
import { samplePlan, sampleStep, sampleSync } from './sample.ts';

const saved = samplePlan();

function freshWith(changes: Partial<Step>): Plan {
  return samplePlan({ steps: [{ ...saved.steps[0]!, ...changes }, ...saved.steps.slice(1)] });
}

function messages(fresh: Plan, from = saved): string[] {
  return comparePlans(from, fresh).map(({ message }) => message);
}

describe('comparePlans', () => {
  it('finds nothing when the same plan is made again later', () => {
    expect(comparePlans(saved, samplePlan({ createdAt: '2026-03-07T00:00:00.000Z' }))).toEqual([]);
  });

  it.each<[string, Partial<Step>]>([
    ['texts', { summary: 'other', reason: 'other', deferred: 'other' }],
    ['estimates', { estimate: { files: 1, bytes: 1, creates: 1, updates: 0, deletes: 0, basis: 'dry-run' } }],
    ['device numbers', { devices: ['2065'] }],
    ['values of preconditions', { preconditions: [{ ...saved.steps[0]!.preconditions[0]!, value: 'other' }] }],
  ])('does not mind other %s', (_, changes) => {
    expect(comparePlans(saved, freshWith(changes))).toEqual([]);
  });

  it.each<[string, Partial<Step>]>([
    ['kind', { kind: 'move' }],
    ['executor', { executor: { name: 'rclone', version: '1.0.0' } }],
    ['volume', { volume: 'hub' }],
    ['host', { host: 'pi' }],
    ['action', { action: 'delete' }],
    ['dependencies', { dependsOn: ['before:photos:1'] }],
    ['release', { releases: 'mount:usb' }],
    ['condition', { runsOn: 'failure' }],
    ['destructiveness', { destructive: true }],
    ['preconditions', { preconditions: [] }],
    ['commands', { commands: [...saved.steps[0]!.commands, ['rm', '-rf', '/']] }],
    ['locks', { locks: [] }],
    ['secrets', { secrets: ['usb'] }],
    ['params', { params: { sync: 'photos', deep: [] } }],
  ])('finds a changed %s', (_, changes) => {
    const found = comparePlans(saved, freshWith(changes));
    expect(found.map(({ code, severity, sync }) => [code, severity, sync])).toEqual([
      ['plan-stale', 'error', 'photos'],
    ]);
  });

  it('names the first differences of a step', () => {
    const fresh = freshWith({ commands: [['rsync', '-a', '--delete', '/home/me/Pictures/', '/media/usb/photos/']] });
    expect(messages(fresh)).toEqual([
      'transfer:photos would be planned otherwise now: /commands/0/2 was --max-delete=0 and is now --delete.',
    ]);
  });

  it('says once why a sync is not planned any more, not for each of its steps', () => {
    const fresh = samplePlan({
      syncs: [sampleSync('photos', { state: 'skipped', reason: 'usb is not mounted.', steps: [] })],
      steps: [],
    });
    expect(messages(fresh)).toEqual(['photos was planned and is now skipped: usb is not mounted.']);
  });

  it('says that a sync has left the spec', () => {
    expect(messages(samplePlan({ syncs: [], steps: [] }))).toEqual(['photos was planned and is now not in the spec.']);
  });

  it('finds a step that is not needed any more, and one that is needed now', () => {
    const prune = sampleStep('prune:photos', { reason: 'no rule holds them' });
    const more = samplePlan({ steps: [...saved.steps, prune] });
    expect(messages(saved, more)).toEqual(['prune:photos would not be planned any more.']);
    expect(messages(more)).toEqual(['prune:photos would have to be run too: no rule holds them.']);
  });

  it('leaves a sync alone that could not be planned then and can be now', () => {
    const music = sampleSync('music', { state: 'skipped', reason: 'hub is not mounted.' });
    const before = samplePlan({ syncs: [...saved.syncs, music] });
    const now = samplePlan({
      syncs: [...saved.syncs, sampleSync('music')],
      steps: [sampleStep('transfer:music'), ...saved.steps],
    });
    expect(messages(now, before)).toEqual([]);
  });

  it('finds a step of a sync that the plan does not run', () => {
    const off = sampleSync('music', { state: 'disabled', steps: [] });
    const odd = samplePlan({ syncs: [...saved.syncs, off], steps: [...saved.steps, sampleStep('transfer:music')] });
    expect(messages(odd, odd)).toEqual(['transfer:music is of a sync that the plan does not run.']);
  });

  it('finds that a drive is not opened or not closed again, and what is done around the run', () => {
    const step = (id: string, changes: Partial<Step> = {}): Step => {
      const made = sampleStep(id, changes);
      delete made.sync;
      return made;
    };
    const mount = step('mount:usb');
    const unmount = step('unmount:usb', { releases: 'mount:usb' });
    const notify = step('notify:run', { kind: 'notify' });
    delete notify.volume;
    const [transfer, ...others] = saved.steps;
    const waiting = { ...transfer!, dependsOn: ['mount:usb'] };
    const all = [mount, waiting, ...others, unmount, notify];
    for (const missing of [mount, unmount, notify]) {
      const edited = samplePlan({ ...saved, steps: all.filter((each) => each !== missing) });
      expect(messages(samplePlan({ ...saved, steps: all }), edited)).toEqual([
        `${missing.id} would have to be run too: ${missing.reason}.`,
      ]);
    }
    // Of a sync that is not run.
    const unrelated = [...saved.steps, step('mount:other'), step('unmount:other', { releases: 'mount:other' })];
    expect(messages(samplePlan({ ...saved, steps: unrelated }))).toEqual([]);
  });

  it('finds steps without a sync that changed or went, and leaves new ones alone', () => {
    const create: Step = sampleStep('create:usb');
    delete create.sync;
    const other = { ...create, commands: [['mkdir', '/']] };
    const before = samplePlan({ steps: [create], syncs: [] });
    expect(messages(samplePlan({ steps: [], syncs: [] }), before)).toEqual([
      'create:usb would not be planned any more.',
    ]);
    expect(messages(samplePlan({ steps: [other], syncs: [] }), before)).toHaveLength(1);
    expect(messages(before, samplePlan({ steps: [], syncs: [] }))).toEqual([]);
  });

  it('finds another order of the same steps', () => {
    expect(messages(samplePlan({ steps: saved.steps.toReversed() }))).toEqual([
      'Its steps would be in another order now.',
    ]);
  });
});
