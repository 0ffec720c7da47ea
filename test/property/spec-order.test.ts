import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from '../../src/planner/model/finding.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import { canonical } from '../../src/planner/model/canonical.ts';
import { readScenario } from '../support/scenarios.ts';
import { planOf } from '../support/planning.ts';
import { scenes, tomlOf } from './worlds.ts';

const SCENARIOS = join(import.meta.dirname, '../golden/scenarios');
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

it('a plan is the same byte for byte, and so is its id, whatever the order of the tables and keys in the spec', () => {
  let moved = 0;
  fc.assert(
    fc.property(shuffled, ([{ tables, facts, request, purpose }, others]) => {
      const planIn = (order: string[]): Plan => planOf(tomlOf(order), facts, request, purpose);
      if (tables.join() !== others.join()) moved += 1;
      expectSame(planIn(others), planIn(tables));
    }),
    RUNS,
  );
  expect(moved).toBeGreaterThan(RUNS.numRuns / 2);
});

it.each(readdirSync(SCENARIOS))('the plan of the scenario %s is the same when its tables stand backwards', (name) => {
  const { spec, facts, request } = readScenario(join(SCENARIOS, name));
  const [top = '', ...tables] = spec.split(/^(?=\[)/m);
  const planIn = (order: string[]): Plan => planOf([top, ...order].join('\n'), facts, request);
  expectSame(planIn(tables.toReversed()), planIn(tables));
});

function expectSame(after: Plan, before: Plan): void {
  expect(canonical({ ...after, findings: [] })).toBe(canonical({ ...before, findings: [] }));
  expect(canonical(after.findings.map(withoutPlace))).toBe(canonical(before.findings.map(withoutPlace)));
}

/** The line that a remark points to is the one thing that moves. */
function withoutPlace(finding: Finding): object {
  return { ...finding, location: null, excerpt: null };
}
