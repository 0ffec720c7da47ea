import { describe, expect, it } from 'vitest';
import { aroundRun } from '../../../../src/planner/compile/around-run.ts';
import type { ExecutorPlanning, RunPlanning } from '../../../../src/planner/model/executor.ts';
import { world } from '../../../support/facts.ts';
import { inputFor, specFrom } from '../../../support/planning.ts';
import { step } from '../../executors/run/rig.ts';

const spec = specFrom('version = 1\nvolumes.laptop.path = "/home/ada"\n');
const facts = world({ volumes: {}, endpoints: {} });

function executor(name: string, planRun: (input: RunPlanning) => string[]): ExecutorPlanning {
  return {
    ...{ name, version: '1.0.0', kinds: ['notify'], commands: () => [] },
    planRun: (input) => ({
      steps: planRun(input).map((id) => step(id, { runsOn: id.startsWith('end') ? 'end' : 'success' })),
      findings: [],
    }),
  };
}

describe('steps around a run', () => {
  it('are those of the executors with settings in the spec, by their names, the last ones behind all others', () => {
    const seen: unknown[] = [];
    const loud = (name: string) =>
      executor(name, ({ settings, steps }) => {
        seen.push([settings, steps.map(({ id }) => id)]);
        return [`start:${name}`, `end:${name}`];
      });
    const input = {
      ...inputFor({ ...spec, settings: { b: { url: 'x' }, a: {} } }, facts),
      executors: [loud('b'), loud('a'), loud('c')],
    };
    const { steps } = aroundRun(input, [], [step('transfer:photos')]);
    expect(steps.map(({ id }) => id)).toEqual(['start:a', 'start:b', 'transfer:photos', 'end:a', 'end:b']);
    expect(seen).toEqual([
      [{}, ['transfer:photos']],
      [{ url: 'x' }, ['transfer:photos']],
    ]);
  });
});
