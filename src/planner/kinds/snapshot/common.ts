import { classifySnapshots } from '../../retention/classify.ts';
import type { EndpointFacts } from '../../model/facts.ts';
import type { Finding } from '../../model/finding.ts';
import type { Json } from '../../model/json.ts';
import type { SyncPlanning } from '../../model/executor.ts';
import { endpointKey, type Sync } from '../../model/spec.ts';
import { plannedStep, snapshotPlaceholder, type Precondition, type Step } from '../../model/step.ts';
import { areParams } from '../../params/valid.ts';
import { lacksLatest } from '../../retention/latest.ts';
import { incompleteMark, parseSnapshotName } from '../../retention/names.ts';
import { pointer } from '../../model/pointer.ts';
import { mountsWithin, without } from '../../mounts/mounted-within.ts';
import { destinationNotPrepared, mountedInCopy } from '../../model/findings/destinations.ts';

export const SNAPSHOT_VERSION = '1.0.0';

/** What a snapshot step was asked to do. */
export interface SnapshotParams {
  kind: 'snapshot';
  sync: string;
  /** Absolute path of the destination. */
  root: string;
  /** The snapshot that `latest` names before; null before the first. */
  previous: string | null;
  /** Links that were to become `latest`, and marks of snapshots, that dead runs have left; absent when there are none. */
  links?: string[];
  /** The copy may lack something of the source: then a mark says so. Absent where such a copy gets no name. */
  marks?: true;
  /** Judges the copy by what it lacks of `previous`. Absent where the transfer has done that, or there is nothing to lack. */
  guard?: { copy: string; percent: number; files: number | null };
}

const TEMPORARY_LINK = '.nbkp-latest-';

/** Names of links that were to become `latest`. */
export function temporaryLinks({ leftovers }: Pick<EndpointFacts, 'leftovers'>): string[] {
  return leftovers.filter(
    (name) => name.startsWith(TEMPORARY_LINK) && parseSnapshotName(name.slice(TEMPORARY_LINK.length)) !== null,
  );
}

/** Removes links by their names. */
export function removeLinks(root: string, links: readonly string[] = []): string[][] {
  return links.length === 0 ? [] : [['rm', '-f', ...links.map((name) => `${root}/${name}`)]];
}

/**
 * Marks the snapshot before it has its name: a run that is killed between the two leaves a mark too many, not one too few. Null
 * where every snapshot is of all of the source.
 */
export function markCommand({ root, sync, marks }: SnapshotParams): string[] | null {
  return marks === true ? inSnapshots(root, 'touch', incompleteMark(snapshotPlaceholder(sync))) : null;
}

/** What rsync is not told to tolerate fails; another transfer says itself what it could not read. */
function mayBeIncomplete({ transfer, tolerate }: Sync): boolean {
  return transfer !== 'rsync' || tolerate.some((code) => code !== VANISHED);
}

/** rsync ends with it where files vanished while it read: the source has them no more. */
const VANISHED = 24;

export function snapshotParams(params: Json): SnapshotParams {
  if (isSnapshotParams(params)) return params;
  throw new Error('the params are not those of a snapshot step');
}

function isSnapshotParams(params: unknown): params is SnapshotParams {
  return areParams('snapshot', params);
}

const ENTER =
  'cd -P "$1" && root=${PWD%/} && cd -P ./snapshots && [ "$PWD" = "$root/snapshots" ] || { echo "$1/snapshots is no folder there." >&2; exit 1; }; shift; ';

/** Runs a program in `snapshots/`, which makes something there: a link that has just taken the place of the folder leads nowhere. */
export function inSnapshots(root: string, program: string, ...words: string[]): string[] {
  return ['sh', '-c', `${ENTER}exec ${program} "$@"`, 'sh', root, ...words];
}

/**
 * Moves `latest` atomically to a finished snapshot. The file system is flushed before, so that a power cut cannot
 * leave a link to a snapshot whose data never reached the disk; rename(2) replaces the old link in one go.
 */
export function latestCommands(root: string, name: string): string[][] {
  const temporary = temporaryLink(root, name);
  return [
    ['sync', '-f', `${root}/snapshots`],
    ['ln', '-s', `snapshots/${name}`, temporary],
    ['mv', '-T', temporary, `${root}/latest`],
    ['sync', '-f', root],
  ];
}

