import { listCommands } from '../../../planner/kinds/rsync/by-list.ts';
import { JudgedNames } from '../../../hosts/rsync/judged-names.ts';
import type { Accepted } from '../../../hosts/rsync/verdict.ts';
import { removeListed } from './by-list.ts';
import { changesOf } from './changes.ts';
import type { Comparison } from './compare.ts';
import { listedNames } from './comparison.ts';
import { guardSeeing } from './guard-seeing.ts';
import { goneAway, runJudged, type Copied, type Job } from './job.ts';
import { postponed } from './postponed.ts';
import { momentNow } from './settled.ts';

/** Lists what is gone, and deletes just that once it was judged: whatever becomes of the source meanwhile. */
export async function removeLooking(job: Job, first: Accepted, comparison: Comparison | null): Promise<Copied> {
  const { commands } = job;
  const sofar = changesOf(first.pass.totals);
  const names = new JudgedNames();
  const listed = listedNames(job.params);
  const since = momentNow(job.context);
  const look = await runJudged(job, commands.listGone ?? [], {
    onLine: (line) => names.read(listed?.read(line) ?? line),
  });
  if (!('ok' in look)) return { ...look, changes: sofar };
  const gone = await goneAway(job);
  if (gone !== null) return gone;
  if (!look.sawAll) return postponed(job, first, sofar);
  const guard = await guardSeeing(job, { ...look.pass.totals, gone: names.count }, comparison);
  if (guard !== null) return { outcome: 'refused', changes: sofar, findings: [guard] };
  // What is new by now is copied by the pass that deletes: what is gone may have moved there.
  return removeJudged(job, first, { names, since, ...(listed?.other.size === 0 ? { listed } : {}) });
}

/**
 * What went away only after the names were listed stays until the next run. In a pass each name is a rule that each entry is compared
 * with, so they go by a list where that can be.
 */
export async function removeJudged(
  job: Job,
  first: Accepted,
  seen: Pick<Comparison, 'names' | 'listed' | 'since' | 'placed'>,
): Promise<Copied> {
  const count = seen.names.count - (seen.placed?.away ?? 0);
  const { pending, totals } = first.pass;
  // Else a copy by names was given up, since something is not as it was listed.
  const isLast = job.params.resumes || job.commands.listGone !== null;
  const commands = isLast && pending <= count ? listCommands(job.params) : null;
  const removed = await removeListed(job, commands, seen, seen.placed?.away ?? 0);
  if ('outcome' in removed) return { ...removed, changes: changesOf(totals) };
  const { deleted, isAll } = removed;
  const changes = changesOf({ ...totals, deleted: totals.deleted + deleted });
  if (isAll) return { outcome: 'copied', changes, findings: first.warnings };
  const pass = { ...first.pass, totals: changes, pending: pending - deleted };
  return removeInPass(job, { ...first, pass }, seen.names, count - deleted);
}

async function removeInPass(job: Job, first: Accepted, names: JudgedNames, count: number): Promise<Copied> {
  const { secondPass } = job.commands;
  const second = await runJudged(job, secondPass ?? [], { stdin: names.rules() });
  if (!('ok' in second)) return { ...second, changes: changesOf(first.pass.totals) };
  const changes = changesOf(first.pass.totals, second.pass.totals);
  const warnings = [...first.warnings, ...second.warnings];
  const { pending } = first.pass;
  const left = Math.max(count, pending) - second.pass.totals.deleted;
  if (left > 0 && (!second.sawAll || pending > count)) {
    return postponed(job, { ...second, pass: { ...second.pass, pending: left }, warnings }, changes);
  }
  return { outcome: 'copied', changes, findings: warnings };
}
