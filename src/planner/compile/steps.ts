import type {
  ExecutorPlanning,
  HistoryPlanning,
  PlannedSteps,
  SnapshotPlanning,
  SyncPlanning,
} from '../model/executor.ts';
import type { DirectoryFacts } from '../model/facts.ts';
import { hasErrors, type Finding } from '../model/finding.ts';
import { maxPruneExceeded, pruneFirstOnlyRsync, pruneFirstWithoutSnapshots } from '../model/findings/guards.ts';
import type { Step } from '../model/step.ts';
import { hostAt, type Sync } from '../model/spec.ts';
import { historyOf } from './stored.ts';
import { withInputFiles } from './input-files.ts';
import {
  block,
  guard,
  skip,
  warn,
  type Draft,
  type KnownEndpoint,
  type Planned,
  type Reached,
  type Readable,
  type Stop,
} from './draft.ts';
import type { Role } from '../volumes/marks.ts';
import { withHooks } from '../kinds/command/planning.ts';
import { adoption } from './owned.ts';
import { successNote } from './recorded.ts';
import { destinationLock } from './locks.ts';
import { awaiting } from './openings.ts';
import { unknownPrune } from '../kinds/prune/planning.ts';
import { isNote } from '../model/idle.ts';
import { isForSeveral, mayBearSeveral } from '../volumes/for-several.ts';
import { deviceOf, machineAt } from '../volumes/place.ts';
import { isStop } from './pipeline.ts';
import { plainTarget } from '../kinds/snapshot/plain-target.ts';
import { aroundTransfer, sourceSnapshot } from './source-snapshot.ts';
import { unreached } from '../volumes/reachable.ts';
import { unknownExecutor } from './unknown-executor.ts';
import { unknownForget } from '../kinds/stored/planning.ts';
import { withStoreRoom } from '../kinds/stored/room.ts';
import { insidePreconditions } from '../kinds/rsync/preconditions.ts';
import { noSnapshots } from '../model/findings/destinations.ts';
import { sourceSnapshotUnused } from '../model/findings/source-snapshots.ts';

/** Asks the executors that the sync names for its steps, and puts the user's commands around them. */
export function steps(draft: Readable): Stop | Pick<Planned, 'steps' | 'retention'> {
  const { sync } = draft;
  const transfer = executorNamed(draft, sync.transfer);
  if (transfer?.planTransfer === undefined && transfer?.planReplica === undefined) {
    return noExecutor(draft, 'transfer');
  }
  const taken = sourceSnapshot(draft);
  if (taken !== null && isStop(taken)) return taken;
  if (taken !== null && transfer.planTransfer === undefined)
    return block(draft, sourceSnapshotUnused({ transfer: sync.transfer }));
  const { sourcePath, source } = draft;
  const reading = taken === null ? { sourcePath } : { sourcePath: taken.path, livePath: sourcePath };
  const adopted = adoption(draft);
  const decided = adopted.options === null ? {} : { copyOptions: adopted.options };
  const input: SyncPlanning = { ...historyPlanning(draft), ...reading, source, ...decided };
  const history = sync.snapshots.mode === 'none' ? null : historyOf(draft.input.executors, sync);
  if (history === undefined) return noExecutor(draft, 'snapshots.mode');
  if (sync.policy.pruneFirst === true && history !== null && sync.transfer !== 'rsync')
    warn(draft, pruneFirstOnlyRsync(sync.transfer));
  // Where the policy of all says so, a sync without snapshots is meant the least.
  if (
    history === null &&
    draft.input.spec.positions[`/syncs/${sync.name}/policy/prune-first`] !== undefined &&
    sync.policy.pruneFirst === true
  )
    warn(draft, pruneFirstWithoutSnapshots(sync.name));
  const copied = withInputFiles(draft, transfer, copying(transfer, history, input));
  const { retention, ...unread } = pruning(draft, history, input, copied.steps.length > 0);
  const pruned = withInputFiles(draft, transfer, unread);
  const stop = accept(draft, [...(taken?.findings ?? []), ...copied.findings, ...pruned.findings]);
  if (stop !== null) return stop;
  const hooked = withHooks(input, [...(taken?.make ?? []), ...inOrder(copied.steps, pruned.steps)]);
  const arranged = afterUpstream(draft, taken === null ? hooked : aroundTransfer(taken, hooked));
  const owning = adopted.steps.map((step) => ({ ...step, devices: devicesOf(draft, step) }));
  const all = [...arranged, ...successNote(draft, [...owning, ...arranged])];
  return {
    retention,
    steps: [
      ...owning,
      ...all.map((step) => awaiting(draft, withResources(draft, withStoreRoom(step, sync, draft.destination)))),
    ],
  };
}

