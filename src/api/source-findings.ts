import { namesBelow } from '../hosts/observe/names-below.ts';
import { pathsMissing } from '../hosts/observe/paths-missing.ts';
import {
  namedPaths,
  nameRemarks,
  namesAnywhere,
  unmatched,
  unmatchedNames,
} from '../planner/documents/source-remarks.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { PlanInput } from '../planner/model/plan.ts';
import { endpointKey, hostAt, type Sync } from '../planner/model/spec.ts';
import type { Planned } from './plan-backup.ts';
import { planInput, type Workspace } from './workspace.ts';

/** A source with more than can be listed in this time is not told of. */
const PATIENCE_MS = 10_000;

/**
 * What only a look at the sources tells: names that no copy has, and filters that match nothing.
 *
 * @param patienceMs for all sources; each has ten seconds at most
 */
export async function sourceFindings(
  workspace: Workspace,
  input: PlanInput,
  syncs: readonly Sync[],
  patienceMs = Infinity,
): Promise<Finding[]> {
  const names = await namesIn(workspace, input, syncs, patienceMs);
  return [...names, ...(await filtersInVain(workspace, input, syncs))];
}

/** Filters that match nothing, of the syncs whose files a plan has looked at. */
export async function filtersOfPlan(
  workspace: Workspace,
  { plan, facts }: Planned,
  patienceMs?: number,
): Promise<Finding[]> {
  const syncs = Object.keys(facts.previews).flatMap((name) => workspace.spec.syncs[name] ?? []);
  const found = await sourceFindings(workspace, planInput(workspace, facts, plan.request), syncs, patienceMs);
  return found.filter(({ code }) => code === 'filter-matches-nothing');
}

/** Looks through each source for names that no copy has, and for those that filters are about. */
async function namesIn(
  { world }: Workspace,
  input: PlanInput,
  syncs: readonly Sync[],
  patienceMs: number,
): Promise<Finding[]> {
  const found: Finding[] = [];
  const patience = Date.now() + patienceMs;
  for (const sync of syncs) {
    const timeoutMs = Math.min(PATIENCE_MS, patience - Date.now());
    const there = input.facts.endpoints[endpointKey(sync.source)];
    const transport = world.transport(hostAt(input.spec, sync.source.volume));
    if (there?.directory == null || transport === undefined) continue;
    const names = namesAnywhere(input, sync);
    const below = timeoutMs > 0 ? await namesBelow(transport, there.path, names, timeoutMs) : null;
    found.push(...nameRemarks(input, sync, below?.own ?? null), ...unmatchedNames(input, sync, below?.missing ?? []));
  }
  return found;
}

/** Looks on each host for what filters name. */
async function filtersInVain({ world }: Workspace, input: PlanInput, syncs: readonly Sync[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const host of Object.keys(input.facts.hosts)) {
    const transport = world.transport(host);
    const paths = namedPaths(input, syncs, host);
    if (transport === undefined || paths.length === 0) continue;
    found.push(...unmatched(input, syncs, host, await pathsMissing(transport, paths)));
  }
  return found;
}
