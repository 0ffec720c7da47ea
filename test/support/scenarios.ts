import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '../../src/planner/model/facts.ts';
import type { PlanRequest } from '../../src/planner/model/plan.ts';
import validateFacts from '../../src/planner/plan-file/generated/validate-facts.js';

/** One folder of test/golden/scenarios; `scenarios.test.ts` says what is in it. */
export interface Scenario {
  /** The text of the spec. */
  spec: string;
  facts: Facts;
  request: Partial<PlanRequest>;
}

export function readScenario(folder: string): Scenario {
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const facts: unknown = JSON.parse(read('facts.json'));
  if (!validateFacts(facts)) {
    throw new Error(
      `${folder}/facts.json is not of schemas/facts.schema.json: ${JSON.stringify(validateFacts.errors)}`,
    );
  }
  const asked = existsSync(join(folder, 'request.json')) ? read('request.json') : '{}';
  return { spec: read('spec.toml'), facts, request: JSON.parse(asked) as Partial<PlanRequest> };
}
