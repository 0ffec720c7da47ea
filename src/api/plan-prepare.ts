import { volumeQuestion } from '../planner/facts/questions.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { Plan } from '../planner/model/plan.ts';
import type { Spec, Volume } from '../planner/model/spec.ts';
import { buildPrepare } from '../planner/purposes/prepare.ts';
import { makeMarkFolders } from '../store/mark-folders.ts';
import { namedSyncs, namedVolumes } from './named.ts';
import type { Doing } from './plan-backup.ts';
import { requestOf } from './request.ts';
import { upgradedPreviews } from './upgraded-previews.ts';
import { observeWorld, planInput, type Workspace } from './workspace.ts';

interface Preparation {
  facts: Facts;
  /** Of the tool's own records, and of dry runs that failed. */
  remarks: Finding[];
  /** The plan for these volumes alone; all that syncs use for none. */
  planFor: (names: readonly string[]) => Plan;
}

interface PrepareOptions {
  here: boolean;
  takeOver: boolean;
  /** Syncs whose copies are to keep all that both ends can hold. */
  upgradeOptions: readonly string[];
  doing?: Doing;
}

/** Observes what `prepare` needs to know, once for whatever volumes are chosen. */
export async function preparing(
  workspace: Workspace,
  volumes: readonly Volume[],
  { here, takeOver, upgradeOptions, doing }: PrepareOptions,
): Promise<Preparation> {
  const unmade = makeMarkFolders(workspace.spec);
  const { facts: observed, findings } = await observeWorld(workspace, undefined, volumes.map(volumeQuestion));
  const { facts, problems } = await upgradedPreviews(workspace, observed, { only: upgradeOptions, doing });
  const asked = {
    ...(here ? { here: true as const } : {}),
    ...(takeOver ? { takeOver: true as const } : {}),
    ...(upgradeOptions.length === 0 ? {} : { upgradeOptions: [...upgradeOptions] }),
  };
  const planFor = (names: readonly string[]): Plan =>
    buildPrepare(planInput(workspace, facts, requestOf({}, { volumes: [...names], ...asked })));
  return { facts, remarks: [...unmade, ...findings, ...problems], planFor };
}

/**
 * The volumes that were named, else those of the copies that are to keep more.
 *
 * @throws UsageError for names that the spec does not have
 */
export function toPrepare(spec: Spec, names: readonly string[], upgrades: readonly string[]): Volume[] {
  const syncs = upgrades.length === 0 ? [] : namedSyncs(spec, { only: [...upgrades], exclude: [] });
  return namedVolumes(spec, names.length > 0 ? names : syncs.map(({ destination }) => destination.volume));
}
