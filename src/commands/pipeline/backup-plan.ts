import { countPrunable } from '../../hosts/observe/prunable.ts';
import { previewTransfer } from '../../hosts/rsync/preview.ts';
import { runnerFor } from '../../hosts/world.ts';
import { buildPlan } from '../../planner/purposes/backup.ts';
import { volumeQuestion } from '../../planner/facts/questions.ts';
import type { Facts, Prunable, TransferPreview } from '../../planner/model/facts.ts';
import type { Finding } from '../../planner/model/finding.ts';
import type { Plan } from '../../planner/model/plan.ts';
import { requestOf, type RequestFlags } from './flags.ts';
import { namedSyncs, namedVolumes } from './named.ts';
import { waitForWriters, type Patience } from './wait.ts';
import { observeWorld, planInput, type Workspace } from './workspace.ts';

/** A plan and what it was made from. */
export interface Planned {
  plan: Plan;
  facts: Facts;
  /** What beside the plan is worth saying: of the tool's own records, and of dry runs that failed. */
  remarks: Finding[];
  /** Milliseconds that are left for waiting for other runs. */
  waitMs?: number;
  /** It comes from a file, and so can be run once. */
  once?: boolean;
  /** A person has agreed to it: exactly that is run. */
  seen?: boolean;
}

interface PlanningOptions {
  purpose?: 'backup' | 'prune';
  /** Makes a dry run of each transfer first, so that the plan knows what changes. */
  files?: boolean;
  /** In place of observing; no dry run is made either. */
  given?: Facts | undefined;
  /** For other runs, which change what has to be planned. */
  wait?: Patience;
}

/**
 * From the spec to the plan: what must be known is observed, then the pure planner decides.
 *
 * @throws UsageError for names that the spec does not have
 */
export async function planBackup(
  workspace: Workspace,
  flags: RequestFlags & { require?: string[] | undefined },
  { purpose = 'backup', files = false, given, wait }: PlanningOptions = {},
): Promise<Planned> {
  const { spec } = workspace;
  const request = requestOf(flags);
  const syncs = namedSyncs(spec, request);
  const names = syncs.map((sync) => sync.name);
  // The syncs may not touch them.
  const required = namedVolumes(spec, flags.require ?? []).map(volumeQuestion);
  const plan = (facts: Facts): Plan => buildPlan(planInput(workspace, facts, request), syncs, purpose);
  if (given !== undefined) return { plan: plan(given), facts: given, remarks: [] };
  const look = async (): Promise<Planned> => {
    const { facts, findings } = await observeWorld(workspace, names, required);
    return { plan: plan(facts), facts, remarks: findings };
  };
  const first = await patiently(workspace, look, wait);
  if (!files) return first;
  // The first plan says which transfers there are; the second one knows what they would change.
  const { problems, ...seen } = await preview(workspace, first.plan);
  const facts = { ...first.facts, ...seen };
  return { ...first, plan: plan(facts), facts, remarks: [...first.remarks, ...problems] };
}

async function patiently(workspace: Workspace, look: () => Promise<Planned>, wait?: Patience): Promise<Planned> {
  const first = await look();
  if (wait === undefined || wait.ms === 0) return first;
  const { waited, leftMs } = await waitForWriters(workspace, first.plan, wait);
  return { ...(waited ? await look() : first), waitMs: leftMs };
}

/** One after the other: dry runs of syncs on one drive would only get in each other's way. */
async function preview(
  workspace: Workspace,
  plan: Plan,
): Promise<{ previews: Record<string, TransferPreview>; prunable: Record<string, Prunable>; problems: Finding[] }> {
  const previews: Record<string, TransferPreview> = {};
  const prunable: Record<string, Prunable> = {};
  const problems: Finding[] = [];
  for (const step of plan.steps) {
    if (step.deferred !== undefined || step.sync === undefined) continue;
    const counted = await countPrunable(step, runnerFor(workspace.world, step));
    if (counted !== null) prunable[step.sync] = counted;
    // What a plugin would copy only it knows.
    if (step.kind !== 'transfer' || step.executor.name !== 'rsync') continue;
    const seen = await previewTransfer(step, runnerFor(workspace.world, step));
    problems.push(...seen.findings);
    if (seen.ok) previews[step.sync] = seen.value;
  }
  return { previews, prunable, problems };
}
