import { volumesDocument } from '../planner/documents/status.ts';
import { volumeQuestion } from '../planner/facts/questions.ts';
import type { VolumesDocument } from '../planner/model/documents.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Plan, PlanInput } from '../planner/model/plan.ts';
import { volumeNamed, type Spec, type Sync, type Volume } from '../planner/model/spec.ts';
import { buildClosing, buildMount, buildOpening, buildUnmount } from '../planner/purposes/by-hand.ts';
import { namedVolumes } from './named.ts';
import type { Planned } from './plan-backup.ts';
import { requestOf } from './request.ts';
import { UsageError } from './usage-error.ts';
import { observeWorld, planInput, type Workspace } from './workspace.ts';

/**
 * What opens or closes drives by hand.
 *
 * @param names of volumes; none: those that it makes sense for
 * @throws UsageError for a volume that is no drive
 */
export async function planByHand(
  workspace: Workspace,
  purpose: 'mount' | 'unmount',
  names: readonly string[],
): Promise<Planned> {
  const wanted = namedDrives(workspace.spec, names);
  const facts = await seenDrives(workspace, wanted);
  const closes = purpose === 'unmount';
  const volumes = names.length === 0 && closes ? wanted.filter(({ name }) => isOpened(facts, name)) : wanted;
  const asked = names.length === 0 ? [] : volumes.map(({ name }) => name);
  const input = planInput(workspace, facts, requestOf({}, { volumes: asked }));
  return { plan: closes ? buildUnmount(input, volumes) : buildMount(input, volumes), facts, remarks: [] };
}

/** What opens drives for a look at what is on them: those that are plugged in and closed. */
export function planOpening(workspace: Workspace, volumes: readonly Volume[]): Promise<Planned> {
  return planForLook(workspace, volumes, buildOpening);
}

/** What closes them again. */
export function planClosing(workspace: Workspace, volumes: readonly Volume[]): Promise<Planned> {
  return planForLook(workspace, volumes, buildClosing);
}

async function planForLook(
  workspace: Workspace,
  volumes: readonly Volume[],
  build: (input: PlanInput, volumes: readonly Volume[]) => Plan,
): Promise<Planned> {
  const facts = await seenDrives(workspace, volumes);
  const request = requestOf({}, { volumes: volumes.map(({ name }) => name) });
  return { plan: build(planInput(workspace, facts, request), volumes), facts, remarks: [], seen: true };
}

/**
 * Drives and volumes that executors provide, as they are now.
 *
 * @param names of those that are wanted; undefined for all
 */
export async function volumesOf(workspace: Workspace, names: readonly string[] | undefined): Promise<VolumesDocument> {
  const { spec } = workspace;
  const volumes = listed(spec, names);
  return volumesDocument(spec, await seenDrives(workspace, volumes), volumes, names);
}

/** The drives that are wanted, and what volumes that executors provide lie on. */
function listed(spec: Spec, names: readonly string[] | undefined): Volume[] {
  const provided = Object.values(spec.provided ?? {}).filter(({ name }) => names?.includes(name) !== false);
  const others = names?.filter((name) => spec.provided?.[name] === undefined);
  const drives = others?.length === 0 ? [] : namedDrives(spec, others ?? []);
  const below = provided.map(({ name, on }) => volumeNamed(spec, on?.volume ?? name));
  return [...new Set([...drives, ...below])];
}

/** The drives that syncs copy from and to. */
export function drivesOf({ spec }: Workspace, syncs: readonly Sync[]): Volume[] {
  const names = new Set(syncs.flatMap(({ source, destination }) => [source.volume, destination.volume]));
  return [...names].flatMap((name) => spec.volumes[name] ?? []).filter(({ mount }) => mount !== null);
}

/** All drives of the spec without names; one that is named has to be a drive. */
function namedDrives(spec: Spec, names: readonly string[]): Volume[] {
  const drives = Object.values(spec.volumes).filter(({ mount }) => mount !== null);
  if (names.length === 0) return drives;
  return namedVolumes(spec, names).map((volume) => {
    if (volume.mount !== null) return volume;
    const known = drives.map(({ name }) => name).join(', ');
    throw new UsageError(
      `${volume.name} is no drive: the spec has no mount.device-uuid for it.`,
      known === '' ? 'The spec has no drives.' : `Drives are: ${known}`,
    );
  });
}

/** Facts about drives, and about nothing else. */
async function seenDrives(workspace: Workspace, drives: readonly Volume[]): Promise<Facts> {
  const { facts } = await observeWorld(workspace, [], drives.map(volumeQuestion));
  return facts;
}

function isOpened({ volumes }: Facts, name: string): boolean {
  return volumes[name]?.drive?.opened !== undefined;
}