/** What makes room comes between its judgement and the transfer; without it there is nothing to judge beforehand. */
function inOrder(copied: readonly Step[], pruned: readonly Step[]): Step[] {
  const [judge, ...others] = copied;
  if (judge?.kind !== 'judge') return [...copied, ...pruned];
  const first = pruned.filter(({ dependsOn }) => dependsOn.includes(judge.id));
  const last = pruned.filter((step) => !first.includes(step));
  if (first.length === 0) return [...others, ...last];
  const ids = first.map(({ id }) => id);
  return [
    judge,
    ...first,
    ...others.map((step) => (step.kind === 'transfer' ? { ...step, dependsOn: [...step.dependsOn, ...ids] } : step)),
    ...last,
  ];
}

/** The steps that move the data, and those that make a snapshot of it. */
function copying(transfer: ExecutorPlanning, history: SnapshotPlanning | null, input: SyncPlanning): PlannedSteps {
  if (transfer.planReplica !== undefined) return transfer.planReplica(input);
  const { target, findings } = history?.target(input) ?? { target: plainTarget(input.destination.path), findings: [] };
  const parts = [transfer.planTransfer?.(input, target), history?.snapshot(input)];
  const further = parts.flatMap((part) => part?.findings ?? []);
  return {
    steps: parts.flatMap((part) => part?.steps ?? []),
    // What a copy would not keep is no news where there will be none.
    findings: [
      ...findings,
      ...(hasErrors(findings) ? further.filter(({ severity }) => severity === 'error') : further),
    ],
  };
}

function pruning(draft: Reached, history: SnapshotPlanning | null, input: HistoryPlanning, upcoming: boolean) {
  const nothing = { steps: [], findings: [], retention: [] };
  if (history === null) return nothing;
  if (!draft.opens.has(draft.sync.destination.volume)) return history.prune(input, upcoming);
  const keeper = draft.sync.stored === undefined ? undefined : executorNamed(draft, draft.sync.transfer);
  return {
    ...nothing,
    ...(keeper === undefined ? { steps: unknownPrune(input, upcoming) } : unknownForget(keeper, input, upcoming)),
  };
}

export function historyPlanning({ input, sync, host, destination }: Reached): HistoryPlanning {
  return {
    spec: input.spec,
    facts: input.facts,
    sync,
    host,
    hostId: hostAt(input.spec, sync.destination.volume),
    destination,
    prune: input.request.prune,
    allowDestructive: input.request.allowDestructive,
  };
}

export function executorNamed(draft: Draft, name: string): ExecutorPlanning | undefined {
  return draft.input.executors.find((executor) => executor.name === name);
}

function noExecutor(draft: Draft, key: 'transfer' | 'snapshots.mode'): Stop {
  return block(draft, unknownExecutor(draft.input.spec, draft.sync, key, draft.input));
}

/** Findings of executors: the first error stops the sync, and all the others are kept. */
export function accept(draft: Draft, findings: readonly Finding[]): Stop | null {
  const error = findings.find((finding) => finding.severity === 'error');
  const others = findings.filter((finding) => finding !== error);
  draft.findings.push(...others.map((finding) => ({ sync: draft.sync.name, ...finding })));
  return error === undefined ? null : block(draft, error);
}

/** A chain starts when the snapshot, or without one the copy, that it reads is complete. */
function afterUpstream(draft: Draft, steps: readonly Step[]): Step[] {
  const upstream = draft.upstream === null ? undefined : draft.planned.get(draft.upstream.name);
  const awaited = upstream === undefined ? undefined : completing(upstream);
  if (awaited === undefined) return [...steps];
  return steps.map((step, index) => (index === 0 ? { ...step, dependsOn: [...step.dependsOn, awaited.id] } : step));
}

function completing({ sync, steps }: Planned): Step | undefined {
  const last =
    sync.snapshots.mode === 'none' || sync.stored !== undefined ? ['transfer', 'source-check'] : ['snapshot'];
  return steps.findLast((step) => last.includes(step.kind) && step.sync === sync.name);
}

/** A sync; it has a source if it reads that. */
type Resourceful = Reached & { source?: KnownEndpoint };

