import { classifySnapshots } from '../../retention/classify.ts';
import { pruneName } from '../../retention/names.ts';
import { areParams } from '../../params/valid.ts';
import { prunable } from './decide.ts';
import { removals, removeMarks, wordsFor, type Removal } from './removals.ts';
import type { Json } from '../../model/json.ts';
import type { HistoryPlanning, PlannedSteps } from '../../model/executor.ts';
import type { RetentionLine } from '../../model/plan.ts';
import { endpointKey, type Sync } from '../../model/spec.ts';
import { plannedStep, type Precondition, type Step } from '../../model/step.ts';
import { pointer } from '../../model/pointer.ts';
import { nothingMounted } from '../../mounts/mounted-within.ts';
import { openDirectories, snapshotParams, SNAPSHOT_VERSION, type SnapshotParams } from '../snapshot/common.ts';

/** What a prune step was asked to do. */
export interface PruneParams {
  kind: 'prune';
  sync: string;
  /** Absolute path of the destination. */
  root: string;
  /** `latest` when it was planned; null before the first snapshot. */
  previous: string | null;
  remove: Removal[];
  /** Root deletes subvolumes as they are. */
  asRoot?: boolean;
  /** It makes room for the transfer. */
  first?: true;
}

/** What a step is to remove; null for a step of another kind, or of an executor that keeps that to itself. */
export function pruneParams({ kind, params }: Pick<Step, 'kind' | 'params'>): PruneParams | null {
  return kind === 'prune' && isPruneParams(params) ? params : null;
}

function isPruneParams(params: unknown): params is PruneParams {
  return areParams('prune', params);
}

/** The commands of the two kinds of steps that a snapshot mode plans, from the params of either. */
export function historyCommands(params: Json, snapshotCommands: (params: SnapshotParams) => string[][]): string[][] {
  return isPruneParams(params) ? pruneCommands(params) : snapshotCommands(snapshotParams(params));
}

function pruneCommands(params: PruneParams): string[][] {
  return pruneBatches(params).flatMap(({ commands }) => commands);
}

/** What is removed together. */
export interface PruneBatch {
  removals: Removal[];
  /** Where each of `removals` is while it is removed: a path below the root of the destination. */
  doomed: string[];
  /** The first of them looks whether something is mounted in there: where it fails, none of the others runs. */
  commands: string[][];
}

/** So many go together, and no more than so many characters of paths, which have to fit into the arguments of one program (`ARG_MAX`). */
const TOGETHER = { folders: 1000, characters: 200_000 };

/**
 * What goes, in the order in which it goes, several folders with the same processes. Each snapshot gives up its name
 * first, so that an interrupted removal never leaves half of one under a good name: a single one becomes `.prune-NAME`, and
 * several move into a folder of such a name, which one process can do.
 */
export function pruneBatches({ root, remove, asRoot = false, first }: PruneParams): PruneBatch[] {
  const able = remove.filter(({ mounted }) => mounted === undefined);
  const folders = able.filter(({ kind }) => kind === 'directory');
  const leftovers = folders.filter(({ leftover }) => leftover);
  const named = folders.filter(({ leftover }) => !leftover);
  const taken = new Set(remove.map(({ name }) => name));
  const alone = able.filter(({ kind }) => kind === 'subvolume');
  return [
    ...chunks(root, leftovers).map((each) => leftoverFolders(root, each)),
    // A full drive has no room for a folder before the first of them is gone.
    ...[named.slice(0, 1), ...chunks(root, named.slice(1))]
      .filter((each) => each.length > 0)
      .map((each) => {
        const [first] = each;
        return each.length === 1 && first !== undefined
          ? oneByName(root, first, asRoot)
          : folder(root, each, taken, asRoot);
      }),
    ...alone.map((each) => oneByName(root, each, asRoot)),
    // To wait for it is root's alone (btrfs-subvolume(8)).
    ...(first === true && asRoot && alone.length > 0 ? [waitForRoom(root)] : []),
  ];
}

/**
 * The kernel takes a deleted subvolume apart after its next commit, and has the room after one more. Where that takes longer the
 * transfer begins all the same: there may be room enough.
 */
const WAIT = 'btrfs filesystem sync "$1"; timeout 60 btrfs subvolume sync "$1" >/dev/null; btrfs filesystem sync "$1"';

function waitForRoom(root: string): PruneBatch {
  return { removals: [], doomed: [], commands: [['sh', '-c', WAIT, 'sh', root]] };
}

