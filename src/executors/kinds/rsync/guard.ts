import type { Finding } from '../../../planner/model/finding.ts';
import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import { exceedsMaxDelete } from '../../../planner/model/max-delete.ts';
import { OutputLines } from '../../../hosts/rsync/output-lines.ts';
import type { StepContext } from '../../contract.ts';
import type { Pass } from '../../../hosts/rsync/pass.ts';
import { TotalsReader, type Totals } from '../../../hosts/rsync/totals.ts';

const ALLOW = 'Look at the source. If it is as it should be: --allow-destructive';

/** The filled dry run against the last snapshot, null for none, and what it reads on its standard input. */
interface LossCheck {
  argv: readonly string[] | null;
  rules: Buffer | null;
}

/**
 * Acts after the pass that deletes nothing, before anything is deleted or a snapshot gets its name. With snapshots, what
 * counts is which entries of the last one the new one lacks, by path and kind: as many others in their place make up for
 * none of them.
 *
 * @param lossCheck what is run where the pass went on with what was there
 * @returns the reason to refuse, or null
 */
export async function guardAgainst(
  params: TransferParams,
  { totals, pending }: Pass & { totals: Totals },
  { argv: lossCheck, rules }: LossCheck,
  context: StepContext,
): Promise<Finding | null> {
  const keepsAll = !params.deletes && !params.scratch;
  if (context.allowDestructive || keepsAll) return null;
  const before = await entriesBefore(params, context);
  if (before === 'unknown') return refusal(params, unreadableHistory(params));
  const there = before ?? totals.entries - totals.created + pending;
  const compared = lossCheck === null ? totals : await dryRun(lossCheck, rules, context);
  if (compared === null) return refusal(params, unreadableHistory(params));
  // An entry of another kind than before counts as created.
  const kept = Math.min(compared.entries - compared.created, totals.entries);
  const fewer = Math.max(pending, there - kept);
  if (totals.entries === 0 && there > 0) {
    return refusal(params, {
      code: 'source-empty',
      message: `${params.live ?? params.source} is empty, but ${params.compareSnapshot ?? params.destination} has ${there} entries.`,
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

/** Null when it had no totals. What it could not read counts as lost. */
async function dryRun(argv: readonly string[], rules: Buffer | null, context: StepContext): Promise<Totals | null> {
  const reader = new TotalsReader();
  const output = new OutputLines((line) => reader.read(line));
  await context.run(argv, {
    onStdout: (chunk) => output.write(chunk),
    ...(rules === null ? {} : { stdin: [rules] }),
  });
  output.end();
  return reader.totals();
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
