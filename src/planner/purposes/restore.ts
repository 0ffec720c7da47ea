import type { DirectoryFacts, EndpointFacts, Facts } from '../model/facts.ts';
import type { Overwrite, Plan, RestoreRequest, PlanInput } from '../model/plan.ts';
import { RESTORE_TARGET } from '../model/questions.ts';
import { endpointKey, hostAt, LOCAL_HOST, type Sync } from '../model/spec.ts';
import { plannedStep, type Precondition, type Step } from '../model/step.ts';
import { chooseSnapshot } from '../retention/choose.ts';
import { destinationAvailable } from '../compile/available.ts';
import {
  block,
  guard,
  inform,
  newDraft,
  skip,
  warn,
  type Draft,
  type Planned,
  type Reached,
  type Stop,
} from '../compile/draft.ts';
import { readableStore } from '../compile/stored.ts';
import { storedRestore } from './restore-stored.ts';
import { isStop, Pipeline } from '../compile/pipeline.ts';
import { findingsOf, finishPlan, plannedSync } from '../compile/finish.ts';
import { leadsOut } from '../volumes/contained.ts';
import { contains, deviceOf, machineAt, placeOf, slashed, type Place } from '../volumes/place.ts';
import { pointer } from '../model/pointer.ts';
import { destinationLock } from '../compile/locks.ts';
import { fileSystemOf } from '../file-systems/of.ts';
import type { FileSystem } from '../file-systems/table.ts';
import { extraFlags } from './restore-flags.ts';
import { insidePreconditions } from '../kinds/rsync/preconditions.ts';
import { RESTORE_VERSION, restoreCommands, type LinkRule, type RestoreParams } from '../kinds/restore/command.ts';
import * as destinations from '../model/findings/destinations.ts';
import * as restores from '../model/findings/restores.ts';

/** Plans a copy out of a snapshot: shown like any other plan. It adds, and replaces only what it was told to. */
export function buildRestore(input: PlanInput, sync: Sync, asked: RestoreRequest): Plan {
  const request = { ...asked, paths: pathsInSnapshot(asked.paths, input.facts.endpoints[endpointKey(sync.source)]) };
  const stages = Pipeline.start
    .check((draft) => invalidPath(draft, request))
    .add(destinationAvailable)
    .add((draft) => restoreSteps(draft, request));
  const ended = stages.run([newDraft(input, sync)]);
  return finishPlan(input, 'restore', {
    syncs: ended.map(plannedSync),
    steps: ended.flatMap(({ steps }) => steps),
    findings: ended.flatMap(findingsOf),
  });
}