function chunks(root: string, removals: readonly Removal[]): Removal[][] {
  const longest = root.length + Math.max(0, ...removals.map(({ name }) => name.length)) + '/snapshots/'.length;
  const size = Math.min(TOGETHER.folders, Math.ceil(TOGETHER.characters / longest));
  const count = Math.ceil(removals.length / size);
  return Array.from({ length: count }, (_, index) => removals.slice(index * size, (index + 1) * size));
}

function leftoverFolders(root: string, removals: Removal[]): PruneBatch {
  const doomed = removals.map(({ name }) => `snapshots/${name}`);
  const paths = doomed.map((path) => `${root}/${path}`);
  return { removals, doomed, commands: [nothingMounted(...paths), ...removeFolders(paths)] };
}

function oneByName(root: string, removal: Removal, asRoot: boolean): PruneBatch {
  const { name, kind, leftover } = removal;
  const doomed = `snapshots/${leftover ? name : pruneName(name)}`;
  const path = `${root}/${doomed}`;
  const before = leftover ? path : `${root}/snapshots/${name}`;
  return {
    removals: [removal],
    doomed: [doomed],
    commands: [
      nothingMounted(before),
      ...(leftover ? [] : [['mv', '-T', before, path]]),
      ...removeMarks(root, [removal]),
      ...(kind === 'subvolume' ? removeSubvolume(path, asRoot) : removeFolders([path])),
    ],
  };
}

/** So many folders are one process's. */
const EACH = 50;

/**
 * Two at once, since each waits for the file system. What is left is opened, and why it stays is told by the `rm` that follows: to
 * look for closed folders in what is gone takes no time.
 */
const REMOVE = `find "$1" -mindepth 1 -maxdepth 1 -print0 | xargs -0 -n ${EACH} -P 2 rm -rf 2>/dev/null || :`;

/** @param taken entries of `snapshots/` that may still be there: none of them can be the folder */
function folder(root: string, removals: Removal[], taken: ReadonlySet<string>, asRoot: boolean): PruneBatch {
  const names = removals.map(({ name }) => name);
  const free = names.map(pruneName).find((name) => !taken.has(name)) ?? '';
  const box = `snapshots/${free}`;
  const paths = names.map((name) => `${root}/snapshots/${name}`);
  return {
    removals,
    doomed: names.map((name) => `${box}/${name}`),
    commands: [
      nothingMounted(...paths),
      ['mkdir', `${root}/${box}`],
      // To give a folder another parent is to write to it, which only root can do whatever its mode.
      ...(asRoot
        ? []
        : [['find', ...paths, '-maxdepth', '0', '!', '-perm', '-700', '-exec', 'chmod', 'u+rwx', '{}', ';']]),
      ['mv', ...paths, `${root}/${box}`],
      ...removeMarks(root, removals),
      ...(removals.length > EACH ? [['sh', '-c', REMOVE, 'sh', `${root}/${box}`]] : []),
      openDirectories([`${root}/${box}`]),
      ['rm', '-rf', `${root}/${box}`],
    ],
  };
}

function removeFolders(paths: readonly string[]): string[][] {
  return [openDirectories(paths), ['rm', '-rf', ...paths]];
}

/** Only root may delete a read-only subvolume, and needs not make it writable; of one that was received nobody can. */
function removeSubvolume(path: string, asRoot: boolean): string[][] {
  return [
    ...(asRoot ? [] : [['btrfs', 'property', 'set', '-ts', path, 'ro', 'false']]),
    ['btrfs', 'subvolume', 'delete', path],
  ];
}

/** Decides what goes, and plans the step that removes it, together with what an interrupted prune left. */
export function planPrune(
  input: HistoryPlanning,
  upcoming: boolean,
  executor: string,
): PlannedSteps & { retention: RetentionLine[] } {
  const { destination } = input;
  const { lines, prune, findings, clockBehindLatest } = prunable(input, upcoming);
  const { pruneLeftovers } = classifySnapshots(destination);
  const remove = input.prune && !clockBehindLatest ? removals(prune, destination, pruneLeftovers) : [];
  return {
    steps: pruneSteps(input, remove, executor, upcoming),
    findings,
    retention: lines.map((line) => stuck(line, remove)),
  };
}

/** Is room made before the transfer? What the transfer would lose can be judged beforehand for rsync alone. */
export function prunesFirst({ sync, prune }: Pick<HistoryPlanning, 'sync' | 'prune'>): boolean {
  return sync.policy.pruneFirst === true && sync.transfer === 'rsync' && sync.snapshots.mode !== 'none' && prune;
}

