import type { EndpointFacts, MountFacts } from '../model/facts.ts';
import { hasErrors, type Finding, locate, type Remark } from '../model/finding.ts';
import type { Plan, PlanInput } from '../model/plan.ts';
import { endpointKey, type Endpoint, type Sync, type Volume } from '../model/spec.ts';
import { identityPlaceholder, type Step } from '../model/step.ts';
import { tryCommand } from '../kinds/create/try-command.ts';
import { needsTrial, trialType } from '../file-systems/of.ts';
import { foldersCommand, identitiesIn, markCommand } from '../kinds/create/commands.ts';
import { createStep, type Root } from './prepare-step.ts';
import { drawnIds, isUpgraded, ownerCommands, takesOver, type Drawn } from './prepare-identity.ts';
import { remarksOn } from './prepare-remarks.ts';
import { openable } from '../compile/openings.ts';
import { historyOf, placeless } from '../compile/stored.ts';
import { finishPlan } from '../compile/finish.ts';
import { leadsOut } from '../volumes/contained.ts';
import { isOnMac, unreached, whyAbsent } from '../volumes/reachable.ts';
import { lacksId, markedByNewer, markSource, ownership, toTakeOver } from '../volumes/identity.ts';
import { endNotMarked, volumeNotMarked } from '../volumes/marks.ts';
import { isBelow } from '../model/paths.ts';
import { oneDiskRemarks } from '../volumes/one-disk.ts';
import { lastMount, lastMountOf } from '../volumes/unmarked.ts';
import { destinationOnMac, nothingKnown } from '../model/findings/servers.ts';
import { destinationOwned, ownerText } from '../model/findings/destinations.ts';
import { mountpointEmpty, sourceMissing, volumeNotWritable } from '../model/findings/presence.ts';

/** An endpoint with everything that syncs want to do with it. */
interface Role {
  key: string;
  volume: string;
  /** A sync that reads it. */
  readBy: Sync | null;
  /** One that reads a temporary snapshot of it. */
  snapshotBy: Sync | null;
  /** The sync that writes there. */
  filledBy: Sync | null;
}

/**
 * Plans sentinels, directories and subvolumes for the volumes of the request (none named: all that syncs use).
 * A volume's own directory is never created: where a drive is absent, that would be its bare mountpoint.
 */
export function buildPrepare(input: PlanInput): Plan {
  const { spec, request } = input;
  const roles = rolesOf(Object.values(spec.syncs).filter((sync) => sync.enabled));
  const named = new Set(request.volumes);
  const volumes = Object.values(spec.volumes).filter((volume) =>
    named.size === 0 ? roles.has(volume.name) : named.has(volume.name),
  );
  const planned = (ids: Drawn) =>
    volumes.map((volume) => prepareVolume(input, volume, roles.get(volume.name) ?? [], ids));
  const parts = planned(drawnIds(planned(new Map())));
  const possible = volumes.filter((_, index) => !hasErrors(parts[index]?.findings ?? []));
  return finishPlan(input, 'prepare', {
    syncs: [],
    steps: parts.flatMap((part) => part.steps),
    findings: [...parts.flatMap((part) => part.findings), ...oneDiskRemarks(input, syncsTo(input, possible), 'any')],
  });
}

function syncsTo({ spec }: PlanInput, volumes: readonly Volume[]): Sync[] {
  const names = new Set(volumes.map(({ name }) => name));
  return Object.values(spec.syncs).filter(({ destination }) => names.has(destination.volume));
}

/** By volume. */
function rolesOf(syncs: readonly Sync[]): Map<string, Role[]> {
  const roles = new Map<string, Role>();
  const role = (endpoint: Endpoint): Role => {
    const key = endpointKey(endpoint);
    const known = roles.get(key) ?? { key, volume: endpoint.volume, readBy: null, snapshotBy: null, filledBy: null };
    roles.set(key, known);
    return known;
  };
  for (const sync of syncs) {
    role(sync.source).readBy ??= sync;
    if (sync.sourceSnapshot !== null) role(sync.source).snapshotBy ??= sync;
    role(sync.destination).filledBy = sync;
  }
  const byVolume = new Map<string, Role[]>();
  for (const each of roles.values()) {
    const known = byVolume.get(each.volume);
    if (known === undefined) byVolume.set(each.volume, [each]);
    else known.push(each);
  }
  return byVolume;
}

