import type { EndpointFacts, Facts } from '../model/facts.ts';
import type { Plan, RestoreRequest, PlanInput } from '../model/plan.ts';
import { RESTORE_TARGET } from '../model/questions.ts';
import { endpointKey, hostAt, LOCAL_HOST, type Sync } from '../model/spec.ts';
import type { Precondition, Step } from '../model/step.ts';
import { chooseSnapshot } from '../retention/choose.ts';
import { destinationAvailable } from '../compile/available.ts';
import { block, guard, newDraft, skip, type Draft, type Planned, type Reached, type Stop } from '../compile/draft.ts';
import { isStop, Pipeline } from '../compile/pipeline.ts';
import { findingsOf, finishPlan, plannedSync } from '../compile/finish.ts';
import { contains, deviceOf, placeOf, type Place } from '../volumes/place.ts';
import { pointer } from '../model/pointer.ts';
import { sharedLock } from '../compile/steps.ts';
import { hasFlag } from '../kinds/rsync/options.ts';
import { RESTORE_VERSION, restoreCommands, type RestoreParams } from '../kinds/restore/command.ts';
import * as destinations from '../model/findings/destinations.ts';

/** Plans a copy out of a snapshot: shown like any other plan, and never onto the source unasked. */
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
  const from = sourceOf(draft, request);
  if (isStop(from)) return from;
  const target = targetOf(draft.input.facts, request.to);
  const stop = (target === null ? null : misplaced(draft, target, request)) ?? replacing(draft, request);
  return stop ?? { steps: [step(draft, request, from, target?.exists !== true)] };
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

/** rsync's `--update` keeps newer files, but no entry of another kind and no newer link. */
function replacing(draft: Draft, { to }: RestoreRequest): Stop | null {
  const { count, paths } = draft.input.facts.previews[draft.sync.name]?.inTheWay ?? { count: 0, paths: [] };
  if (count === 0) return null;
  return guard(draft, destinations.restoreReplaces(to, { count, paths }));
}

/** Where the restored files will be, also if that directory does not exist yet: then below what exists. */
function targetOf(facts: Facts, to: string): { place: Place; exists: boolean } | null {
  for (let path = to, rest = ''; ;) {
    const directory = facts.volumes[`${RESTORE_TARGET}${path}`]?.directory;
    if (directory != null) {
      const place = placeOf(LOCAL_HOST, directory);
      return { place: { ...place, path: `${place.path}${rest}` }, exists: rest === '' };
    }
    if (path === '/') return null;
    const cut = path.lastIndexOf('/');
    rest = `${path.slice(cut + 1)}/${rest}`;
    path = cut === 0 ? '/' : path.slice(0, cut);
  }
}

/** A folder that is made for it replaces nothing, wherever in the source it is. */
function misplaced(
  draft: Draft,
  { place: target, exists }: { place: Place; exists: boolean },
  request: RestoreRequest,
): Stop | null {
  const { facts, spec } = draft.input;
  for (const sync of Object.values(spec.syncs)) {
    const directory = facts.endpoints[endpointKey(sync.destination)]?.directory;
    if (directory != null && contains(placeOf(hostAt(spec, sync.destination.volume), directory), target)) {
      return block(draft, destinations.restoreIntoDestination(request.to, sync.name));
    }
  }
  const source = facts.endpoints[endpointKey(draft.sync.source)]?.directory;
  const host = hostAt(spec, draft.sync.source.volume);
  if (!exists || source == null || !contains(placeOf(host, source), target)) return null;
  return guard(draft, destinations.restoreOntoSource(request.to, draft.sync.name));
}

const EXTRA_FLAGS = [
  ['A', '--acls'],
  ['X', '--xattrs'],
  ['S', '--sparse'],
] as const;

/** What was kept on the way there is kept on the way back. */
function extraFlags(sync: Sync): string[] {
  return EXTRA_FLAGS.flatMap(([letter, long]) => (hasFlag(sync.rsync, letter, long) ? [long] : []));
}

function step(draft: Reached, request: RestoreRequest, from: Origin, create: boolean): Step {
  const { sync, destination, input } = draft;
  const key = endpointKey(sync.destination);
  const host = hostAt(input.spec, sync.destination.volume);
  const params: RestoreParams = {
    sync: sync.name,
    from: from.path,
    remote: host === LOCAL_HOST ? null : sync.destination.volume,
    to: request.to,
    paths: request.paths,
    overwriteNewer: input.request.allowDestructive,
    extraFlags: extraFlags(sync),
    create,
  };
  const what = request.paths.length === 0 ? 'everything' : request.paths.join(', ');
  const preview = input.facts.previews[sync.name];
  return {
    id: `restore:${sync.name}`,
    kind: 'restore',
    executor: { name: 'restore', version: RESTORE_VERSION },
    sync: sync.name,
    host: LOCAL_HOST,
    action: create ? 'create' : 'update',
    summary: `copy ${what} out of ${from.path} to ${request.to}`,
    reason: params.overwriteNewer
      ? 'files that are newer there are replaced too'
      : 'files that are newer there stay as they are',
    dependsOn: [],
    runsOn: 'success',
    destructive: !create,
    preconditions: stillThere(key, destination, from),
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
    locks: [sharedLock({ host: LOCAL_HOST }, `${destination.path}/.nbkp-lock`, host)],
    devices: [deviceOf(host, destination.directory)],
    params: { ...params },
  };
}

function stillThere(key: string, destination: EndpointFacts, { snapshot }: Origin): Precondition[] {
  const sentinel = pointer('endpoints', key, 'sentinels', 'destination');
  const marked: Precondition = { fact: sentinel, check: 'equals', value: true, description: `the sentinel of ${key}` };
  if (snapshot === null) return [marked];
  const fact = pointer('endpoints', key, 'snapshots', snapshot, 'kind');
  const value = destination.snapshots?.[snapshot]?.kind ?? null;
  return [marked, { fact, check: 'equals', value, description: `snapshot ${snapshot} of ${key}` }];
}
