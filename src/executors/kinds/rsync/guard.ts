import type { Finding } from '../../../planner/model/finding.ts';
import { writesInPlace } from '../../../planner/kinds/rsync/argv.ts';
import { entriesRecorded, type TransferParams } from '../../../planner/kinds/rsync/params.ts';
import {
  entriesUncountable,
  maxChangeExceeded,
  maxDeleteExceeded,
  sourceEmptied,
} from '../../../planner/model/findings/guards.ts';
import { exceedsMaxChange } from '../../../planner/model/max-change.ts';
import {
  detailsWithoutMoved,
  exceedsMaxDelete,
  lossInPlace,
  lossOfSnapshot,
  type Compared,
  withoutMoved,
  type Loss,
} from '../../../planner/model/max-delete.ts';
import { lossDetails } from '../../../hosts/rsync/loss-details.ts';
import type { StepContext } from '../../contract.ts';
import type { Comparison } from './compare.ts';

type Judged = Omit<Comparison, 'pass' | 'verdict'>;

/**
 * Acts before anything is lost: entries, by path and kind, of the last snapshot or of the copy that is there, which the new
 * state lacks. As many others in their place make up for none of them. And, where there is a limit, files of the same names
 * with other content.
 *
 * @param seen what the dry run saw before the first pass, or that pass itself
 * @param comparison null where the first pass alone tells what is new since the last snapshot
 * @param moved so many of the lost entries are there under other names, as somebody has verified
 * @returns the reason to refuse, or null
 */
export async function guardAgainst(
  params: TransferParams,
  seen: Compared,
  comparison: Judged | null,
  context: StepContext,
  moved = 0,
): Promise<Finding | null> {
  if (context.allowDestructive) return null;
  const compared = writesInPlace(params)
    ? lossInPlace(seen, comparison?.replaced ?? 0)
    : await sinceSnapshot(params, seen, comparison, context);
  const { sync, maxDelete, maxChange } = params;
  if (compared === null) return { ...entriesUncountable(params.compareWith ?? ''), sync };
  const loss = withoutMoved(compared, moved);
  if (seen.entries === 0 && loss.lost > 0) {
    const copy = params.compareSnapshot ?? params.destination;
    return { ...sourceEmptied(params.live ?? params.source, copy, loss.before), sync };
  }
  if (exceedsMaxDelete(loss, maxDelete)) {
    const { details = await lossDetails(params, context.query.rehearse) } = comparison ?? {};
    const others = detailsWithoutMoved(details, moved);
    return { ...maxDeleteExceeded({ sync, ...loss, ...maxDelete, ...others }), sync };
  }
  const change = comparison?.change;
  if (change === undefined || maxChange === undefined || !exceedsMaxChange(change, maxChange)) return null;
  return { ...maxChangeExceeded({ sync, ...change, percent: maxChange }), sync };
}

/** Null when the entries of the last snapshot cannot be counted. What could not be read of the source counts as lost. */
async function sinceSnapshot(
  params: TransferParams,
  { entries, created, gone }: Compared,
  comparison: Judged | null,
  context: StepContext,
): Promise<Loss | null> {
  if (params.compareWith === null) return lossInPlace({ entries, created, gone }, 0);
  const { facts, query } = context;
  const recorded = entriesRecorded(params, facts.history[params.sync] ?? null);
  const before = recorded ?? (await query.countEntries(params.compareWith));
  if (before === null) return null;
  const since = comparison?.totals ?? { entries, created };
  const kept = Math.min(since.entries - since.created, entries);
  return lossOfSnapshot({ entries, created: entries - kept, gone }, before);
}
