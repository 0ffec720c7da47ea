import type { DeadRun, Leftover, RecoverDocument } from '../model/documents.ts';
import type { Facts } from '../model/facts.ts';
import type { Plan } from '../model/plan.ts';
import { endpointKey, type Spec, type Sync } from '../model/spec.ts';
import type { Step } from '../model/step.ts';
import { classifySnapshots } from '../retention/classify.ts';
import type { KnownDrive } from '../kinds/drive/scope.ts';
import { FOLDER } from '../kinds/source-snapshot/commands.ts';
import { temporaryLinks } from '../kinds/snapshot/common.ts';
import { leftOpen } from '../purposes/recover.ts';
import { observedHeader } from './status.ts';

/** What dead runs left at the destinations that are there, and what becomes of it. */
export function recoverDocument(
  { spec, facts, syncs }: { spec: Spec; facts: Facts; syncs: readonly Sync[] },
  plan: Plan,
  deadRuns: DeadRun[],
): RecoverDocument {
  return {
    formatVersion: '1.0',
    ...observedHeader(spec, facts, plan),
    deadRuns,
    leftovers: [
      ...plan.steps.flatMap(owedCommand),
      ...syncs.flatMap((sync) => leftoversOf(sync, facts)),
      ...leftOpen({ spec, facts }).map(openDrive),
    ],
  };
}

function owedCommand({ kind, sync, commands, reason }: Step): Leftover[] {
  if (kind !== 'command' || sync === undefined) return [];
  return commands.map(([program = '']) => ({ kind: 'owed-command', sync, path: program, fate: 'run', reason }));
}

function openDrive({ volume, target, opened }: KnownDrive): Leftover {
  return {
    ...{
      kind: 'open-drive',
      volume: volume.name,
      path: target ?? `/dev/disk/by-uuid/${volume.mount?.deviceUuid ?? ''}`,
    },
    ...{ fate: 'closed', reason: `run ${opened?.run ?? ''} had opened it` },
  };
}

/** What is there belongs to the run that is at work, if there is one. */
function leftoversOf(sync: Sync, facts: Facts): Leftover[] {
  return facts.running?.[sync.name] === undefined ? [...inSource(sync, facts), ...inDestination(sync, facts)] : [];
}

/** Of what is in the folder of temporary snapshots the one that bears the sync's name. */
function inSource({ name, source }: Sync, facts: Facts): Leftover[] {
  const observed = facts.endpoints[endpointKey(source)];
  const path = `${FOLDER}/${name}`;
  if (observed?.leftovers.includes(path) !== true) return [];
  return [
    {
      ...{ kind: 'source-snapshot', sync: name, path: `${observed.path}/${path}`, fate: 'removed' },
      reason: 'a run had made it to copy from',
    },
  ];
}

function inDestination(sync: Sync, facts: Facts): Leftover[] {
  const observed = facts.endpoints[endpointKey(sync.destination)];
  if (observed === undefined) return [];
  const { partials, pruneLeftovers } = classifySnapshots(observed);
  const leftover = (kind: Leftover['kind'], path: string, fate: Leftover['fate'], reason: string): Leftover => {
    return { kind, sync: sync.name, path: `${observed.path}/${path}`, fate, reason };
  };
  return [
    ...partials.map((name) =>
      leftover('partial-snapshot', `snapshots/${name}`, 'resumed', 'the next run goes on where it stopped'),
    ),
    ...pruneLeftovers.map((name) =>
      leftover(
        'unfinished-prune',
        `snapshots/${name}`,
        'removed',
        'it had been given up by retention, and is half gone',
      ),
    ),
    ...temporaryLinks(observed).map((name) =>
      leftover('temporary-link', name, 'removed', 'latest still names the snapshot before; the new one stays'),
    ),
  ];
}
