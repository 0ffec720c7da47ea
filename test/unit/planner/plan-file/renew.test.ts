import { describe, expect, it } from 'vitest';
import { renewSync } from '../../../../src/planner/plan-file/renew.ts';
import type { Step } from '../../../../src/planner/model/step.ts';
import { plan, plannedSync, step } from '../../executors/run/rig.ts';

const transfer = step('transfer:s', { sync: 's', commands: [['rsync', 'a']] });
const prune = (...names: string[]): Step =>
  step('prune:s', { sync: 's', kind: 'prune', destructive: true, commands: names.map((name) => ['rm', '-rf', name]) });

function renewed(shown: Step[], fresh: Step[], state: 'planned' | 'skipped' = 'planned') {
  const sync = plannedSync('s');
  const steps = renewSync(plan(shown, [sync]), plan(fresh, [{ ...sync, state }]), 's');
  return steps === null ? null : Object.fromEntries([...steps].map(([id, now]) => [id, now?.commands ?? null]));
}

describe('a sync that is planned again under its lock', () => {
  it('takes the new commands of its steps, in the order that was shown', () => {
    expect(renewed([transfer], [{ ...transfer, commands: [['rsync', 'b']] }])).toEqual({
      'transfer:s': [['rsync', 'b']],
    });
  });

  it.each([
    ['deletes snapshots that were named', ['a', 'b'], ['b'], [['rm', '-rf', 'b']]],
    ['deletes none that was not', ['a'], ['a', 'c'], null],
    ['deletes none where none has to go any more', ['a'], [], null],
  ])('%s', (_, shown, fresh, expected) => {
    const next = fresh.length === 0 ? [] : [prune(...fresh)];
    expect(renewed([transfer, prune(...shown)], [transfer, ...next])).toMatchObject({ 'prune:s': expected });
  });

  it('leaves what has become too many since for the next run', () => {
    expect(renewed([transfer], [transfer, prune('a')])).toEqual({ 'transfer:s': transfer.commands });
  });

  it('is run with the limit that was shown', () => {
    const limited = { ...transfer, deleteLimit: { percent: 25, files: null } };
    expect(renewed([limited], [limited])).toEqual({ 'transfer:s': transfer.commands });
    expect(renewed([transfer], [limited])).toEqual({ 'transfer:s': transfer.commands });
  });

  it.each([
    ['is not possible any more', [transfer], 'skipped'],
    ['would delete what no snapshot holds', [{ ...transfer, destructive: true }], 'planned'],
    ['is done by another executor', [{ ...transfer, executor: { name: 'x', version: '1.0.0' } }], 'planned'],
    ['is done on another machine', [{ ...transfer, host: 'ssh:hub' }], 'planned'],
    ['is of another kind', [{ ...transfer, kind: 'replica' }], 'planned'],
    ['has another limit', [{ ...transfer, deleteLimit: { percent: 90, files: null } }], 'planned'],
    ['has a further step', [transfer, step('more', { sync: 's' })], 'planned'],
  ] as const)('is left alone when it %s', (_, fresh, state) => {
    const shown = { ...transfer, deleteLimit: { percent: 25, files: null } };
    const limited = fresh.map((each) =>
      each.deleteLimit === undefined ? { ...each, deleteLimit: shown.deleteLimit } : each,
    );
    expect(renewed([shown], limited, state)).toBeNull();
  });
});