/** It has its own locks, and takes hardly any time of a drive. */
function isOfSource({ kind }: Step): boolean {
  return ['source-snapshot', 'source-check', 'source-release'].includes(kind);
}

/** Which locks and drives a step needs is the same question for every executor, so it is answered here. */
export function withResources(draft: Resourceful, step: Step): Step {
  const { source, destination, sync, input } = draft;
  if (step.kind === 'command' || isOfSource(step)) return step;
  const shared = source?.sentinels.destination === true && step.kind === 'transfer';
  const { preconditions } = step;
  const inside = insidePreconditions(sync, destination);
  return {
    ...step,
    preconditions: [
      ...preconditions,
      ...inside.filter(({ fact }) => preconditions.every((other) => other.fact !== fact)),
    ],
    ...drivesOf(draft, step),
    locks: [
      destinationLock('exclusive', destination.path, step.host, step),
      ...(shared ? [destinationLock('shared', source.path, hostAt(input.spec, sync.source.volume), step)] : []),
    ],
  };
}

/**
 * A copy between two machines mostly waits for the network, so that several to one drive are faster together. A note is a line:
 * the next copy need not wait until it is flushed.
 */
function devicesOf(draft: Resourceful, step: Step): string[] {
  const { sync, source, destination, input } = draft;
  if (isNote(step)) return [];
  const own = deviceAt(draft, 'destination', destination.directory);
  if (step.kind !== 'transfer' || source === undefined) return own;
  const isNear = hostAt(input.spec, sync.source.volume) === hostAt(input.spec, sync.destination.volume);
  return isNear ? [...new Set([...own, ...deviceAt(draft, 'source', source.directory)])] : [];
}

/** A drive of which nobody knows whether it rotates is kept from others only by what writes, where that is known to begin later. */
function drivesOf(draft: Resourceful, step: Step): Pick<Step, 'devices' | 'devicesFor'> {
  const devices = devicesOf(draft, step);
  const { sync, source, destination } = draft;
  const ends = source === undefined ? [destination] : [source, destination];
  const mayShare = devices.length > 0 && ends.every(({ directory }) => mayBearSeveral(directory, sync.policy));
  return mayShare && comparesFirst(sync, step) ? { devices, devicesFor: 'writing' } : { devices };
}

/** A hard-link snapshot begins with its folder, beside the comparison or before it, unless that says whether there will be one. */
function comparesFirst({ snapshots: { mode, when } }: Sync, { kind, executor }: Step): boolean {
  return kind === 'transfer' && executor.name === 'rsync' && (['none', 'btrfs'].includes(mode) || when === 'changed');
}

/** The drive of an end; none where it does several things at once as fast. */
function deviceAt({ input, sync }: Draft, role: Role, directory: DirectoryFacts): string[] {
  return isForSeveral(directory, sync.policy) ? [] : [deviceOf(machineAt(input, sync[role].volume), directory)];
}

/** Can the user's commands run where they are to? */
export function hooksReachable(draft: Draft): Stop | null {
  for (const hook of [...draft.sync.before, ...draft.sync.after, ...draft.sync.onFailure]) {
    const volume = hook.onVolume === null ? undefined : draft.input.spec.volumes[hook.onVolume];
    const remark = volume === undefined ? null : unreached(volume, draft.input.facts);
    if (remark !== null) return remark.severity === 'error' ? block(draft, remark) : skip(draft, remark);
  }
  return null;
}

/** Does retention let no more go than policy.max-prune says? */
export function fewPrunes(draft: Draft): Stop | null {
  const limit = draft.sync.policy.maxPrune;
  const names = draft.retention.filter((line) => line.verdict === 'prune').map((line) => line.name);
  if (limit === null || names.length <= limit) return null;
  return guard(draft, maxPruneExceeded({ sync: draft.sync.name, limit, names }));
}

/** Only what retention no longer holds. */
export function prunes(draft: Reached): Stop | Pick<Planned, 'steps' | 'retention'> {
  const { sync } = draft;
  if (sync.snapshots.mode === 'none') return skip(draft, noSnapshots(sync.name));
  const history = historyOf(draft.input.executors, sync);
  if (history === undefined) return noExecutor(draft, 'snapshots.mode');
  const { retention, ...pruned } = pruning(draft, history, historyPlanning(draft), false);
  const stop = accept(draft, pruned.findings);
  return stop ?? { retention, steps: pruned.steps.map((step) => awaiting(draft, withResources(draft, step))) };
}
