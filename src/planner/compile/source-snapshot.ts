import type { SourceSnapshot } from '../model/executor.ts';
import { sourceSnapshotAbsoluteRule, sourceSnapshotNeedless } from '../model/findings/source-snapshots.ts';
import { endpointKey, hostAt } from '../model/spec.ts';
import type { LockRequest, Step } from '../model/step.ts';
import { absoluteRule } from '../kinds/rsync/filters.ts';
import { FOLDER } from '../kinds/source-snapshot/commands.ts';
import { block, inform, type Readable, type Stop } from './draft.ts';
import { destinationLock } from './locks.ts';
import { unknownExecutor } from './unknown-executor.ts';

/**
 * The temporary snapshot that a sync reads; null where it wants none, or needs none since what it reads is a snapshot already.
 * Its steps hold the lock of its name in the source: whatever bears the name is then nobody's.
 */
export function sourceSnapshot(draft: Readable): Stop | SourceSnapshot | null {
  const { sync, source, sourcePath, input, opens } = draft;
  if (sync.sourceSnapshot === null) return null;
  if (sourcePath !== source.path) {
    inform(draft, sourceSnapshotNeedless({ source: endpointKey(sync.source) }));
    return null;
  }
  const executor = input.executors.find(({ name }) => name === sync.sourceSnapshot)?.sourceSnapshots;
  if (executor === undefined) return block(draft, unknownExecutor(input.spec, sync, 'source-snapshot', input));
  const absolute = absoluteRule({ spec: input.spec, facts: input.facts, sync });
  if (absolute !== null) {
    const { rule, ...where } = absolute;
    return block(draft, { ...sourceSnapshotAbsoluteRule(rule), ...where });
  }
  const hostId = hostAt(input.spec, sync.source.volume);
  const host = input.facts.hosts[hostId];
  if (host?.reachable !== true) throw new Error(`the source of ${sync.name} is here, and its host is not`);
  const isKnown = input.facts.basis !== 'none' && !opens.has(sync.source.volume);
  const taken = executor.plan({ spec: input.spec, facts: input.facts, sync, host, hostId, source, isKnown });
  const locked = (step: Step): Step => ({ ...step, locks: locksOf(draft, step) });
  const { make, check = [], remove } = taken;
  return { ...taken, make: make.map(locked), check: check.map(locked), remove: remove.map(locked) };
}

function locksOf({ sync, source, destination, input }: Readable, step: Step): Step['locks'] {
  const own = hostAt(input.spec, sync.destination.volume);
  return [destinationLock('exclusive', destination.path, own, step), sourceLock(source.directory.realPath, sync.name)];
}

/** Held on the host of the source while a snapshot of this name may be there. */
export function sourceLock(source: string, sync: string): LockRequest {
  return { path: `${source}/${FOLDER}/${sync}.lock`, mode: 'exclusive' };
}

/**
 * Puts the steps that make a snapshot of the source before the transfer, and those that look whether it was whole and that
 * remove it behind it.
 */
export function aroundTransfer({ make, check = [], remove }: SourceSnapshot, steps: readonly Step[]): Step[] {
  const last = make.at(-1)?.id;
  const needed = last === undefined ? [] : [last];
  const reads = (step: Step): Step => ({ ...step, dependsOn: [...step.dependsOn, ...needed] });
  const transfer = steps.find(({ kind }) => kind === 'transfer')?.id;
  const checks = check.map(({ id }) => id);
  const after = (step: Step, before: readonly string[]): Step => ({
    ...step,
    dependsOn: [...step.dependsOn, ...before],
  });
  return steps.flatMap((step) => {
    if (step.kind === 'judge') return [reads(step)];
    if (step.kind === 'transfer')
      return [
        reads(step),
        ...check.map((each) => after(each, [step.id])),
        ...remove.map((each) => after(each, [step.id, ...checks])),
      ];
    return [transfer !== undefined && step.dependsOn.includes(transfer) ? after(step, checks) : step];
  });
}
