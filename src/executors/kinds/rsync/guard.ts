import type { Finding } from '../../../planner/model/finding.ts';
import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import { exceedsMaxDelete } from '../../../planner/model/max-delete.ts';
import type { StepContext } from '../../contract.ts';
import type { Pass } from '../../../hosts/rsync/pass.ts';
import type { Totals } from '../../../hosts/rsync/totals.ts';

const ALLOW = 'Look at the source. If it is as it should be: --allow-destructive';

/**
 * Acts after the pass that deletes nothing, before anything is deleted or a snapshot gets its name. A source that
 * became much smaller counts like deletions, because in hard-link mode rsync never deletes: the new snapshot merely
 * lacks what is gone.
 *
 * @returns the reason to refuse, or null
 */
export async function guardAgainst(
  params: TransferParams,
  { totals, pending }: Pass & { totals: Totals },
  context: StepContext,
): Promise<Finding | null> {
  const keepsAll = !params.deletes && !params.scratch;
  if (context.allowDestructive || keepsAll) return null;
  const before = await entriesBefore(params, context);
  if (before === 'unknown') return refusal(params, unreadableHistory(params));
  const there = before ?? totals.entries - totals.created + pending;
  const fewer = Math.max(pending, there - totals.entries);
  if (totals.entries === 0 && there > 0) {
    return refusal(params, {
      code: 'source-empty',
      message: `${params.source} is empty, but ${params.compareSnapshot ?? params.destination} has ${there} entries.`,
      help: ALLOW,
    });
  }
  if (!exceedsMaxDelete(fewer, there, params.maxDelete)) return null;
  return refusal(params, {
    code: 'max-delete-exceeded',
    message: `${params.sync} would ${params.makesSnapshot ? 'lose' : 'delete'} ${fewer} of ${there} entries; policy.max-delete allows ${limit(params)}.`,
    help: ALLOW,
  });
}

/** Entries of the last snapshot, as the run that made it counted them or counted now; null without history. */
async function entriesBefore(
  params: TransferParams,
  { facts, query }: StepContext,
): Promise<number | 'unknown' | null> {
  if (params.compareWith === null) return null;
  const last = facts.history[params.sync]?.lastSuccess ?? null;
  const recorded = last?.snapshot === params.compareSnapshot ? last.entries : null;
  return recorded ?? (await query.countEntries(params.compareWith)) ?? 'unknown';
}

function limit({ maxDelete: { percent, files } }: TransferParams): string {
  return `${percent} %${files === null ? '' : ` and ${files} entries`}`;
}

function unreadableHistory({ compareWith }: TransferParams): Pick<Finding, 'code' | 'message' | 'help'> {
  return {
    code: 'history-unreadable',
    message: `The entries of ${compareWith ?? ''} cannot be counted, so that it is not known how many would be lost.`,
    help: 'Run nbkp as the user who owns the snapshots, or allow it with --allow-destructive.',
  };
}

function refusal({ sync }: TransferParams, remark: Pick<Finding, 'code' | 'message' | 'help'>): Finding {
  return { severity: 'error', guard: true, sync, ...remark };
}
