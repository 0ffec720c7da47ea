import { resolve } from 'node:path';
import type { DiffDocument } from '../planner/model/diff.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { diffPlans, type Side } from '../planner/spec-diff/index.ts';
import { plannedSide, readSide, sideOf, type SideOptions } from './diff-side.ts';
import { assumedAt, recorded } from './given-facts.ts';
import type { Surroundings } from './surroundings.ts';
import type { DiffOptions, SpecOrPlan } from './values.ts';
import type { Workspace } from './workspace.ts';

/** What a change of the spec changes in the plan. Observes nothing. */
export async function differing(
  { around, cwd, workspace }: { around: Surroundings; cwd: string; workspace: Workspace },
  { from, to, facts, outsideFiles = false }: DiffOptions,
): Promise<Result<DiffDocument>> {
  const options: SideOptions = {
    around,
    transport: workspace.local,
    at: (name) => resolve(cwd, name),
    facts: facts === undefined ? assumedAt(around.now()) : recorded(facts),
    outside: outsideFiles,
  };
  const a = await sideFrom(from, options);
  const b = to === undefined ? success(openSide(workspace, options)) : await sideFrom(to, options);
  const findings = [...a.findings, ...b.findings];
  return a.ok && b.ok ? success(diffPlans(a.value, b.value), findings) : failure(...findings);
}

function sideFrom(given: SpecOrPlan, options: SideOptions): Promise<Result<Side>> {
  if (typeof given === 'string') return readSide(given, options);
  if ('text' in given) return sideOf({ source: 'nbkp.toml', text: given.text }, options);
  return sideOf({ source: `plan of ${given.createdAt}`, text: JSON.stringify(given) }, options);
}

function openSide(workspace: Workspace, { facts, outside }: SideOptions): Side {
  const { owners } = workspace.filters;
  return plannedSide(workspace.spec.path, workspace, (spec) => facts(spec, { owners, outside }));
}
