import { classifySnapshots } from '../retention/classify.ts';
import { volumeNamed } from '../model/spec.ts';
import type { Finding } from '../model/finding.ts';
import type { PlannedSync } from '../model/plan.ts';
import { snapshotsGone } from '../model/findings/latest.ts';
import type { Known } from '../model/known.ts';
import { markOf, movedOff } from '../volumes/marks.ts';
import { whyAbsent } from '../volumes/reachable.ts';

/** A warning when the last success made a snapshot, its destination is here for certain, and there is no snapshot at all. */
export function goneSnapshots(about: Known, { name, state, mode, destination }: PlannedSync): Finding | null {
  const { spec, facts } = about;
  const sync = spec.syncs[name];
  const last = facts.history[name]?.lastSuccess?.snapshot ?? null;
  const observed = facts.endpoints[destination];
  if (sync === undefined || state === 'disabled' || mode === 'none' || last === null) return null;
  if (observed?.directory == null || whyAbsent(volumeNamed(spec, sync.destination.volume), facts) !== null) return null;
  if (markOf(about, sync.destination, 'destination', name) !== null || movedOff(facts, sync) !== null) return null;
  const { snapshots, unverified } = classifySnapshots(observed);
  // Who may not list them still sees the link.
  if (observed.latest.kind === 'snapshot' || snapshots.length + unverified.length > 0) return null;
  return { ...snapshotsGone(destination, `${observed.path}/snapshots`, last), sync: name };
}