function prepareVolume(
  input: PlanInput,
  volume: Volume,
  roles: readonly Role[],
  drawn: Drawn,
): { steps: Step[]; findings: Finding[] } {
  const at = locate(input.spec, `/volumes/${volume.name}`);
  const observed = input.facts.volumes[volume.name];
  const bare = bareMountpoint(input, volume);
  if (bare !== null && input.request.here !== true) {
    return { steps: [], findings: [{ ...bare, ...at, volume: volume.name }] };
  }
  const unavailable = bare === null ? (closedDrive(input, volume) ?? whyAbsent(volume, input.facts)) : null;
  const directory = observed?.directory;
  if (unavailable !== null || observed?.path == null || directory == null) {
    const remark = unavailable ?? nothingKnown(volume.name);
    return { steps: [], findings: [{ severity: 'info', ...at, volume: volume.name, ...remark }] };
  }
  if (!directory.writable) {
    return { steps: [], findings: [{ ...volumeNotWritable(observed.path), ...at, volume: volume.name }] };
  }
  const foreign = volumeNotMarked(observed, volume.name);
  if (foreign !== null) return { steps: [], findings: [{ severity: 'error', ...at, ...foreign }] };
  const place = { directory, drive: observed.drive };
  const parts = roles.map((role) => prepareEndpoint(input, volume, role, place, drawn));
  const tried = hasErrors(parts.flatMap(({ findings }) => findings)) ? [] : tries(input, roles, observed.path, place);
  // What is tried is written into the mark.
  const own = observed.sentinel || tried.length > 0 ? tried : [markCommand(`${observed.path}/.nbkp-vol`)];
  const summary = [
    ...(observed.sentinel ? [] : [`mark ${observed.path} as the volume ${volume.name}`]),
    ...(tried.length === 0 ? [] : [`try what the file system of ${observed.path} can hold`]),
  ].join(', and ');
  const before = createStep(volume, volume.name, summary, own, place);
  const steps = parts.flatMap((part) => part.steps);
  return {
    steps: [...before, ...steps.map((step) => (tried.length === 0 ? step : after(step, before)))],
    findings: parts.flatMap((part) => part.findings),
  };
}

function after(step: Step, before: readonly Step[]): Step {
  return { ...step, dependsOn: [...step.dependsOn, ...before.map(({ id }) => id)] };
}

/** Of a volume that is only read nobody has to know more than the mount table says. */
function tries({ facts }: PlanInput, roles: readonly Role[], path: string, { directory }: Root): string[][] {
  const { mount } = directory;
  const isFilled = roles.some(({ key, filledBy }) => {
    const there = facts.endpoints[key]?.directory;
    return filledBy?.transfer === 'rsync' && (there == null || there.mount?.target === mount?.target);
  });
  return isFilled && needsTrial(mount) ? [tryCommand(path, trialType(mount))] : [];
}

/** What is on a drive has to be seen before anything is made there, so that it is not opened for that. */
function closedDrive({ spec, facts }: PlanInput, volume: Volume): Remark | null {
  const observed = facts.volumes[volume.name];
  const host = facts.hosts[volume.host];
  if (observed === undefined || host?.reachable !== true || whyAbsent(volume, facts) === null) return null;
  const opening = openable({ spec, request: { drives: 'leave' } }, volume, observed, host);
  return opening === true ? null : opening;
}

/** A volume by path whose drive is not there, as fstab or its last success tells. */
function bareMountpoint({ spec, facts }: PlanInput, volume: Volume): Finding | null {
  const observed = facts.volumes[volume.name];
  if (volume.mount !== null || observed?.directory == null || unreached(volume, facts) !== null) return null;
  const about = { place: volume.name, path: observed.path ?? volume.name, volume: volume.name };
  const target = observed.unmountedFstabTarget;
  if (target !== null) return mountpointEmpty({ ...about, target, inFstab: true });
  const [before, now] = [lastMount(spec, facts, volume.name), observed.directory.mount?.target];
  if (before === null || now === undefined || !isBelow(before, now)) return null;
  return mountpointEmpty({ ...about, target: before, inFstab: false });
}

/** The same of a folder in a volume: a drive may be mounted further down. */
function bareEndpoint({ spec, facts }: PlanInput, role: Role, observed: EndpointFacts, place: Root): Finding | null {
  const about = { place: role.key, path: observed.path, volume: role.volume };
  const target = observed.unmountedFstabTarget;
  if (target !== undefined) return mountpointEmpty({ ...about, target, inFstab: true });
  const now = (observed.directory ?? place.directory).mount?.target;
  const before = lastMountOf(spec, facts, (endpoint) => endpointKey(endpoint) === role.key)[0];
  if (before === undefined || now === undefined || !isBelow(before, now)) return null;
  return mountpointEmpty({ ...about, target: before, inFstab: false });
}

