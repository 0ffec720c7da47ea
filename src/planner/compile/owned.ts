import { destinationOwned } from '../model/findings/destinations.ts';
import { endpointKey, hostAt, type Spec } from '../model/spec.ts';
import { plannedStep, identityPlaceholder, type Precondition, type Step } from '../model/step.ts';
import { pointer } from '../model/pointer.ts';
import { PREPARE } from '../kinds/create/planning.ts';
import type { CopyOptions } from '../model/identity.ts';
import { decideOptions, lateOptions, recordedOptions } from '../volumes/copy-options.ts';
import {
  lacksId,
  markDestination,
  markedByNewer,
  markSource,
  ownership,
  sourceId,
  toTakeOver,
} from '../volumes/identity.ts';
import { destinationLock } from './locks.ts';
import { block, type Draft, type Reached, type Readable, type Stop } from './draft.ts';

/** Does the destination belong to the source? One that belongs to nobody yet does. What a newer nbkp says of it nobody knows here. */
export function owned(draft: Reached): Stop | null {
  const { sync, destination, input } = draft;
  const newer = markedByNewer(input.facts.endpoints[endpointKey(sync.source)]) ?? markedByNewer(destination);
  if (newer !== null) return block(draft, newer);
  const found = ownership(input, sync);
  if (found.state !== 'owned') return null;
  const volumes = toTakeOver(input, sync);
  const remark = destinationOwned({ path: destination.path, volumes, owner: found.owner });
  return block(draft, { ...remark, volume: sync.destination.volume });
}

/**
 * The steps that write down whose a destination is that belongs to nobody yet, as all did before there were ids, and what
 * the copy keeps: as they write it, or as it was recorded. A source that another sync of the plan gives its id has to have it
 * first: that is for the next plan.
 */
export function adoption(draft: Readable): { steps: Step[]; options: CopyOptions | null } {
  const { sync, source, destination, input } = draft;
  const recorded = { steps: [], options: recordedOptions(input, sync) };
  if (!input.executors.some(({ name }) => name === PREPARE.name)) return recorded;
  const { state } = ownership(input, sync);
  if (state === 'own') return decidedLate(draft) ?? recorded;
  if (state !== 'free') return recorded;
  const id = sourceId(input, sync);
  const key = endpointKey(sync.source);
  if (id === null && (!lacksId(source) || isBeingMarked(draft, key))) return recorded;
  const name = identityPlaceholder(sync.name);
  const options = decideOptions(input, sync, destination.directory.mount);
  const mark = { path: destination.path, source: id ?? name, options, replace: false };
  const marked = id === null ? [step(draft, 'source', markSource(source, name))] : [];
  const owned = step(draft, 'destination', markDestination(input, sync, mark));
  return { steps: [...marked, { ...owned, dependsOn: marked.map((each) => each.id) }], options };
}

/** What the copy keeps is written down by the first run where it was not known when it was prepared. */
function decidedLate(draft: Readable): ReturnType<typeof adoption> | null {
  const { sync, destination, input } = draft;
  const options = lateOptions(input, sync, destination.directory.mount);
  const source = sourceId(input, sync);
  if (options === null || source === null) return null;
  const mark = markDestination(input, sync, { path: destination.path, source, options, replace: true });
  return { steps: [step(draft, 'destination', mark, destination.identity?.owner?.source ?? null)], options };
}

function isBeingMarked({ planned, input }: Draft, key: string): boolean {
  const steps = namesFrom(input.spec, key).flatMap((name) => planned.get(name)?.steps ?? []);
  return steps.some(({ id, sync = '' }) => id === idOf(sync, 'source'));
}

/** By the source of each: to look through all syncs for each of them takes longest where there are many. */
const bySource = new WeakMap<Spec, ReadonlyMap<string, readonly string[]>>();

/** The syncs that have this source. */
function namesFrom(spec: Spec, key: string): readonly string[] {
  const known = bySource.get(spec) ?? namesBySource(spec);
  bySource.set(spec, known);
  return known.get(key) ?? [];
}

function namesBySource({ syncs }: Spec): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { name, source } of Object.values(syncs)) {
    const key = endpointKey(source);
    names.set(key, [...(names.get(key) ?? []), name]);
  }
  return names;
}

function idOf(sync: string, role: 'source' | 'destination'): string {
  return `adopt:${sync}${role === 'source' ? ':source' : ''}`;
}

/** @param owner the id in `.nbkp-dst`, where that has one */
function step(
  { sync, input, destination }: Readable,
  role: 'source' | 'destination',
  command: string[],
  owner: string | null = null,
): Step {
  const endpoint = sync[role];
  const key = endpointKey(endpoint);
  const host = hostAt(input.spec, endpoint.volume);
  const other = hostAt(input.spec, sync.destination.volume);
  const equals = (parts: string[], value: Precondition['value'], description: string): Precondition => ({
    fact: pointer('endpoints', key, ...parts),
    ...{ check: 'equals', value, description },
  });
  const directory = input.facts.endpoints[key]?.directory ?? null;
  return plannedStep({
    id: idOf(sync.name, role),
    kind: 'create',
    executor: PREPARE,
    sync: sync.name,
    volume: endpoint.volume,
    host,
    action: 'update',
    summary:
      role === 'source'
        ? `give ${key} an id of its own`
        : owner === null
          ? `write down that ${key} belongs to ${endpointKey(sync.source)}`
          : `write down what the copy in ${key} keeps`,
    reason:
      owner === null
        ? `its .nbkp-${role === 'source' ? 'src' : 'dst'} is empty, so that nothing tells whose it is`
        : 'what its file system can hold was tried when it was prepared',
    preconditions: [
      equals(['directory', 'device'], directory?.device ?? null, `the file system of ${key}`),
      equals(['directory', 'inode'], directory?.inode ?? null, `the directory of ${key}`),
      owner === null
        ? equals(['identity', role === 'source' ? 'source' : 'owner'], null, `that ${key} belongs to nobody yet`)
        : equals(['identity', 'owner', 'source'], owner, `whose ${key} is`),
    ],
    commands: [command],
    locks: [destinationLock('exclusive', destination.path, other, { host })],
    params: { commands: [command] },
  });
}
