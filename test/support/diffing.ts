import { assumedFacts } from '../../src/planner/facts/assumed.ts';
import type { DiffDocument } from '../../src/planner/model/diff.ts';
import type { Facts } from '../../src/planner/model/facts.ts';
import type { Spec } from '../../src/planner/model/spec.ts';
import { decodeFacts } from '../../src/planner/plan-file/decode.ts';
import { diffPlans, type Side } from '../../src/planner/spec-diff/index.ts';
import { planOf, specFrom } from './planning.ts';

export type FactsFor = (spec: Spec) => Facts;

/** Recorded facts from the text of a facts file; without one those of a plan from the spec alone. */
export function factsFor(text: string | null): FactsFor {
  if (text === null) {
    const given = {
      observedAt: '2026-03-10T12:00:00.000Z',
      machine: { hostname: 'laptop', user: 'ada' },
      filterFiles: {},
    };
    return (spec) => assumedFacts(spec, given);
  }
  const facts = decodeFacts(text, 'facts.json');
  if (!facts.ok) throw new Error(facts.findings.map(({ message }) => message).join('\n'));
  return () => facts.value;
}

/** What `nbkp diff` compares. */
export function diffOf(a: string, b: string, facts: FactsFor = factsFor(null)): DiffDocument {
  return diffPlans(side('a.toml', a, facts), side('b.toml', b, facts));
}

function side(source: string, toml: string, factsOf: FactsFor): Side {
  const spec = specFrom(toml, source);
  const facts = factsOf(spec);
  return { side: { source, kind: 'spec', digest: spec.digest }, plan: planOf(spec, facts), from: { spec, facts } };
}
