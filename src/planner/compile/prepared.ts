import { latestTrouble, unverifiedRemarks } from '../retention/latest.ts';
import type { EndpointFacts } from '../model/facts.ts';
import { endpointKey, type Sync } from '../model/spec.ts';
import { historyIsCopied, snapshotNames } from './copied-history.ts';
import { block, warn, type Draft, type KnownEndpoint, type Reached, type Stop } from './draft.ts';
import { leadsOut } from '../volumes/contained.ts';
import { destinationOnMac } from '../model/findings/servers.ts';
import * as destinations from '../model/findings/destinations.ts';

/** Can the destination hold what the sync wants to write there, and is its history what it seems? */
export function prepared(draft: Reached): Stop | null {
  const { destination, sync, host } = draft;
  if (host.os === 'darwin') return block(draft, destinationOnMac(sync.destination.volume));
  const key = endpointKey(sync.destination);
  const out = leadsOut(draft.input.facts, sync);
  if (out !== null) return block(draft, out);
  const closed = notWritable(destination, sync);
  if (closed !== null) {
    const readOnly = destination.directory.mount?.options.includes('ro') === true;
    const remark = destinations.destinationNotWritable(closed, readOnly);
    return block(draft, { ...remark, volume: sync.destination.volume });
  }
  return sync.snapshots.mode === 'none' ? withoutHistory(draft, destination) : latestSound(draft, destination, key);
}

/** The first of the folders that the sync writes in where this user may not. */
export function notWritable(
  { path, directory, staging, snapshotsReadOnly }: KnownEndpoint,
  { snapshots }: Sync,
): string | null {
  if (!directory.writable) return path;
  if (snapshots.mode !== 'none' && snapshotsReadOnly === true) return `${path}/snapshots`;
  return snapshots.mode === 'btrfs' && staging?.writable === false ? `${path}/staging` : null;
}

/** With mode `none` rsync's --delete would remove `snapshots/` of an earlier mode. */
function withoutHistory(draft: Draft, destination: EndpointFacts): Stop | null {
  const names = snapshotNames(destination);
  if (names.length === 0 && destination.latest.kind !== 'snapshot') return null;
  if (historyIsCopied(draft.input, draft.sync, destination)) return null;
  const remark = destinations.historyWouldBeDeleted(destination.path, names.length);
  return block(draft, { ...remark, volume: draft.sync.destination.volume });
}

function latestSound(draft: Draft, destination: EndpointFacts, key: string): Stop | null {
  const now = Date.parse(draft.input.facts.observedAt);
  const trouble = latestTrouble(destination, now);
  if (trouble !== null) return block(draft, trouble);
  for (const remark of unverifiedRemarks(destination, key, now)) warn(draft, remark);
  return null;
}
