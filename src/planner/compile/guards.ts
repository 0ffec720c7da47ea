import { classifySnapshots } from '../retention/classify.ts';
import { storeRoom } from '../kinds/stored/room.ts';
import { destinationName, endpointKey } from '../model/spec.ts';
import {
  maxChangeExceeded,
  maxDeleteExceeded,
  minFree,
  noInodes,
  pruneWhileRefused,
  sourceEmpty,
} from '../model/findings/guards.ts';
import { exceedsMaxChange } from '../model/max-change.ts';
import { detailsWithoutMoved, exceedsMaxDelete, withoutMoved } from '../model/max-delete.ts';
import { previewOf } from '../kinds/rsync/previewed.ts';
import { block, guard, type Draft, type Readable, type Stop } from './draft.ts';

/** While the guard against loss has refused a sync, an older snapshot may be all that holds what is missing. */
export function notRefused(draft: Draft): Stop | null {
  const { name } = draft.sync;
  const last = draft.input.facts.history[name]?.lastRun ?? null;
  return last?.outcome === 'refused' ? guard(draft, pruneWhileRefused({ sync: name, at: last.at })) : null;
}

/** Is there room at the destination? */
export function enoughSpace(draft: Readable): Stop | null {
  const { directory } = draft.destination;
  const { name, destination, stored, policy, snapshots } = draft.sync;
  const full = { sync: name, destination: destinationName(draft.sync), snapshots: snapshots.mode !== 'none' };
  if (directory.freeInodes === 0) return block(draft, noInodes(full));
  const room = storeRoom(draft.destination);
  if (room === null && draft.input.spec.volumes[destination.volume]?.marksOnly === true) return null;
  const [free, volume] =
    room === null ? [directory.freeBytes, destination.volume] : [room.freeBytes, stored?.volume ?? ''];
  if (policy.minFree === null || free >= policy.minFree) return null;
  return block(draft, { ...minFree({ ...full, free, wanted: policy.minFree }), volume });
}

/** An empty source is more often a drive that is not there or a folder that was moved than a wish to delete it all. */
export function sourceFilled(draft: Readable): Stop | null {
  const { source, destination, sync } = draft;
  if (!source.directory.empty || draft.sourcePath !== source.path || !sync.rsync.delete) return null;
  // What is on a drive that is closed is decided when it is open.
  if (draft.opens.has(sync.destination.volume)) return null;
  const filled =
    sync.snapshots.mode === 'none'
      ? !destination.directory.empty
      : classifySnapshots(destination).latest !== null && !lastWasEmpty(draft);
  if (!filled) return null;
  return guard(draft, {
    ...sourceEmpty(endpointKey(sync.source), endpointKey(sync.destination)),
    volume: sync.source.volume,
  });
}

function lastWasEmpty(draft: Draft): boolean {
  const entries = draft.input.facts.history[draft.sync.name]?.lastSuccess?.entries;
  return entries !== undefined && entries !== null && entries === 0;
}

/** The deletion guard at plan time, where a dry run was made. It acts again at apply, before the first deletion. */
export function fewDeletions(draft: Draft): Stop | null {
  const preview = previewOf({ ...draft.input, sync: draft.sync });
  if (preview === null) return null;
  const { name, policy, rsync } = draft.sync;
  const { deletes, lost = deletes, moved, destinationEntries: before } = preview;
  // Recorded facts may be of a time when the sync was told to delete.
  const all = { lost: rsync.delete ? lost : lost - deletes, before };
  const kept = moved?.entries ?? 0;
  const loss = withoutMoved(all, kept);
  if (exceedsMaxDelete(loss, policy.maxDelete)) {
    const details = detailsWithoutMoved(preview.lostInDetail ?? {}, kept);
    return guard(draft, maxDeleteExceeded({ sync: name, ...loss, ...policy.maxDelete, ...details }));
  }
  const { maxChange } = policy;
  if (preview.change === undefined || maxChange === undefined || !exceedsMaxChange(preview.change, maxChange))
    return null;
  return guard(draft, maxChangeExceeded({ sync: name, ...preview.change, percent: maxChange }));
}
