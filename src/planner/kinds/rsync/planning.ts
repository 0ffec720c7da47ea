import type { ExecutorPlanning, PlannedSteps, SyncPlanning, TransferTarget } from '../../model/executor.ts';
import type { Facts } from '../../model/facts.ts';
import { type Finding, hasErrors } from '../../model/finding.ts';
import { endpointKey, hostAt, LOCAL_HOST, type Spec, type Sync } from '../../model/spec.ts';
import { plannedStep, PLACEHOLDER, type Estimate, type Step } from '../../model/step.ts';
import { judgeCommands } from './argv.ts';
import { forgetPartialFiles } from './clean-up.ts';
import { mountsWithin } from '../../mounts/mounted-within.ts';
import { prunesFirst } from '../prune/planning.ts';
import { expandFilters, LOST_AND_FOUND } from './filters.ts';
import { filesWrittenAnew } from '../../model/findings/file-systems.ts';
import { keepingOf } from '../../volumes/copy-options.ts';
import { heldFlags, heldRemarks, leftOutRemarks, unholdableBy } from './held.ts';
import { objectionsToFlags } from '../../model/rsync-flags.ts';
import { byList, obstacleToLinks, renaming, stepCommands } from './linking.ts';
import { comparesExactTimes, EXACT_TIMES, questionsAboutTimes } from './times.ts';
import { renameSearchCommands } from './moving.ts';
import { previewOf } from './previewed.ts';
import { transferParams, type TransferParams } from './params.ts';
import { transferPreconditions } from './preconditions.ts';

const VERSION = '1.0.0';

/** Copies a directory with rsync. */
export const rsyncPlanning: ExecutorPlanning<'transfer' | 'judge'> = {
  name: 'rsync',
  version: VERSION,
  kinds: ['transfer', 'judge'],
  planTransfer,
  questions: questionsAboutTimes,
  commands: (params) => commandsOf(transferParams(params)),
};

function planTransfer(input: SyncPlanning, target: TransferTarget): PlannedSteps {
  const filters = expandFilters(input);
  const keeping = keepingOf(input, input.sync, input.destination.directory?.mount ?? null, input.copyOptions ?? null);
  const flags = heldFlags(input.sync, keeping);
  if (comparesExactTimes(input)) flags.options.push(EXACT_TIMES);
  const findings: Finding[] = [
    ...heldRemarks(input.sync, keeping),
    ...leftOutRemarks(input, previewOf(input)),
    ...unlinkableRemarks(input, target),
    ...filters.findings,
    ...objectionsToFlags([...flags.options, ...flags.extraOptions]),
  ].map((finding) => ({ sync: input.sync.name, ...finding }));
  if (hasErrors(findings)) return { steps: [], findings };
  const rules = [...protectionOf(input, target), ...filters.rules];
  const transfer = transferStep(input, target, paramsOf(input, target, { ...flags, filters: rules }));
  return { steps: prunesFirst(input) ? [judgeStep(transfer), transfer] : [transfer], findings };
}

function protectionOf({ destination: { directory, path } }: SyncPlanning, target: TransferTarget): string[] {
  const { mount = null, realPath = '' } = directory ?? {};
  const isWhole = mount !== null && mount.target === realPath && /^ext[234]$/.test(mount.fsType);
  return isWhole && target.path === path ? [LOST_AND_FOUND] : [];
}

/** A hard link has one mode and one owner: with others a file is copied whole, which rsync counts nowhere. */
function unlinkableRemarks(input: SyncPlanning, target: TransferTarget): Finding[] {
  const { linkDest, compareSnapshot, copiesAll } = target;
  const attributes = previewOf(input)?.attributes;
  if (linkDest === null || compareSnapshot === null || copiesAll === true || attributes === undefined) return [];
  return [filesWrittenAnew({ ...attributes, snapshot: compareSnapshot })];
}

function commandsOf(params: TransferParams): string[][] {
  return params.judges === true ? judgeArgv(params) : stepCommands(params);
}

function judgeArgv(params: TransferParams): string[][] {
  const { listing, there, undated, comparison, lacking, kinds, contents } = judgeCommands(params);
  return [listing, there, undated, comparison, lacking, kinds, contents, ...renameSearchCommands(params)].filter(
    (argv) => argv !== null,
  );
}

/** The guard, asked before anything is done: what refuses a run has to do so before a snapshot goes to make room for it. */
function judgeStep(transfer: Step): Step {
  const params: TransferParams = { ...transferParams(transfer.params), judges: true };
  const { estimate: _, deferred: __, ...like } = transfer;
  return {
    ...like,
    id: `judge:${params.sync}`,
    kind: 'judge',
    action: 'run',
    summary: 'judge what the new snapshot would lose',
    reason: 'policy.prune-first: nothing is pruned for a run that is refused',
    destructive: false,
    preconditions: transfer.preconditions.filter(({ check }) => check !== 'at-least'),
    commands: judgeArgv(params),
    params: { ...params },
  };
}

