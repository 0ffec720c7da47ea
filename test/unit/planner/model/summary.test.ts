import { expect, it } from 'vitest';
import { summarise } from '../../../../src/planner/model/summary.ts';
import { sampleStep, sampleSync } from '../plan-file/sample.ts';

it('summarise counts steps by kind and action and syncs by state', () => {
  const steps = [
    sampleStep('transfer:a', { action: 'update' }),
    sampleStep('transfer:b', { action: 'create' }),
    sampleStep('snapshot:b', { action: 'create' }),
    sampleStep('prune:b', { action: 'delete' }),
    sampleStep('mount:usb', { action: 'acquire' }),
  ];
  const states = ['planned', 'planned', 'skipped', 'disabled', 'blocked'] as const;
  expect(
    summarise(
      steps,
      states.map((state, index) => sampleSync(`s${index}`, { state })),
    ),
  ).toEqual({
    steps: 5,
    byKind: { transfer: 2, snapshot: 1, prune: 1, mount: 1 },
    syncs: { planned: 2, skipped: 1, disabled: 1, blocked: 1 },
    creates: 2,
    updates: 1,
    deletes: 1,
  });
});

it('summarise counts nothing in an empty plan', () => {
  expect(summarise([], [])).toEqual({
    steps: 0,
    byKind: {},
    syncs: { planned: 0, skipped: 0, disabled: 0, blocked: 0 },
    creates: 0,
    updates: 0,
    deletes: 0,
  });
});
