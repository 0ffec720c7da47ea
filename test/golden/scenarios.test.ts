import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../src/planner/model/canonical.ts';
import { decodePlan } from '../../src/planner/plan-file/decode.ts';
import type { Facts } from '../../src/planner/model/facts.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import { planText } from '../../src/reporters/human/plan/plan.ts';
import { createStyle } from '../../src/reporters/style.ts';
import { planOf } from '../support/planning.ts';
import { readScenario } from '../support/scenarios.ts';

/**
 * Each folder is a story: `spec.toml` tells it, `facts.json` is what was observed, `request.json` (if there is one) what
 * was asked for beyond the defaults; `plan.json` and `diff.txt` are what has to come of it. UPDATE_GOLDEN=1 writes the
 * latter two anew.
 */
const SCENARIOS = fileURLToPath(new URL('scenarios', import.meta.url));
const NAMES = readdirSync(SCENARIOS).sort();

function read(name: string, file: string): string {
  return readFileSync(join(SCENARIOS, name, file), 'utf8');
}

function pretty(plan: Plan): string {
  return `${JSON.stringify(JSON.parse(canonical(plan)), null, 2)}\n`;
}

function asText(plan: Plan, facts: Facts): string {
  const files = Object.keys(facts.previews).length > 0;
  return planText(plan, { commands: false, files, all: false }, createStyle({ colour: false, width: 100 }));
}

function expectGolden(name: string, file: string, actual: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(join(SCENARIOS, name, file), actual);
  expect(actual, `${name}/${file}; UPDATE_GOLDEN=1 writes it anew`).toBe(read(name, file));
}

describe.each(NAMES)('scenario %s', (name) => {
  const { spec, facts, request } = readScenario(join(SCENARIOS, name));
  const plan = planOf(spec, facts, request);

  it('makes the plan that is checked in', () => {
    expectGolden(name, 'plan.json', pretty(plan));
  });

  it('reads as it did', () => {
    expectGolden(name, 'diff.txt', asText(plan, facts));
  });

  it('can be saved and read back', () => {
    expect(decodePlan(pretty(plan), 'plan.json')).toMatchObject({ ok: true, value: plan });
  });
});
