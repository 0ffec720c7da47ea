import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Plan } from '../../src/planner/model/plan.ts';
import { canonical } from '../../src/planner/model/canonical.ts';
import { planOf } from '../support/planning.ts';
import { readScenario } from '../support/scenarios.ts';
import { scenes, tomlOf } from './worlds.ts';

/** What one Node makes of specs and facts. */
export interface PlanBytes {
  /** `v24.1.0`. */
  node: string;
  /** Of each golden scenario: the digests of the canonical plan that came up, each once. */
  scenarios: Record<string, string[]>;
  /** The digest of each random world's canonical plan. The seed makes the worlds the same everywhere. */
  worlds: string[];
}

/*
 * A program of its own, so that any Node can run it: FOLDER-OF-SCENARIOS ROUNDS WORLDS. In each round every scenario is
 * read and planned anew.
 */
const [folder = '', rounds = '', worlds = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify({ node: process.version, scenarios: ofScenarios(), worlds: ofWorlds() }));

function ofScenarios(): PlanBytes['scenarios'] {
  const seen = new Map(readdirSync(folder).map((name) => [name, new Set<string>()]));
  for (let round = 0; round < Number(rounds); round += 1) {
    for (const [name, digests] of seen) {
      const { spec, facts, request } = readScenario(join(folder, name));
      digests.add(digestOf(planOf(spec, facts, request)));
    }
  }
  return Object.fromEntries([...seen].map(([name, digests]) => [name, [...digests]]));
}

function ofWorlds(): string[] {
  return fc
    .sample(scenes, { numRuns: Number(worlds), seed: 1 })
    .map(({ tables, facts, request, purpose }) => digestOf(planOf(tomlOf(tables), facts, request, purpose)));
}

function digestOf(plan: Plan): string {
  return createHash('sha256').update(canonical(plan)).digest('hex');
}
