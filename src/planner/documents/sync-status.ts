import { classifySnapshots } from '../retention/classify.ts';
import type { SyncStatus } from '../model/documents.ts';
import type { Facts, SyncHistory, SyncOutcome } from '../model/facts.ts';
import type { PlannedSync } from '../model/plan.ts';
import type { RunRecord } from '../model/run.ts';
import type { Spec, Sync } from '../model/spec.ts';
import { failureSentence } from './last-failure.ts';
import { goneSnapshots } from './gone-snapshots.ts';

/** Milliseconds: what `status` takes where the spec asks for nothing. Thirty days without a backup are nobody's wish. */
const DEFAULT_MAX_AGE = 30 * 86_400_000;

/** After these the copy is not what it should be, whatever its age. */
const NOT_WELL: readonly SyncOutcome[] = ['failed', 'incomplete', 'refused', 'blocked'];

/**
 * What is known of one sync, and whether a person has to look after it.
 *
 * @param records of the last runs
 */
export function syncStatus(
  planned: PlannedSync,
  { spec, facts, records }: { spec: Spec; facts: Facts; records: readonly RunRecord[] },
): SyncStatus {
  const history = facts.history[planned.name];
  const lastRun = history?.lastRun ?? null;
  const record = records.find(({ run }) => run === lastRun?.run);
  const failure = record === undefined ? null : failureSentence(record, planned.name);
  const running = facts.running?.[planned.name]?.run;
  const limit = limitOf(spec.syncs[planned.name]);
  const overdue = planned.overdue || (limit.maxAgeIsDefault === true && isOld(planned, history, facts));
  return {
    name: planned.name,
    state: planned.state === 'planned' ? 'available' : planned.state,
    ...(planned.reason === undefined ? {} : { reason: planned.reason }),
    ...(planned.code === undefined ? {} : { code: planned.code }),
    ...(planned.absence === undefined ? {} : { absence: planned.absence }),
    well: isWell(planned, lastRun?.outcome, overdue) && goneSnapshots({ spec, facts }, planned) === null,
    source: planned.source,
    destination: planned.destination,
    mode: planned.mode,
    lastSuccess: planned.lastSuccess,
    lastRun,
    ...(failure === null ? {} : { lastFailure: failure }),
    ...(running === undefined ? {} : { running }),
    ...limit,
    overdue,
    snapshots: snapshotsOf(planned, facts),
  };
}

function limitOf(sync: Sync | undefined): Pick<SyncStatus, 'maxAge' | 'maxAgeIsDefault'> {
  if (sync === undefined || sync.maxAge === 'never') return { maxAge: null };
  return sync.maxAge === null ? { maxAge: DEFAULT_MAX_AGE, maxAgeIsDefault: true } : { maxAge: sync.maxAge };
}

/** Counted from the last success, else from when the sync was first heard of. */
function isOld({ state, lastSuccess }: PlannedSync, history: SyncHistory | undefined, { observedAt }: Facts): boolean {
  const from = lastSuccess ?? history?.since;
  if (state === 'disabled' || from === undefined) return false;
  return Date.parse(observedAt) - Date.parse(from) > DEFAULT_MAX_AGE;
}

function isWell({ state, absence }: PlannedSync, last: SyncOutcome | undefined, overdue: boolean): boolean {
  if (state === 'disabled') return true;
  return (
    !overdue && absence !== 'unprepared' && state !== 'blocked' && (last === undefined || !NOT_WELL.includes(last))
  );
}

function snapshotsOf({ mode, destination, marks = destination }: PlannedSync, facts: Facts): SyncStatus['snapshots'] {
  const observed = facts.endpoints[marks];
  if (mode === 'none' || observed?.snapshots == null) return null;
  const { snapshots, latest, unverified } = classifySnapshots(observed);
  const incomplete = snapshots.filter((snapshot) => snapshot.incomplete).length;
  return {
    count: snapshots.length,
    latest: latest?.name ?? null,
    unverified: unverified.length,
    ...(incomplete === 0 ? {} : { incomplete }),
  };
}