function prepareEndpoint(
  input: PlanInput,
  volume: Volume,
  role: Role,
  place: Root,
  drawn: Drawn,
): { steps: Step[]; findings: Finding[] } {
  const observed = input.facts.endpoints[role.key];
  if (observed === undefined) return { steps: [], findings: [] };
  if (observed.directory === null && role.filledBy === null && observed.notFolder !== true) {
    const at = locate(input.spec, `/volumes/${volume.name}`);
    return { steps: [], findings: [{ ...sourceMissing(observed.path), ...at, volume: volume.name }] };
  }
  const problem =
    endNotMarked(observed, volume.name) ??
    markedByNewer(observed) ??
    (role.filledBy === null ? null : unusable(input, role.filledBy, { observed, place, drawn }));
  if (problem !== null) {
    const at = locate(input.spec, `/volumes/${volume.name}`);
    return { steps: [], findings: [{ severity: 'error', ...problem, ...at, volume: volume.name }] };
  }
  const mount = (observed.directory ?? place.directory).mount;
  const commands = [
    ...destinationCommands(input, role, observed, { drawn, mount, root: place.directory.realPath }),
    ...sourceCommands(input, role, observed),
  ];
  const bare = commands.length === 0 || input.request.here === true ? null : bareEndpoint(input, role, observed, place);
  if (bare !== null) {
    const at = locate(input.spec, `/volumes/${volume.name}`);
    return { steps: [], findings: [{ ...bare, ...at, volume: volume.name }] };
  }
  const owner = role.filledBy === null ? null : ownership(input, role.filledBy);
  const from = owner?.state === 'owned' ? `, which is now the backup of ${ownerText(owner.owner)}` : '';
  const more = role.filledBy !== null && isUpgraded(input, role.filledBy) ? ', with all that both ends can hold' : '';
  const summary =
    role.filledBy === null
      ? observed.sentinels.source && role.snapshotBy !== null
        ? `make ${observed.path} ready for temporary snapshots of it`
        : `mark ${observed.path} as a source`
      : `make ${observed.path} ready for ${role.filledBy.name}${from}${more}`;
  const id = role.key === volume.name ? `${volume.name}:` : role.key;
  const steps = createStep(volume, id, summary, commands, place);
  const after = identitiesIn(commands).flatMap((name) => drawn.get(name) ?? []);
  return {
    steps: steps.map((step) => ({ ...step, dependsOn: after.filter((other) => other !== step.id) })),
    findings: role.filledBy === null ? [] : remarksOn(input, role.filledBy, mount),
  };
}

function sourceCommands({ executors }: PlanInput, role: Role, observed: EndpointFacts): string[][] {
  const { readBy, snapshotBy } = role;
  const executor = executors.find(({ name }) => name === snapshotBy?.sourceSnapshot);
  const folder = executor?.sourceSnapshots?.prepare(observed) ?? [];
  if (readBy === null || (observed.sentinels.source && !lacksId(observed))) return folder;
  return [markSource(observed, identityPlaceholder(readBy.name)), ...folder];
}

/** Why nothing may be made in a destination. */
function unusable(
  input: PlanInput,
  sync: Sync,
  { observed: { path, directory }, place, drawn }: { observed: EndpointFacts; place: Root; drawn: Drawn },
): Remark | null {
  const nowhere = placeless(input, sync);
  if (nowhere !== null) return nowhere;
  if (isOnMac(input, sync.destination.volume)) return destinationOnMac(sync.destination.volume);
  const out = leadsOut(input.facts, sync);
  if (out !== null) return out;
  const unsupported =
    historyOf(input.executors, sync)?.unsupported?.(path, (directory ?? place.directory).mount) ?? null;
  if (unsupported !== null) return unsupported;
  const owner = ownership(input, sync);
  if (owner.state !== 'owned' || takesOver(input, sync, drawn)) return null;
  return destinationOwned({ path, volumes: toTakeOver(input, sync), owner: owner.owner });
}

/** @param root where its volume really is */
function destinationCommands(
  input: PlanInput,
  role: Role,
  observed: EndpointFacts,
  { drawn, mount, root }: { drawn: Drawn; mount: MountFacts | null; root: string },
): string[][] {
  const sync = role.filledBy;
  if (sync === null) return [];
  const missing = [
    ...(historyOf(input.executors, sync)?.prepare(observed, mount) ?? []),
    ...ownerCommands(input, sync, observed, { drawn, mount }),
  ];
  const { subdir } = sync.destination;
  return missing.length === 0 || subdir === '' ? missing : [foldersCommand(root, subdir), ...missing];
}
