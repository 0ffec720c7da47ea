import { describe, expect, it } from 'vitest';
import { buildRecover } from '../../../../src/planner/purposes/recover.ts';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { inputFor, specFrom, stepIn } from '../../../support/planning.ts';
import { day, factsOf, tomlOf, type OneSync } from '../compile/rig.ts';

const LINK = `.nbkp-latest-${day('2026-03-05')}`;
const left: OneSync = {
  sync: ['snapshots.mode = "hard-link"', 'snapshots.keep.last = 1'],
  destination: {
    snapshots: ['2026-03-01', '2026-03-02'].map(day),
    latest: day('2026-03-02'),
    entries: {
      [`.prune-${day('2026-02-01')}`]: 'directory',
      [`.partial-${day('2026-03-05')}`]: 'directory',
      'my notes': 'directory',
    },
    leftovers: [LINK, '.nbkp-mine', '.nbkp-latest-x'],
  },
};

function recover(scene: OneSync): Plan {
  const spec = specFrom(tomlOf(scene));
  return buildRecover(inputFor(spec, factsOf(scene)), Object.values(spec.syncs));
}

describe('recovering', () => {
  it('finishes interrupted prunes and removes temporary links, and nothing else', () => {
    const plan = recover(left);
    expect(
      plan.steps.flatMap((step) => step.commands).map((argv) => argv.slice(0, 2).concat(argv.at(-1) ?? '')),
    ).toEqual([
      ['sh', '-c', `/mnt/usb/docs/snapshots/.prune-${day('2026-02-01')}`],
      ['find', `/mnt/usb/docs/snapshots/.prune-${day('2026-02-01')}`, ';'],
      ['rm', '-rf', `/mnt/usb/docs/snapshots/.prune-${day('2026-02-01')}`],
      ['rm', '-f', `/mnt/usb/docs/${LINK}`],
    ]);
  });

  it('holds the lock of the destination', () => {
    for (const step of recover(left).steps) {
      expect(step.locks).toEqual([{ path: '/mnt/usb/docs/.nbkp-lock', mode: 'exclusive' }]);
    }
  });

  it('has nothing to do where no run died', () => {
    const plan = recover({ ...left, destination: { snapshots: [day('2026-03-01')] } });
    expect(plan.steps).toEqual([]);
    expect(plan.findings).toEqual([]);
  });

  it('works without a source', () => {
    expect(recover({ ...left, source: { missing: true } }).steps).toHaveLength(2);
  });

  it('removes the links of a sync that makes no snapshots any more', () => {
    const none = { ...left, sync: ['snapshots.mode = "none"'] };
    expect(recover(none).steps.map((step) => step.id)).toEqual(['clean-up:docs']);
  });

  it('relies on the destination being ours', () => {
    expect(stepIn(recover(left), 'clean-up:docs').preconditions).toMatchObject([
      { fact: '/endpoints/usb:docs/sentinels/destination', value: true },
      { fact: '/endpoints/usb:docs/directory/mount/target', value: '/mnt/usb' },
      { fact: '/endpoints/usb:docs/directory/realPath', value: '/mnt/usb/docs' },
      { fact: '/endpoints/usb:docs/directory/device' },
      { fact: '/endpoints/usb:docs/directory/inode' },
      { fact: '/endpoints/usb:docs/snapshotsLink', value: null },
    ]);
  });

  it('says why it is blocked', () => {
    const plan = recover({ ...left, change: (facts) => void Object.assign(facts.hosts['local']!, { flock: false }) });
    expect(plan.steps).toEqual([]);
    expect(plan.findings).toMatchObject([{ severity: 'error', code: 'flock-missing', sync: 'docs' }]);
  });
});
