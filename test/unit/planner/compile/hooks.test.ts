import { describe, expect, it } from 'vitest';
import { stepIn } from '../../../support/planning.ts';
import { day, planned } from './rig.ts';

const sync = [
  'snapshots.mode = "hard-link"',
  'snapshots.keep.last = 1',
  'before = [["one"], ["two"]]',
  'after = [["three"], { run = ["four", "x"], on = "usb" }]',
  'on-failure = [["five"], ["six"]]',
];
const plan = planned({ sync, destination: { snapshots: [day('2026-03-01'), day('2026-03-02')] } });

describe('commands of the user', () => {
  it('stand around the steps of their sync, one after the other', () => {
    expect(plan.steps.filter((step) => step.runsOn === 'success').map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['before:docs:1', []],
      ['before:docs:2', ['before:docs:1']],
      ['transfer:docs', ['before:docs:2']],
      ['snapshot:docs', ['transfer:docs']],
      ['prune:docs', ['snapshot:docs']],
      ['after:docs:1', ['prune:docs']],
      ['after:docs:2', ['after:docs:1']],
    ]);
  });

  it('for a failure watch all of them, and not each other', () => {
    const others = plan.steps.filter((step) => step.runsOn === 'success').map((step) => step.id);
    for (const id of ['on-failure:docs:1', 'on-failure:docs:2']) {
      expect(stepIn(plan, id)).toMatchObject({ dependsOn: others, runsOn: 'failure' });
    }
  });

  it('run exactly what was written', () => {
    expect(stepIn(plan, 'after:docs:2')).toMatchObject({ commands: [['four', 'x']], host: 'local', kind: 'command' });
  });

  it('of a prune alone are left out', () => {
    const scene = { sync, destination: { snapshots: [day('2026-03-01'), day('2026-03-02')] } };
    expect(planned({ ...scene, purpose: 'prune' }).steps.map((step) => step.id)).toEqual(['prune:docs']);
  });
});
