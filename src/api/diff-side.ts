import { readSpecFile } from '../store/spec-file.ts';
import { isRevision, readRevision } from '../store/git-revision.ts';
import type { Transport } from '../hosts/transport/transport.ts';
import { buildPlan } from '../planner/purposes/backup.ts';
import { selectSyncs } from '../planner/compile/select.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Spec } from '../planner/model/spec.ts';
import { success, type Result } from '../planner/model/result.ts';
import { decodePlan } from '../planner/plan-file/decode.ts';
import type { Side } from '../planner/spec-diff/index.ts';
import type { FactsSource } from './given-facts.ts';
import { requestOf } from './request.ts';
import type { Surroundings } from './surroundings.ts';
import { planInput, readSpecAndPlugins, type Workspace } from './workspace.ts';

export interface SideOptions {
  around: Surroundings;
  transport: Transport;
  /** The path of a file by its name: what relative ones begin at. */
  at: (name: string) => string;
  facts: FactsSource;
  /** Whether filter files outside of the spec's folder are read. */
  outside: boolean;
}

/**
 * One side of a comparison: a spec or a plan file, or either in a git revision (`REVISION:PATH`). A file wins over a
 * revision of the same name. Nothing is observed.
 *
 * @returns errors of what was named: exit code 65
 */
export async function readSide(source: string, options: SideOptions): Promise<Result<Side>> {
  const { around, transport, at } = options;
  const owners: number[] = [];
  const text = isRevision(source, at)
    ? await readRevision(transport, source, at('.'))
    : textOf(at(source), around.user, owners);
  if (!text.ok) return text;
  const side = await sideOf({ source, text: text.value }, options, owners);
  return side.ok ? success(side.value, text.findings) : side;
}

/**
 * One side whose text is at hand.
 *
 * @param owners who may own filter files besides this user
 */
export async function sideOf(
  { source, text }: { source: string; text: string },
  { around, at, facts, outside }: SideOptions,
  owners: readonly number[] = [],
): Promise<Result<Side>> {
  if (text.trimStart().startsWith('{')) {
    const plan = decodePlan(text, source);
    if (!plan.ok) return plan;
    const side = { source, kind: 'plan' as const, digest: plan.value.spec.digest };
    return success({ side, plan: plan.value, from: null });
  }
  const spec = await readSpecAndPlugins(around, text, at(source), 'read');
  if (!spec.ok) return spec;
  const made = (of: Spec): Facts => facts(of, { owners, outside });
  return success(plannedSide(source, { ...spec.value, version: around.version }, made));
}

/** @param owners gets who may own filter files besides this user */
function textOf(path: string, user: Surroundings['user'], owners: number[]): Result<string> {
  const file = readSpecFile({ path, found: false }, { ...user, runs: false });
  if (!file.ok) return file;
  owners.push(...file.value.owners);
  return success(file.value.text, file.findings);
}

/** The side of a spec that is at hand. */
export function plannedSide(
  source: string,
  workspace: Pick<Workspace, 'spec' | 'executors' | 'version'>,
  factsOf: (spec: Spec) => Facts,
): Side {
  const { spec } = workspace;
  const facts = factsOf(spec);
  const request = requestOf({});
  const syncs = selectSyncs(spec, request);
  if (!syncs.ok) throw new Error('all syncs of a spec are in it');
  const plan = buildPlan(planInput(workspace, facts, request), syncs.value);
  return { side: { source, kind: 'spec', digest: spec.digest }, plan, from: { spec, facts } };
}