function paramsOf(
  { spec, facts, sync, sourcePath, livePath, destination }: SyncPlanning,
  target: TransferTarget,
  rsync: Pick<TransferParams, 'options' | 'extraOptions' | 'deletes' | 'filters'>,
): TransferParams {
  const broke = lastRunBroke(facts, sync.name);
  return {
    sync: sync.name,
    destination: endpointKey(sync.destination),
    source: sourcePath,
    ...(livePath === undefined ? {} : { live: livePath }),
    target: target.path,
    remote: remoteSide(spec, sync),
    ...(sync.rsync.sudo === true ? { sudo: true } : {}),
    linkDest: target.linkDest,
    ...(target.copiesAll === true ? { copiesAll: true } : {}),
    compareWith: target.compareWith,
    compareSnapshot: target.compareSnapshot,
    ...(target.lastWhole === undefined ? {} : { lastWhole: target.lastWhole }),
    prepare: target.prepare,
    cleanUp:
      broke && !target.scratch
        ? forgetPartialFiles(target.path, mountsWithin(destination, target.path))
        : target.cleanUp,
    scratch: target.scratch,
    resumes: target.resumes || broke,
    makesSnapshot: sync.snapshots.mode !== 'none',
    whenChanged: sync.snapshots.when === 'changed',
    tolerate: sync.tolerate,
    timeout: sync.timeout,
    maxDelete: { ...sync.policy.maxDelete },
    ...(sync.policy.maxChange === undefined ? {} : { maxChange: sync.policy.maxChange }),
    ...rsync,
    ...unholdableBy(sync, destination),
  };
}

/** Null when both sides are on one machine, where rsync then runs. */
function remoteSide(spec: Spec, { source, destination }: Sync): TransferParams['remote'] {
  const [from, to] = [hostAt(spec, source.volume), hostAt(spec, destination.volume)];
  if (from === to) return null;
  return from === LOCAL_HOST
    ? { side: 'target', volume: destination.volume }
    : { side: 'source', volume: source.volume };
}

function lastRunBroke(facts: Facts, sync: string): boolean {
  const last = facts.history[sync]?.lastRun ?? null;
  return last !== null && last.outcome !== 'succeeded' && last.outcome !== 'incomplete';
}

function transferStep(input: SyncPlanning, target: TransferTarget, plain: TransferParams): Step {
  const obstacle = obstacleToLinks(input, target, plain);
  const params: TransferParams = {
    ...plain,
    ...(target.linkDest !== null && obstacle === null ? { linksAtOnce: true } : {}),
    ...renaming(input, target, plain),
    ...byList(input, target, plain),
  };
  const { sync, hostId, destination } = input;
  const from = endpointKey(sync.source);
  const to = endpointKey(sync.destination);
  const isNew = target.scratch || destination.directory?.empty === true;
  const estimate = estimateOf(input, target);
  const awaited = params.source.match(PLACEHOLDER)?.filter((placeholder) => placeholder.startsWith('{snapshot:'));
  return plannedStep({
    id: `transfer:${sync.name}`,
    kind: 'transfer',
    executor: { name: rsyncPlanning.name, version: VERSION },
    sync: sync.name,
    volume: sync.destination.volume,
    host: hostId,
    action: isNew ? 'create' : 'update',
    summary: `copy ${from} to ${to}`,
    reason:
      input.facts.basis === 'none'
        ? `what ${to} holds is not known`
        : reasonOf(params, target, { isNew, obstacle, from, to }),
    // With snapshots an older one still holds what is deleted or overwritten.
    destructive: params.deletes && !isNew && !params.makesSnapshot,
    preconditions: transferPreconditions(input, target),
    commands: stepCommands(params),
    ...(estimate === null ? {} : { estimate }),
    ...(params.deletes && !isNew && !input.allowDestructive ? { deleteLimit: params.maxDelete } : {}),
    ...(awaited === undefined || awaited.length === 0
      ? {}
      : { deferred: `what changes is known when ${awaited.join(', ')} is complete` }),
    params: { ...params },
  });
}

function reasonOf(
  params: TransferParams,
  target: TransferTarget,
  { isNew, obstacle, from, to }: { isNew: boolean; obstacle: string | null; from: string; to: string },
): string {
  if (target.resumes) return 'continues a transfer that is not complete';
  if (params.makesSnapshot) {
    if (target.compareSnapshot === null) return `${to} has no snapshot yet`;
    if (target.linkDest === null) return `a new snapshot after ${target.compareSnapshot}`;
    if (target.copiesAll === true)
      return `a new snapshot, a full copy: ${target.compareSnapshot} is in another subvolume`;
    return obstacle === null
      ? `a new snapshot that begins as links to all of ${target.compareSnapshot}`
      : `a new snapshot; unchanged files are linked to ${target.compareSnapshot} one by one: ${obstacle}`;
  }
  if (isNew) return `${to} is empty`;
  return params.deletes ? `${to} becomes what ${from} is` : `${to} gets what is new in ${from}; nothing is deleted`;
}

function estimateOf(input: SyncPlanning, { linkDest }: TransferTarget): Estimate | null {
  const preview = previewOf(input);
  if (preview === null) return lastRun(input.facts, input.sync.name);
  const { files, bytes, creates, updates, deletes, attributes, moved } = preview;
  const anew = linkDest === null || attributes === undefined ? {} : { writtenAnew: attributes };
  const renamed = moved === undefined || moved.files === 0 ? {} : { moved: { files: moved.files, bytes: moved.bytes } };
  return { files, bytes, creates, updates, deletes, ...anew, ...renamed, basis: 'dry-run' };
}

/** What the last success copied says little about changes and nothing about deletions. */
function lastRun(facts: Facts, sync: string): Estimate | null {
  const last = facts.history[sync]?.lastSuccess;
  if (last?.bytes === undefined || last.files === undefined) return null;
  return { files: last.files, bytes: last.bytes, creates: 0, updates: 0, deletes: 0, basis: 'last-run' };
}
