import { join } from 'node:path';
import { asPrepared } from '../planner/init/as-prepared.ts';
import { firstSpec, type Choices } from '../planner/init/first-spec.ts';
import { isRefused, snapshotsFor } from '../planner/init/of-one-moment.ts';
import { hasErrors, type Finding } from '../planner/model/finding.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Plan } from '../planner/model/plan.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import type { Sync } from '../planner/model/spec.ts';
import { buildPlan } from '../planner/purposes/backup.ts';
import { readSpec } from '../planner/spec/index.ts';
import { oneDiskRemarks } from '../planner/volumes/one-disk.ts';
import { formatBytes } from '../reporters/text/numbers.ts';
import { writeNewFile } from '../store/new-file.ts';
import { configDirectory } from '../store/spec-file.ts';
import type { Discovery } from './discovery.ts';
import { BUILT_IN_ONLY } from './installed-executors.ts';
import { requestOf } from './request.ts';
import type { Surroundings } from './surroundings.ts';
import { observeWorld, planInput, workspaceOf, type Workspace } from './workspace.ts';

export { newFileProblem } from '../store/new-file.ts';

/** A spec that was never written, and what comes of it. */
export interface FirstSpec {
  toml: string;
  /** Of the spec. */
  findings: Finding[];
  /** What the first run will do, once `prepare` has run. */
  plan: Plan;
  /** What such a backup is not worth. */
  remarks: Finding[];
}

/** Where a first spec is written when no place is named. */
export function usualPlace({ env }: Pick<Surroundings, 'env'>): string {
  return join(configDirectory(env), 'nbkp', 'nbkp.toml');
}

/**
 * A spec of what was chosen. It reads one moment of its source, where a snapshot of that can be made.
 *
 * @param written where it will be, and the schema that its first line names
 * @returns errors of the spec, and of a plan that would not run
 */
export async function proposeSpec(
  around: Surroundings,
  choices: Omit<Choices, 'source' | 'ofOneMoment'> & Pick<Discovery, 'source'>,
  written: { path: string; schema: string },
): Promise<Result<FirstSpec>> {
  const ofOneMoment = snapshotsFor(choices.source.directory);
  const first = await proposed(around, { ...choices, ofOneMoment }, written);
  if (!first.ok) return first;
  const taken = isRefused(first.value.plan)
    ? await proposed(around, { ...choices, ofOneMoment: null }, written)
    : first;
  return taken.ok && hasErrors(taken.value.plan.findings) ? failure(...taken.value.plan.findings) : taken;
}

async function proposed(
  around: Surroundings,
  choices: Choices,
  { path, schema }: { path: string; schema: string },
): Promise<Result<FirstSpec>> {
  const toml = firstSpec(choices, schema, formatBytes);
  const spec = readSpec(toml, path);
  if (!spec.ok) return spec;
  const syncs = Object.values(spec.value.syncs);
  const { plan, facts } = await planAsPrepared(around, { spec: spec.value, executors: BUILT_IN_ONLY }, syncs);
  const remarks = oneDiskRemarks({ spec: spec.value, facts }, syncs, 'any');
  return success({ toml, findings: spec.findings, plan, remarks });
}

/** What the first run of a spec does, once `prepare` has run. */
export async function planAsPrepared(
  around: Surroundings,
  read: Pick<Workspace, 'spec' | 'executors'>,
  syncs: readonly Sync[],
): Promise<{ plan: Plan; facts: Facts }> {
  const workspace = workspaceOf(around, read);
  const { facts } = await observeWorld(workspace, undefined);
  const plan = buildPlan(planInput(workspace, asPrepared(read.spec, facts), requestOf({})), syncs);
  return { plan, facts };
}

/** Writes it, with the folders above it. A file that is there is not replaced. */
export function writeFirstSpec(path: string, { toml }: FirstSpec): Result<null> {
  return writeNewFile(path, toml, { folder: true });
}