/** What has the full path of something in the source means that; the source itself means everything. */
export function pathsInSnapshot(paths: readonly string[], source: EndpointFacts | undefined): string[] {
  if (source === undefined) return [...paths];
  const root = source.path.replace(/\/*$/, '/');
  const inside = paths.map((path) =>
    `${path}/`.startsWith(root) ? path.slice(root.length).replace(/^\/+/, '') : path,
  );
  const isSource = inside.some((path, index) => path === '' && paths[index] !== '');
  return isSource ? [] : inside;
}

function invalidPath(draft: Draft, request: RestoreRequest): Stop | null {
  const bad = request.paths.find((path) => path === '' || !isInside(path));
  if (bad === undefined) return null;
  return block(draft, destinations.restorePathInvalid(bad));
}

/** Whether a path stays inside what it is relative to. */
export function isInside(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..');
}

function restoreSteps(draft: Reached, request: RestoreRequest): Stop | Pick<Planned, 'steps'> {
  const out = leadsOut(draft.input.facts, draft.sync);
  if (out !== null) return block(draft, out);
  const unread = readableStore(draft);
  if (unread !== null) return unread;
  const from = sourceOf(draft, request);
  if (isStop(from)) return from;
  const target = targetOf(draft.input.facts, request.to);
  const stop = misplaced(draft, target, request) ?? replacing(draft, request);
  if (stop !== null) return stop;
  if (draft.sync.stored !== undefined) {
    const about = { targetExists: target?.exists === true, paths: plainPaths(request.paths) };
    const stored = storedRestore(draft, request, { name: from.snapshot ?? '', ...about });
    return isStop(stored) ? stored : { steps: stored };
  }
  remark(draft, target, request);
  return { steps: [step(draft, request, from, target)] };
}

/** What is copied from. */
interface Origin {
  /** Absolute. */
  path: string;
  snapshot: string | null;
}

function sourceOf(draft: Reached, request: RestoreRequest): Origin | Stop {
  const { destination, sync, input } = draft;
  const chosen = chooseSnapshot(sync, destination, request.snapshot, Date.parse(input.facts.observedAt));
  if (chosen.ok) {
    const snapshot = chosen.value;
    return { path: snapshot === null ? destination.path : `${destination.path}/snapshots/${snapshot}`, snapshot };
  }
  const [finding] = chosen.findings;
  if (finding === undefined) throw new Error('no snapshot was chosen, and nothing says why');
  return finding.severity === 'error' ? block(draft, finding) : skip(draft, finding);
}

function replacing(draft: Draft, { to }: RestoreRequest): Stop | null {
  const inTheWay = draft.input.facts.previews[draft.sync.name]?.inTheWay;
  if (inTheWay === undefined || inTheWay.count === 0) return null;
  return guard(draft, restores.restoreReplaces(to, inTheWay));
}

/** Where the restored files will be. */
interface Target {
  place: Place;
  /** Absolute, without symlinks. */
  real: string;
  exists: boolean;
  /** Bytes that this user can still write. */
  freeBytes: number;
  /** Null where nobody knows what it holds. */
  holds: FileSystem | null;
}

/** Of a directory that does not exist yet: below what exists. Null when not even that is known. */
function targetOf(facts: Facts, to: string): Target | null {
  for (let path = to, rest = ''; ;) {
    const directory = facts.volumes[`${RESTORE_TARGET}${path}`]?.directory;
    if (directory != null) {
      const place = placeOf(LOCAL_HOST, directory);
      const real = `${slashed(directory.realPath)}${rest}`.replace(/(?<=.)\/$/, '');
      const { freeBytes, mount } = directory;
      const room = { freeBytes, holds: fileSystemOf(mount) };
      return { place: { ...place, path: `${place.path}${rest}` }, real, exists: rest === '', ...room };
    }
    if (path === '/') return null;
    const cut = path.lastIndexOf('/');
    rest = `${path.slice(cut + 1)}/${rest}`;
    path = cut === 0 ? '/' : path.slice(0, cut);
  }
}

/** Not even what is in the snapshot under the name of a destination goes into that. */
function misplaced(draft: Draft, target: Target | null, { to }: RestoreRequest): Stop | null {
  const { facts } = draft.input;
  const [backup] = facts.previews[draft.sync.name]?.backups?.paths ?? [];
  if (backup !== undefined) return block(draft, restores.restoreIntoDestination(`${slashed(to)}${backup}`));
  if (target === null) return null;
  const around = destinationsOf(draft).find(({ host, directory }) => contains(placeOf(host, directory), target.place));
  return around === undefined ? null : block(draft, restores.restoreIntoDestination(to, around.name));
}

/** Of all syncs, the disabled ones too. */
function destinationsOf({
  input: { facts, spec },
}: Draft): { name: string; host: string; directory: DirectoryFacts }[] {
  return Object.values(spec.syncs).flatMap(({ name, destination }) => {
    const directory = facts.endpoints[endpointKey(destination)]?.directory;
    return directory == null ? [] : [{ name, host: machineAt({ spec, facts }, destination.volume), directory }];
  });
}

/** What stays as it is, what does not fit, and that it goes right into the source. */
function remark(draft: Draft, target: Target | null, request: RestoreRequest): void {
  const { kept, linksLeft, bytes = 0 } = draft.input.facts.previews[draft.sync.name] ?? {};
  const overwrite = overwriteOf(request);
  const source = target === null ? null : intoSource(draft, target);
  if (source !== null) inform(draft, restores.restoreOntoSource(source, draft.sync.name, overwrite));
  if (target !== null && bytes > target.freeBytes) {
    warn(draft, restores.restoreDoesNotFit(request.to, target.freeBytes, bytes));
  }
  const holds = target?.holds ?? null;
  if (holds !== null && !holds.links) warn(draft, restores.restoreHoldsLess(request.to, holds.title));
  if (kept !== undefined && kept.count > 0) warn(draft, restores.restoreKept(request.to, kept, overwrite));
  if (linksLeft !== undefined && linksLeft.count > 0) warn(draft, restores.restoreLinkLeft(request.to, linksLeft));
}

/** The real path of the source, where something comes to lie in it. A folder that is made for it is a place of its own. */
function intoSource({ input: { facts, spec }, sync }: Draft, { place: target, real, exists }: Target): string | null {
  const directory = facts.endpoints[endpointKey(sync.source)]?.directory;
  if (directory == null || !exists) return null;
  const source = placeOf(machineAt({ spec, facts }, sync.source.volume), directory);
  if (contains(source, target)) return directory.realPath;
  if (!contains(target, source)) return null;
  const below = source.path.slice(target.path.length);
  const items = facts.previews[sync.name]?.items ?? [];
  return items.some(({ path }) => path.startsWith(below)) ? `${slashed(real)}${below.replace(/\/$/, '')}` : null;
}

function overwriteOf({ overwrite }: RestoreRequest): Overwrite {
  return overwrite ?? 'never';
}

/** A link is followed within the target, and within the volume that the source is on. */
function linkRule(draft: Draft, target: Target | null, { to }: RestoreRequest): LinkRule {
  const { facts, spec } = draft.input;
  const { volume } = draft.sync.source;
  const around = hostAt(spec, volume) === LOCAL_HOST ? facts.volumes[volume]?.directory?.realPath : undefined;
  const here = destinationsOf(draft).filter(({ host }) => host === LOCAL_HOST);
  return {
    within: [...new Set([target?.real ?? to, ...(around === undefined ? [] : [around])])],
    destinations: [...new Set(here.map(({ directory }) => directory.realPath))].toSorted(),
  };
}

/**
 * Without what means nothing: `./`, two slashes, a slash at the end; and then what of it was found in the snapshot. The
 * snapshot itself means everything.
 */
function plainPaths(paths: readonly string[], found: Facts['found'] = {}): string[] {
  const plain = paths.map((path) =>
    path
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .join('/'),
  );
  return plain.includes('') ? [] : [...new Set(plain.flatMap((path) => found[path] ?? [path]))];
}

const REASONS: Readonly<Record<Overwrite, string>> = {
  never: 'what is there stays as it is',
  'if-older': 'what is older there is replaced',
  always: 'what differs there is replaced',
};

function step(draft: Reached, request: RestoreRequest, from: Origin, target: Target | null): Step {
  const { sync, destination, input } = draft;
  const key = endpointKey(sync.destination);
  const host = hostAt(input.spec, sync.destination.volume);
  const create = target?.exists !== true;
  const overwrite = overwriteOf(request);
  const preview = input.facts.previews[sync.name];
  const params: RestoreParams = {
    sync: sync.name,
    from: from.path,
    snapshot: from.snapshot,
    remote: host === LOCAL_HOST ? null : sync.destination.volume,
    parts: [
      { below: '', to: request.to, paths: plainPaths(request.paths, input.facts.found) },
      ...(preview?.linked ?? []),
    ],
    overwrite,
    replaceKinds: input.request.allowDestructive,
    extraFlags: extraFlags(draft, target?.holds ?? null),
    create,
    links: linkRule(draft, target, request),
  };
  const what = request.paths.length === 0 ? 'everything' : request.paths.join(', ');
  return plannedStep({
    id: `restore:${sync.name}`,
    kind: 'restore',
    executor: { name: 'restore', version: RESTORE_VERSION },
    sync: sync.name,
    host: LOCAL_HOST,
    action: create ? 'create' : 'update',
    summary: `copy ${what} out of ${from.path} to ${request.to}`,
    reason: create ? 'the folder is made for it' : REASONS[overwrite],
    destructive: !create && overwrite !== 'never',
    preconditions: [...stillThere(key, destination, from), ...insidePreconditions(sync, destination)],
    commands: restoreCommands(params),
    ...(preview === undefined
      ? {}
      : {
          estimate: {
            files: preview.files,
            bytes: preview.bytes,
            creates: preview.creates,
            updates: preview.updates,
            deletes: 0,
            basis: 'dry-run' as const,
          },
        }),
    locks: [destinationLock('shared', destination.path, host, { host: LOCAL_HOST })],
    devices: [deviceOf(host, destination.directory)],
    params: { ...params, parts: params.parts.map((part) => ({ ...part })), links: { ...params.links } },
  });
}

function stillThere(key: string, destination: EndpointFacts, { snapshot }: Origin): Precondition[] {
  const sentinel = pointer('endpoints', key, 'sentinels', 'destination');
  const marked: Precondition = { fact: sentinel, check: 'equals', value: true, description: `the sentinel of ${key}` };
  if (snapshot === null) return [marked];
  const fact = pointer('endpoints', key, 'snapshots', snapshot, 'kind');
  const value = destination.snapshots?.[snapshot]?.kind ?? null;
  return [marked, { fact, check: 'equals', value, description: `snapshot ${snapshot} of ${key}` }];
}
