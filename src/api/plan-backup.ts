import { alongDevices } from '../executors/run/along-devices.ts';
import { defaultParallel } from '../planner/model/parallel.ts';
import { countPrunable } from '../hosts/observe/prunable.ts';
import { previewTransfer } from '../hosts/rsync/preview.ts';
import { runnerFor } from '../hosts/world.ts';
import { buildPlan, type Purpose } from '../planner/purposes/backup.ts';
import { rotatingDrives } from '../planner/volumes/for-several.ts';
import { volumeQuestion } from '../planner/facts/questions.ts';
import type { Facts, Prunable, TransferPreview } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { Plan, PlanRequest } from '../planner/model/plan.ts';
import { namedSyncs, namedVolumes } from './named.ts';
import { isQuick, PATIENCE_MS } from './quick-look.ts';
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
  /** Syncs of which no dry run was made in the time that there was. */
  unseen?: string[];
}

export type Doing = (what: string | null) => void;

export interface PlanningOptions {
  purpose?: Purpose;
  /**
   * Makes a dry run of each transfer first, so that the plan knows what changes; `quickly`: only as far as that takes no longer
   * than somebody waits.
   */
  files?: boolean | 'quickly';
  /** In place of observing; no dry run is made either. */
  given?: Facts | undefined;
  /** Volumes that have to be there. */
  require?: readonly string[] | undefined;
  /** Dry runs at once. */
  parallel?: number | undefined;
  /** Told what takes a while, and null when it is over. */
  doing?: Doing | undefined;
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
  request: PlanRequest,
  { purpose = 'backup', files = false, given, wait, doing, require = [], parallel }: PlanningOptions = {},
): Promise<Planned> {
  const { spec } = workspace;
  const syncs = namedSyncs(spec, request);
  const names = syncs.map((sync) => sync.name);
  // The syncs may not touch them.
  const required = namedVolumes(spec, require).map(volumeQuestion);
  const plan = (facts: Facts): Plan => buildPlan(planInput(workspace, facts, request), syncs, purpose);
  if (given !== undefined) return { plan: plan(given), facts: given, remarks: [] };
  const look = async (): Promise<Planned> => {
    doing?.('looking at what is there');
    const { facts, findings } = await observeWorld(workspace, names, required);
    doing?.(null);
    return { plan: plan(facts), facts, remarks: findings };
  };
  const first = await patiently(workspace, look, wait);
  if (!files) return first;
  // The first plan says which transfers there are; the second one knows what they would change.
  const quickly = files === 'quickly';
  const { problems, unseen, ...seen } = await preview(workspace, first, { atOnce: parallel, doing, quickly });
  const facts = { ...first.facts, ...seen };
  const planned = { ...first, plan: plan(facts), facts, remarks: [...first.remarks, ...problems] };
  return quickly ? { ...planned, unseen } : planned;
}

async function patiently(workspace: Workspace, look: () => Promise<Planned>, wait?: Patience): Promise<Planned> {
  const first = await look();
  if (wait === undefined || wait.ms === 0) return first;
  const { waited, leftMs } = await waitForWriters(workspace, first.plan, wait);
  return { ...(waited ? await look() : first), waitMs: leftMs };
}

interface Preview {
  previews: Record<string, TransferPreview>;
  prunable: Record<string, Prunable>;
  problems: Finding[];
  /** Syncs of which a dry run was possible, and not made in the time that there was. */
  unseen: string[];
}

/** As many at once as the run has steps. On a drive that rotates they would only get in each other's way. */
export async function preview(
  workspace: Workspace,
  { plan, facts }: Pick<Planned, 'plan' | 'facts'>,
  {
    atOnce = workspace.spec.policy.parallel ?? defaultParallel(facts),
    doing,
    quickly = false,
  }: { atOnce?: number | undefined; doing?: Doing | undefined; quickly?: boolean },
): Promise<Preview> {
  // What a plugin would copy only it knows.
  const possible = plan.steps.filter(
    ({ kind, executor, deferred, sync }) =>
      deferred === undefined &&
      sync !== undefined &&
      (kind === 'prune' || (kind === 'transfer' && executor.name === 'rsync')),
  );
  const steps = quickly
    ? possible.filter(({ kind, sync = '' }) => kind === 'transfer' && isQuick(workspace, facts, sync))
    : possible;
  const seen: Preview = { previews: {}, prunable: {}, problems: [], unseen: [] };
  const looked = new Set<string>();
  let begun = 0;
  const { signal } = quickly ? { signal: AbortSignal.timeout(PATIENCE_MS) } : new AbortController();
  const drives = steps.map(({ sync = '' }) => ({ devices: rotatingDrives({ spec: workspace.spec, facts }, sync) }));
  const answers = await alongDevices(drives, atOnce, async (index) => {
    doing?.(`dry run ${++begun} of ${steps.length}`);
    const step = steps[index];
    if (step?.sync === undefined || signal.aborted) return null;
    const runner = runnerFor(workspace.world, step);
    return step.kind === 'prune'
      ? { sync: step.sync, counted: await countPrunable(step, runner) }
      : {
          sync: step.sync,
          dryRun: await previewTransfer(step, runner, {
            ...{ signal, history: facts.history[step.sync] ?? null },
            isRoot: isRoot(facts, step.host),
          }),
        };
  });
  doing?.(null);
  for (const answer of answers) {
    if (answer?.counted) seen.prunable[answer.sync] = answer.counted;
    if (answer?.dryRun === undefined || (signal.aborted && !answer.dryRun.ok)) continue;
    looked.add(answer.sync);
    seen.problems.push(...answer.dryRun.findings);
    if (answer.dryRun.ok) seen.previews[answer.sync] = answer.dryRun.value;
  }
  seen.unseen = possible.flatMap(({ kind, sync }) =>
    kind === 'transfer' && sync !== undefined && !looked.has(sync) ? sync : [],
  );
  return seen;
}

function isRoot({ hosts }: Facts, name: string): boolean {
  const host = hosts[name];
  return host?.reachable === true && host.uid === 0;
}
