import { resolvePaths } from '../hosts/browse/resolve-paths.ts';
import type { HostFolder } from '../hosts/folder.ts';
import { previewRestore } from '../hosts/restore/preview.ts';
import { runnerFor } from '../hosts/world.ts';
import { copyName } from '../planner/model/copy-name.ts';
import { chooseCopy, type Copy } from '../planner/documents/chosen-copy.ts';
import { restoreParams } from '../planner/kinds/restore/command.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import type { Plan, PlanRequest, RestoreRequest } from '../planner/model/plan.ts';
import { questionsAboutPath } from '../planner/model/questions.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { hostAt, type Sync } from '../planner/model/spec.ts';
import type { Step } from '../planner/model/step.ts';
import { buildRestore } from '../planner/purposes/restore.ts';
import type { Planned } from './plan-backup.ts';
import { observeWorld, folderOf, planInput, type Workspace } from './workspace.ts';

/** Where a restore takes its files from. */
export interface RestoreOrigin {
  workspace: Workspace;
  sync: Sync;
  /** Null where a spec says what the destination is. */
  alone: DestinationAlone | null;
}

/** A destination that says of itself what it is. */
interface DestinationAlone {
  /** What was observed, as it is to be taken. */
  seenAs: (facts: Facts) => Facts;
  /** A finding that speaks of no spec. */
  about: (finding: Finding) => Finding;
}

/** A copy that is there, where one is to look around before it is restored from. */
export interface CopyThere extends Pick<Copy, 'snapshot'> {
  place: HostFolder;
  /** `SYNC@SNAPSHOT`, or `SYNC` where there are no snapshots. */
  name: string;
}

/** @param snapshot what `SYNC@SNAPSHOT` has after the `@`; null for the latest */
export async function copyToRestore(
  { workspace, sync, alone }: RestoreOrigin,
  snapshot: string | null,
): Promise<Result<CopyThere>> {
  const observed = await observeWorld(workspace, [sync.name]);
  const facts = alone?.seenAs(observed.facts) ?? observed.facts;
  const copy = chooseCopy({ spec: workspace.spec, facts }, sync, snapshot);
  if (!copy.ok) return failure(...copy.findings.map((each) => alone?.about(each) ?? each));
  return success({ snapshot: copy.value.snapshot, place: folderOf(workspace, copy.value), name: copyName(copy.value) });
}

/** Plans a restore. It is always previewed, so the plan is made twice. */
export async function planRestore(
  origin: RestoreOrigin,
  request: PlanRequest,
  restore: RestoreRequest,
): Promise<Planned> {
  const { workspace, sync, alone } = origin;
  const build = (facts: Facts): Plan => buildRestore(planInput(workspace, facts, request), sync, restore);
  // All syncs, disabled ones too: no destination is to be restored into.
  const all = Object.keys(workspace.spec.syncs);
  const { facts: observed, findings } = await observeWorld(workspace, all, questionsAboutPath(restore.to));
  const facts = alone?.seenAs(observed) ?? observed;
  const plan = build(facts);
  const [first] = plan.steps;
  // What only its executor can read cannot be looked at beforehand.
  if (first !== undefined && sync.stored !== undefined) return { plan, facts, remarks: findings };
  if (first === undefined) {
    const told = plan.findings.map((each) => alone?.about(each) ?? each);
    return { plan: { ...plan, findings: told }, facts, remarks: findings };
  }
  const found = await lookUp(origin, first);
  if (!found.ok) return { plan, facts, remarks: [...findings, ...found.findings] };
  const exact = { ...facts, found: found.value };
  const [step = first] = build(exact).steps;
  const seen = await previewRestore(step, runnerFor(workspace.world, step));
  const remarks = [...findings, ...seen.findings];
  if (!seen.ok) return { plan, facts, remarks };
  const known = { ...exact, previews: { [sync.name]: seen.value } };
  return { plan: build(known), facts: known, remarks };
}

/** What was asked for is looked up before rsync runs: its own answer names neither what is near nor the reason. */
function lookUp({ workspace, sync, alone }: RestoreOrigin, step: Step): Promise<Result<Record<string, string[]>>> {
  const { from, snapshot, parts } = restoreParams(step.params);
  const host = hostAt(workspace.spec, sync.destination.volume);
  const place = folderOf(workspace, { host, path: from });
  const copy = alone === null ? copyName({ sync: sync.name, snapshot }) : from;
  return resolvePaths(place, copy, parts[0]?.paths ?? []);
}
