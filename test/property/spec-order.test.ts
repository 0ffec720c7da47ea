import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import { canonical } from '../../src/planner/plan-file/canonical.ts';
import { planOf } from '../support/planning.ts';
import { scenes, tomlOf } from './worlds.ts';

const RUNS = { numRuns: 120 };

/** A scene, and its tables with their keys in another order. */
const shuffled = scenes.chain((scene) =>
  fc.tuple(
    fc.constant(scene),
    inAnyOrder(scene.tables).chain((tables) => fc.tuple(...tables.map(linesInAnyOrder))),
  ),
);

function inAnyOrder(values: string[]): fc.Arbitrary<string[]> {
  return fc.shuffledSubarray(values, { minLength: values.length, maxLength: values.length });
}

/** The first line names the table. */
function linesInAnyOrder(table: string): fc.Arbitrary<string> {
  const [header = '', ...keys] = table.split('\n');
  return inAnyOrder(keys).map((lines) => [header, ...lines].join('\n'));
}

/**
 * A plan without what tells where in the file something stands: the digest of its bytes, lines and columns, and which
 * of two syncs comes first.
 */
function withoutPlaces(plan: Plan): object {
  const { spec, syncs, steps, findings } = plan;
  return {
    ...plan,
    id: '',
    spec: { ...spec, digest: '' },
    syncs: sorted(syncs),
    steps: sorted(steps),
    findings: sorted(findings.map((finding) => ({ ...finding, location: undefined, excerpt: undefined }))),
  };
}

function sorted(values: readonly object[]): object[] {
  return values.toSorted((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
}

it('a plan has the same canonical bytes whatever the order of the tables and keys in the spec', () => {
  let moved = 0;
  fc.assert(
    fc.property(shuffled, ([{ tables, facts, request, purpose }, others]) => {
      const planIn = (order: string[]): Plan => planOf(tomlOf(order), facts, request, purpose);
      const [before, after] = [planIn(tables), planIn(others)];
      if (canonical(before.syncs) !== canonical(after.syncs)) moved += 1;
      expect(canonical(withoutPlaces(after))).toBe(canonical(withoutPlaces(before)));
    }),
    RUNS,
  );
  expect(moved).toBeGreaterThan(RUNS.numRuns / 4);
});
