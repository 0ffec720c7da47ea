import type { SnapshotsDocument, SyncSnapshots } from '../model/documents.ts';
import type { Facts } from '../model/facts.ts';
import type { Plan, PlannedSync } from '../model/plan.ts';
import type { Keep, Spec } from '../model/spec.ts';
import { classifySnapshots } from '../retention/classify.ts';
import { departures } from '../retention/departures.ts';
import { parseSnapshotName } from '../retention/names.ts';
import { observedHeader } from './status.ts';

/** The snapshots of each sync and why each stays or goes, from a plan of purpose `prune`. */
export function snapshotsDocument(spec: Spec, facts: Facts, plan: Plan): SnapshotsDocument {
  return {
    formatVersion: '1.0',
    ...observedHeader(spec, facts, plan),
    syncs: plan.syncs
      .filter((planned) => planned.mode !== 'none')
      .map((planned) => syncSnapshots(planned, spec.syncs[planned.name]?.snapshots.keep ?? null, facts)),
  };
}

function syncSnapshots(planned: PlannedSync, keep: Keep | null, facts: Facts): SyncSnapshots {
  const observed = facts.endpoints[planned.destination];
  const history = observed === undefined ? null : classifySnapshots(observed);
  const ends = departures(history?.snapshots ?? [], keep, Date.parse(facts.observedAt));
  return {
    name: planned.name,
    destination: planned.destination,
    mode: planned.mode,
    ...(planned.reason === undefined ? {} : { reason: planned.reason }),
    ...(planned.code === undefined ? {} : { code: planned.code }),
    latest: history?.latest?.name ?? null,
    snapshots: planned.retention.map((line) => ({
      ...line,
      at: new Date(parseSnapshotName(line.name) ?? 0).toISOString(),
      ...(line.verdict === 'keep' ? { goesAt: instant(ends.get(line.name)) } : {}),
    })),
  };
}

function instant(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
