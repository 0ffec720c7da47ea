import { resolve } from 'node:path';
import { childEnvironment } from '../hosts/transport/environment.ts';
import { localTransport } from '../hosts/transport/local.ts';
import type { DiffDocument } from '../planner/model/diff.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { diffPlans, type Side } from '../planner/spec-diff/index.ts';
import { locateSpec } from '../store/spec-file.ts';
import { plannedSide, readSide, sideOf, type SideOptions } from './diff-side.ts';
import { assumedAt, recorded } from './given-facts.ts';
import type { Surroundings } from './surroundings.ts';
import type { DiffOptions, SpecOrPlan } from './values.ts';
import type { Workspace } from './workspace.ts';

export { isSame } from '../planner/spec-diff/index.ts';

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
  return difference(
    await sideFrom(from, options),
    to === undefined ? success(openSide(workspace, options)) : await sideFrom(to, options),
  );
}

/**
 * What differs between two files, or the same in revisions of git: see `readSide`.
 *
 * @param names the second one is the spec that is found where it is not named
 */
export async function differingFiles(
  around: Surroundings,
  names: { a: string; b: string | undefined; spec: string | undefined },
  given: Pick<SideOptions, 'facts' | 'outside'>,
): Promise<Result<DiffDocument>> {
  const located = names.b === undefined ? locateSpec(names.spec, around.env) : success({ path: names.b });
  if (!located.ok) return located;
  const transport = localTransport(childEnvironment(around.env));
  const options: SideOptions = { ...given, around, transport, at: (name) => name };
  return difference(await readSide(names.a, options), await readSide(located.value.path, options));
}

function difference(a: Result<Side>, b: Result<Side>): Result<DiffDocument> {
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
