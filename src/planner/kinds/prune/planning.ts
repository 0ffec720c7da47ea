import { classifySnapshots } from '../../retention/classify.ts';
import { areParams } from '../../params/valid.ts';
import { prunable } from './decide.ts';
import { pruneBatches } from './batches.ts';
import { removals, wordsFor, type Removal } from './removals.ts';
import type { Json } from '../../model/json.ts';
import type { HistoryPlanning, PlannedSteps } from '../../model/executor.ts';
import type { RetentionLine } from '../../model/plan.ts';
import { endpointKey, type Sync } from '../../model/spec.ts';
import { plannedStep, type Precondition, type Step } from '../../model/step.ts';
import { pointer } from '../../model/pointer.ts';
import { snapshotParams, SNAPSHOT_VERSION, type SnapshotParams } from '../snapshot/common.ts';

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
    retention: withStuck(lines, remove),
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

function withStuck(lines: readonly RetentionLine[], remove: readonly Removal[]): RetentionLine[] {
  const mounted = new Set(remove.flatMap((removal) => (removal.mounted === undefined ? [] : [removal.name])));
  return lines.map((line) =>
    mounted.has(line.name) ? { ...line, verdict: 'keep', reasons: ['something is mounted in it'] } : line,
  );
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
