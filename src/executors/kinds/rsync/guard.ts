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
import { lossOfCopy } from '../../../hosts/rsync/replaced.ts';
import { lossDetails } from '../../../hosts/rsync/loss-details.ts';
import type { StepContext } from '../../contract.ts';
import type { Comparison } from './compare.ts';
import type { Placed } from './moves.ts';

type Judged = Omit<Comparison, 'pass' | 'verdict' | 'since'>;

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
  moved = comparison?.renamed?.entries ?? 0,
): Promise<Finding | null> {
  if (context.allowDestructive) return null;
  const counted = countedWith(seen, comparison?.placed);
  const compared = writesInPlace(params)
    ? await lossOfCopy(params, lossInPlace(counted, comparison?.replaced ?? 0), context.query)
    : await sinceSnapshot(params, counted, comparison, context);
  const { sync, maxDelete, maxChange } = params;
  if (compared === null) return { ...entriesUncountable(params.compareWith ?? ''), sync };
  // More than what is new cannot be there under another name, whatever has become of the source since that was compared.
  const loss = withoutMoved(compared, Math.min(moved, freshOf(params, counted, comparison)));
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

/** As if a pass had done what was done before it. */
function countedWith(seen: Compared, placed?: Placed): Compared {
  if (placed === undefined) return seen;
  return { ...seen, created: seen.created + placed.created, gone: seen.gone + placed.away };
}

/** Entries of the new state that the one before it has not. */
function freshOf(params: TransferParams, { entries, created }: Compared, comparison: Judged | null): number {
  return writesInPlace(params) ? created : entries - keptOf({ entries, created }, comparison);
}

function keptOf(seen: Pick<Compared, 'entries' | 'created'>, comparison: Judged | null): number {
  const since = comparison?.totals ?? seen;
  return Math.min(since.entries - since.created, seen.entries);
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
  const kept = keptOf({ entries, created }, comparison);
  return lossOfSnapshot({ entries, created: entries - kept, gone }, before);
}