/** What `prepare` does where there is no `latest`: nothing where snapshots are, since which of them is complete only a person knows. */
export function latestToNone(destination: EndpointFacts): string[][] {
  if (destination.latest.kind !== 'absent' || lacksLatest(destination)) return [];
  return [['ln', '-s', '/dev/null', `${destination.path}/latest`]];
}

/** The link that becomes `latest`. One of this name that an interrupted run left has to go before there is another. */
export function temporaryLink(root: string, name: string): string {
  return `${root}/${TEMPORARY_LINK}${name}`;
}

/** A user who is not root cannot empty a directory without write permission; files are left as they are, being shared. */
export function openDirectories(paths: readonly string[], mounts: readonly string[] = []): string[] {
  return [
    'find',
    ...paths,
    ...without(mounts),
    '-type',
    'd',
    '!',
    '-perm',
    '-700',
    '-exec',
    'chmod',
    'u+rwx',
    '{}',
    ';',
  ];
}

/**
 * The step itself, the same for every mode but for its commands.
 *
 * @param copy path of the copy before it has its name, in the destination
 */
export function snapshotStep(
  input: SyncPlanning,
  { executor, copy }: { executor: string; copy: string },
  commandsOf: (params: SnapshotParams) => string[][],
): Step {
  const { sync, destination, hostId } = input;
  const key = endpointKey(sync.destination);
  const { latest, staleMarks } = classifySnapshots(destination);
  const previous = latest?.name ?? null;
  const links = [...temporaryLinks(destination), ...staleMarks.map((mark) => `snapshots/${mark}`)];
  const marks = mayBeIncomplete(sync) ? { marks: true as const } : {};
  const left = links.length === 0 ? {} : { links };
  const params: SnapshotParams = {
    kind: 'snapshot',
    sync: sync.name,
    root: destination.path,
    previous,
    ...left,
    ...marks,
    ...(sync.transfer === 'rsync' || previous === null
      ? {}
      : { guard: { copy: `${destination.path}/${copy}`, ...sync.policy.maxDelete } }),
  };
  return plannedStep({
    id: `snapshot:${sync.name}`,
    kind: 'snapshot',
    executor: { name: executor, version: SNAPSHOT_VERSION },
    sync: sync.name,
    volume: sync.destination.volume,
    host: hostId,
    action: 'create',
    summary: `name the copy ${snapshotPlaceholder(sync.name)} and point latest to it`,
    reason: `${reasonOf(input, key, previous)}${linksText(links.length)}`,
    dependsOn: [`transfer:${sync.name}`],
    ...(sync.snapshots.when === 'changed' ? { deferred: 'made only if something has changed' } : {}),
    preconditions: [latestPrecondition(key, destination)],
    commands: commandsOf(params),
    params: { ...params },
  });
}

function linksText(count: number): string {
  return count === 0 ? '' : `; removes ${count} temporary link${count === 1 ? '' : 's'} of an interrupted run`;
}

function reasonOf({ facts }: SyncPlanning, key: string, previous: string | null): string {
  if (facts.basis === 'none') return `what ${key} holds is not known`;
  return previous === null ? `the first snapshot of ${key}` : `history after ${previous}`;
}

function latestPrecondition(key: string, destination: EndpointFacts): Precondition {
  return {
    fact: pointer('endpoints', key, 'latest'),
    check: 'equals',
    value: { ...destination.latest },
    description: `latest of ${key}`,
  };
}

/** What a mount in there shows would be overwritten and deleted, and be in no snapshot. */
export function mountedInTarget({ sync, destination }: SyncPlanning, folder: string): Finding[] {
  const path = `${destination.directory?.realPath ?? ''}/${folder}`;
  const [target] = mountsWithin(destination, path);
  return target === undefined ? [] : [{ ...mountedInCopy(path, target), volume: sync.destination.volume }];
}

/** What every snapshot mode needs to find in the destination. */
export function unprepared(input: SyncPlanning, missing: string): Finding {
  const { volume } = input.sync.destination;
  const { mode } = input.sync.snapshots;
  return { ...destinationNotPrepared({ path: input.destination.path, missing, mode, volume }), volume };
}
