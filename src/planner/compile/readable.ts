import { classifySnapshots } from '../retention/classify.ts';
import { latestTrouble } from '../retention/latest.ts';
import { endpointKey } from '../model/spec.ts';
import { snapshotPlaceholder } from '../model/step.ts';
import { isReadThroughLatest } from './copied-history.ts';
import { block, skip, type Connected, type Draft, type Readable, type Stop } from './draft.ts';
import { nothingToReadYet, upstreamIncomplete } from '../model/findings/presence.ts';

/**
 * From which directory does the sync read? A source that is itself a destination with snapshots is read through the
 * snapshot that `latest` names, resolved here once, whoever wrote it: a reader that follows the link while it moves
 * loses files.
 */
export function readable(draft: Connected): Stop | Pick<Readable, 'sourcePath'> {
  const { source, upstream } = draft;
  const planned = upstream !== null && draft.planned.has(upstream.name);
  if (draft.opens.has(draft.sync.source.volume) && !planned) return { sourcePath: source.path };
  if (!isReadThroughLatest(draft.input, source, upstream)) {
    const incomplete = planned || upstream === null ? null : incompleteUpstream(draft, upstream.name);
    return incomplete ?? { sourcePath: source.path };
  }
  if (planned) return { sourcePath: `${source.path}/snapshots/${snapshotPlaceholder(upstream.name)}` };
  const latest = classifySnapshots(source).latest;
  if (latest === null) {
    const { source: end } = draft.sync;
    const trouble = latestTrouble(source, Date.parse(draft.input.facts.observedAt));
    if (trouble !== null) return block(draft, { ...trouble, volume: end.volume });
    return skip(draft, { ...nothingToReadYet(endpointKey(end), upstream?.name), volume: end.volume });
  }
  return { sourcePath: `${source.path}/snapshots/${latest.name}` };
}

/** Without snapshots a chain reads the directory itself, which is half a copy when the run that filled it failed. */
function incompleteUpstream(draft: Draft, upstream: string): Stop | null {
  const last = draft.input.facts.history[upstream]?.lastRun;
  if (last == null || last.outcome === 'succeeded' || last.outcome === 'incomplete') return null;
  return skip(draft, upstreamIncomplete(endpointKey(draft.sync.source), upstream, last));
}