/** What `latest` names is what the transfer builds on, and the one complete snapshot that has to stay meanwhile. */
function pruneSteps(input: HistoryPlanning, remove: Removal[], executor: string, upcoming: boolean): Step[] {
  const latest = classifySnapshots(input.destination).latest?.name;
  const early =
    upcoming && latest !== undefined && prunesFirst(input) ? remove.filter(({ name }) => name !== latest) : [];
  const late = remove.filter((removal) => !early.includes(removal));
  return [
    ...(early.length === 0 ? [] : [pruneStep(input, early, executor, 'first')]),
    ...(late.length === 0 ? [] : [pruneStep(input, late, executor, upcoming ? 'last' : 'alone', early.length > 0)]),
  ];
}

function stuck(line: RetentionLine, remove: readonly Removal[]): RetentionLine {
  const isMounted = remove.some(({ name, mounted }) => name === line.name && mounted !== undefined);
  return isMounted ? { ...line, verdict: 'keep', reasons: ['something is mounted in it'] } : line;
}

type When = 'first' | 'last' | 'alone';

/** @param isSecond there is one before the transfer as well */
function pruneStep(input: HistoryPlanning, remove: Removal[], executor: string, when: When, isSecond = false): Step {
  const { sync, destination, hostId } = input;
  const awaited = { first: [`judge:${sync.name}`], last: [`snapshot:${sync.name}`], alone: [] };
  const words = wordsFor(remove);
  const key = endpointKey(sync.destination);
  const previous = classifySnapshots(destination).latest?.name ?? null;
  const asRoot = input.host.uid === 0 ? { asRoot: true } : {};
  const params: PruneParams = {
    kind: 'prune',
    sync: sync.name,
    root: destination.path,
    previous,
    remove,
    ...asRoot,
    ...(when === 'first' ? { first: true } : {}),
  };
  return plannedStep({
    id: `prune:${sync.name}${isSecond ? ':latest' : ''}`,
    kind: 'prune',
    executor: { name: executor, version: SNAPSHOT_VERSION },
    sync: sync.name,
    volume: sync.destination.volume,
    host: hostId,
    action: 'delete',
    summary: words.summary,
    reason: when === 'first' ? `${words.reason}: room for the transfer (policy.prune-first)` : words.reason,
    dependsOn: awaited[when],
    destructive: true,
    preconditions: preconditions(key, remove, when === 'last' ? previous : null),
    commands: pruneCommands(params),
    params: { ...params, remove: remove.map((removal) => ({ ...removal })) },
  });
}

/** How many snapshots may go that a plan could not name, where policy.max-prune does not say: no run of every day needs more. */
const UNNAMED = 10;

/** How many snapshots a sync may lose by a plan that was made while its drive was closed. */
export function unnamedPrunes({ policy }: Sync): number {
  return policy.maxPrune ?? UNNAMED;
}

/** The step that stands for a prune on a drive that is not open yet. It shows how far it may go. */
export function unknownPrune({ sync, ...rest }: HistoryPlanning, upcoming: boolean): Step[] {
  if (sync.snapshots.keep === null || !rest.prune) return [];
  const whence = sync.policy.maxPrune === null ? 'policy.max-prune is not set' : 'policy.max-prune';
  const most = `at most ${unnamedPrunes(sync)} (${whence})`;
  const unknown = (when: When, isSecond = false): Step => ({
    ...pruneStep({ sync, ...rest }, [], sync.snapshots.mode, when, isSecond),
    summary: `delete snapshots, ${most}`,
    reason: 'those that no rule of snapshots.keep holds',
  });
  if (!upcoming) return [unknown('alone')];
  if (!prunesFirst({ sync, ...rest })) return [unknown('last')];
  return [
    {
      ...unknown('first'),
      reason: 'those that no rule of snapshots.keep holds: room for the transfer (policy.prune-first)',
    },
    {
      ...unknown('last', true),
      summary: 'delete the snapshot that was the newest before, counted with these',
      reason: 'only if no rule of snapshots.keep holds it',
    },
  ];
}

/** `replaced` is what `latest` names now and no longer does when the step runs. */
function preconditions(key: string, remove: readonly Removal[], replaced: string | null): Precondition[] {
  return [
    ...remove.map(({ name, kind }) => ({
      fact: pointer('endpoints', key, 'snapshots', name, 'kind'),
      check: 'equals' as const,
      value: kind,
      description: `snapshot ${name} of ${key}`,
    })),
    {
      fact: pointer('endpoints', key, 'latest', 'name'),
      check: 'none-of',
      value: remove.map(({ name }) => name).filter((name) => name !== replaced),
      description: `latest of ${key}`,
    },
  ];
}
