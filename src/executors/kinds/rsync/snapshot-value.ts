import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import { snapshotNotLater } from '../../../planner/model/findings/latest.ts';
import { snapshotPlaceholder } from '../../../planner/model/step.ts';
import { parseSnapshotName, partialName, pruneName, snapshotName } from '../../../planner/retention/names.ts';
import type { StepContext, StepResult } from '../../contract.ts';

/** The placeholder's value, none for a sync that makes no snapshots. */
export interface SnapshotValue {
  values: Record<string, string>;
  findings: Finding[];
}

/** Names the snapshot after the time at which its transfer starts, which is now. */
export function snapshotValue(params: TransferParams, host: string, context: StepContext): SnapshotValue {
  if (!params.makesSnapshot) return { values: {}, findings: [] };
  const name = freeName(params, host, context);
  const behind = isBehind(name, params.compareSnapshot);
  return { values: { [snapshotPlaceholder(params.sync)]: name }, findings: behind ? [clockBehind(params, name)] : [] };
}

/** A clock that was set back can bring back the very millisecond of an earlier snapshot. */
function freeName({ destination }: TransferParams, host: string, context: StepContext): string {
  const { facts } = context;
  const taken = facts.endpoints[destination]?.snapshots ?? {};
  const machine = facts.hosts[host];
  const os = machine?.reachable === true ? machine.os : 'other';
  for (let time = context.now(); ; time += 1) {
    const name = snapshotName(time, os);
    if (![name, partialName(name), pruneName(name)].some((entry) => Object.hasOwn(taken, entry))) return name;
  }
}

function isBehind(name: string, latest: string | null): boolean {
  if (latest === null) return false;
  return (parseSnapshotName(name) ?? 0) <= (parseSnapshotName(latest) ?? 0);
}

function clockBehind({ sync, compareSnapshot }: TransferParams, name: string): Finding {
  return { ...snapshotNotLater(sync, name, compareSnapshot ?? ''), sync };
}

/** The snapshot that is there already stands for the one that was not made. */
export function unneeded({ sync, compareSnapshot, makesSnapshot }: TransferParams): StepResult {
  const known = makesSnapshot && compareSnapshot !== null ? { [snapshotPlaceholder(sync)]: compareSnapshot } : {};
  return { outcome: 'unneeded', findings: [], values: known };
}
