import { classifySnapshots } from '../retention/classify.ts';
import type { EndpointFacts } from '../model/facts.ts';
import { endpointKey } from '../model/spec.ts';
import { snapshotPlaceholder } from '../model/step.ts';
import { skip, type Draft, type Stop } from './draft.ts';

/**
 * From which directory does the sync read? A source that is itself a destination with snapshots is read through the
 * snapshot that `latest` names, resolved here once, whoever wrote it: a reader that follows the link while it moves
 * loses files.
 */
export function readable(draft: Draft): Stop | null {
  const { source, upstream } = draft;
  if (source === null) throw new Error(`${draft.sync.name} has no source`);
  if (draft.sync.sourceSnapshot !== null) return snapshotFirst(draft);
  const planned = upstream !== null && draft.earlier.get(upstream.name)?.stop === null;
  if (draft.opens.has(draft.sync.source.volume) && !planned) {
    draft.sourcePath = source.path;
    return null;
  }
  if (!holdsSnapshots(source, upstream?.snapshots.mode)) {
    draft.sourcePath = source.path;
    return planned || upstream === null ? null : completeUpstream(draft, upstream.name);
  }
  if (planned) {
    draft.sourcePath = `${source.path}/snapshots/${snapshotPlaceholder(upstream.name)}`;
    return null;
  }
  const latest = classifySnapshots(source).latest;
  if (latest === null) {
    return skip(draft, {
      code: 'no-snapshot-yet',
      message: `${endpointKey(draft.sync.source)} has no complete snapshot yet to copy from.`,
      volume: draft.sync.source.volume,
      help: upstream === null ? 'Run the sync that fills it first.' : `It comes from the sync ${upstream.name}.`,
    });
  }
  draft.sourcePath = `${source.path}/snapshots/${latest.name}`;
  return null;
}

/** What the spec may say already and a later version of the tool will do. */
function snapshotFirst(draft: Draft): Stop {
  return skip(draft, {
    code: 'source-snapshot-not-supported',
    message: `${draft.sync.name} is to read a btrfs snapshot of its source, which this version of nbkp cannot make yet.`,
    help: 'Leave out source-snapshot to copy the source as it is while it is read.',
  });
}

/** What is there counts even when the spec's sync makes no snapshots (any more): its folder is not what one copied. */
function holdsSnapshots(source: EndpointFacts, mode: string | undefined): boolean {
  if (mode !== undefined && mode !== 'none') return true;
  if (!source.sentinels.destination || source.snapshots === null) return false;
  return mode === 'none' ? source.latest.kind === 'snapshot' : source.latest.kind !== 'absent';
}

/** Without snapshots a chain reads the directory itself, which is half a copy when the run that filled it failed. */
function completeUpstream(draft: Draft, upstream: string): Stop | null {
  const last = draft.input.facts.history[upstream]?.lastRun;
  if (last === undefined || last === null || last.outcome === 'succeeded') return null;
  return skip(draft, {
    code: 'upstream-incomplete',
    message: `${endpointKey(draft.sync.source)} may be half a copy: the last run of ${upstream} ${last.outcome === 'interrupted' ? 'was interrupted' : `was ${last.outcome}`} (${last.at}).`,
    help: `Let ${upstream} succeed first.`,
  });
}
