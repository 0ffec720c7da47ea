import { observeDriveServices } from '../hosts/observe/drive-services.ts';
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
import { checkDocument } from '../planner/documents/check.ts';
import { driveQuestions } from '../planner/documents/drive-checks.ts';
import type { CheckDocument } from '../planner/model/documents.ts';
import type { DriveQuestion, DriveServices } from '../planner/model/drive-services.ts';
import { endpointKey, hostAt, type Sync } from '../planner/model/spec.ts';
import { stateWarning } from '../store/state-directory.ts';
import type { Planned } from './plan-backup.ts';
import { planInput, type Workspace } from './workspace.ts';

/** Every precondition of these syncs, each tried as a run needs it. */
export async function checked(
  workspace: Workspace,
  { plan, facts }: Planned,
  syncs: readonly Sync[],
): Promise<CheckDocument> {
  const unwritable = stateWarning(workspace.state);
  const input = planInput(workspace, facts, plan.request);
  const document = checkDocument(input, syncs, plan, {
    machine: unwritable === null ? [] : [unwritable],
    services: await driveServices(workspace, driveQuestions(workspace.spec, syncs)),
  });
  const names = await namesIn(workspace, input, syncs);
  return { ...document, findings: [...document.findings, ...names, ...(await filtersInVain(workspace, input, syncs))] };
}

/** Looks through each source for names that no copy has, and for those that filters are about. */
async function namesIn({ world }: Workspace, input: PlanInput, syncs: readonly Sync[]): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const sync of syncs) {
    const there = input.facts.endpoints[endpointKey(sync.source)];
    const transport = world.transport(hostAt(input.spec, sync.source.volume));
    if (there?.directory == null || transport === undefined) continue;
    const below = await namesBelow(transport, there.path, namesAnywhere(input, sync));
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

/** Tries for real what unlocking and mounting need, on each host that has drives. */
async function driveServices(
  { world }: Workspace,
  questions: ReadonlyMap<string, readonly DriveQuestion[]>,
): Promise<Map<string, DriveServices>> {
  const services = new Map<string, DriveServices>();
  for (const [host, drives] of questions) {
    const transport = world.transport(host);
    const seen = transport === undefined ? null : await observeDriveServices(transport, drives);
    if (seen !== null) services.set(host, seen);
  }
  return services;
}
