import type { SnapshotsDocument, SyncSnapshots } from '../../model/documents.ts';
import type { Facts } from '../../model/facts.ts';
import type { Plan, PlannedSync } from '../../model/plan.ts';
import type { Spec } from '../../model/spec.ts';
import { classifySnapshots } from '../../retention/classify.ts';
import { parseSnapshotName } from '../../retention/names.ts';
import { observedHeader } from './status.ts';

/** The snapshots of each sync and why each stays or goes, from a plan of purpose `prune`. */
export function snapshotsDocument(spec: Spec, facts: Facts, plan: Plan): SnapshotsDocument {
  return {
    formatVersion: '1.0',
    ...observedHeader(spec, facts, plan),
    syncs: plan.syncs.filter((planned) => planned.mode !== 'none').map((planned) => syncSnapshots(planned, facts)),
  };
}

function syncSnapshots(planned: PlannedSync, facts: Facts): SyncSnapshots {
  const observed = facts.endpoints[planned.destination];
  const latest = observed === undefined ? null : classifySnapshots(observed).latest;
  return {
    name: planned.name,
    destination: planned.destination,
    mode: planned.mode,
    ...(planned.reason === undefined ? {} : { reason: planned.reason }),
    ...(planned.code === undefined ? {} : { code: planned.code }),
    latest: latest?.name ?? null,
    snapshots: planned.retention.map((line) => ({
      ...line,
      at: new Date(parseSnapshotName(line.name) ?? 0).toISOString(),
    })),
  };
}
