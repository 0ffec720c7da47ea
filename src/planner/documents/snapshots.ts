import type { SnapshotsDocument, SyncSnapshots } from '../model/documents.ts';
import type { Facts } from '../model/facts.ts';
import type { Finding } from '../model/finding.ts';
import type { Plan, PlannedSync, RetentionLine } from '../model/plan.ts';
import type { Keep, Spec } from '../model/spec.ts';
import { classifySnapshots, type History } from '../retention/classify.ts';
import { departures } from '../retention/departures.ts';
import { parseSnapshotName } from '../retention/names.ts';
import { planRetention } from '../retention/retain.ts';
import { observedHeader } from './status.ts';

/**
 * The snapshots of each sync and why each stays or goes, from a plan of purpose `prune`. What keeps them all from being pruned
 * is only a remark here.
 */
export function snapshotsDocument(spec: Spec, facts: Facts, plan: Plan): SnapshotsDocument {
  const findings = plan.findings.map((finding): Finding => {
    const { guard, ...rest } = finding;
    return guard === true ? { ...rest, severity: 'warning' } : finding;
  });
  return {
    formatVersion: '1.0',
    ...observedHeader(spec, facts, { findings }),
    syncs: plan.syncs
      .filter((planned) => planned.mode !== 'none')
      .map((planned) => syncSnapshots(planned, spec.syncs[planned.name]?.snapshots.keep ?? null, facts)),
  };
}

function syncSnapshots(planned: PlannedSync, keep: Keep | null, facts: Facts): SyncSnapshots {
  const observed = facts.endpoints[planned.marks ?? planned.destination];
  const history = observed === undefined ? null : classifySnapshots(observed);
  const now = Date.parse(facts.observedAt);
  const ends = departures(history?.snapshots ?? [], keep, now);
  return {
    name: planned.name,
    destination: planned.destination,
    mode: planned.mode,
    ...(planned.reason === undefined ? {} : { reason: planned.reason }),
    ...(planned.code === undefined ? {} : { code: planned.code }),
    latest: history?.latest?.name ?? null,
    snapshots: linesOf(planned, history, { keep, now }).map(({ isHeld = false, ...line }) => ({
      ...line,
      at: new Date(parseSnapshotName(line.name) ?? 0).toISOString(),
      ...(line.verdict === 'keep' && !isHeld ? { goesAt: instant(ends.get(line.name)) } : {}),
      ...(history?.incomplete.includes(line.name) === true ? { incomplete: true } : {}),
    })),
  };
}

/** A sync that is blocked loses none of its snapshots: those that would go stay for now. */
function linesOf(
  { state, code, retention }: PlannedSync,
  history: History | null,
  { keep, now }: { keep: Keep | null; now: number },
): (RetentionLine & { isHeld?: boolean })[] {
  if (state !== 'blocked' || history === null) return retention;
  const lines = planRetention({ history, keep, now, upcoming: 'none' }).lines;
  const reasons = [`stays while nothing is pruned (${code ?? state})`];
  return lines.map((line) => (line.verdict === 'prune' ? { ...line, verdict: 'keep', reasons, isHeld: true } : line));
}

function instant(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
