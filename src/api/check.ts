import { observeDriveServices } from '../hosts/observe/drive-services.ts';
import { checkDocument } from '../planner/documents/check.ts';
import { driveQuestions } from '../planner/documents/drive-checks.ts';
import type { CheckDocument } from '../planner/model/documents.ts';
import type { DriveQuestion, DriveServices } from '../planner/model/drive-services.ts';
import type { Sync } from '../planner/model/spec.ts';
import { stateWarning } from '../store/state-directory.ts';
import type { Planned } from './plan-backup.ts';
import { sourceFindings } from './source-findings.ts';
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
  return { ...document, findings: [...document.findings, ...(await sourceFindings(workspace, input, syncs))] };
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
