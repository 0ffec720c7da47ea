import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import type { Changes } from '../../../planner/model/event.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import { deletesPostponed } from '../../../planner/model/findings/copying.ts';
import { fill } from '../../../planner/model/step.ts';
import { guardAgainst } from './guard.ts';
import { pathsOf } from '../../../hosts/rsync/complaints.ts';
import { JudgedNames } from '../../../hosts/rsync/judged-names.ts';
import { changesOf, goneAway, judgedPass, type Failure, type Job } from './job.ts';
import type { Pass } from '../../../hosts/rsync/pass.ts';
import type { Accepted } from '../../../hosts/rsync/verdict.ts';

export type Copied = { outcome: 'copied'; changes: Changes; findings: Finding[] } | Failure;

/** A pass that deletes nothing, and where deletions are due and allowed one that makes just those. */
export async function copy(job: Job): Promise<Copied> {
  const { params, context, commands } = job;
  const first = await judgedPass(job, commands.firstPass);
  if (!('ok' in first)) return first;
  const { pass, warnings, sawAll } = first;
  const changes = changesOf(pass.totals);
  const lossCheck = commands.lossCheck === null ? null : fill(commands.lossCheck, job.values);
  const guard = await guardAgainst(params, pass, lossCheck, context);
  // A source that went away looks like one that was emptied.
  const gone = sawAll && guard === null ? null : await goneAway(job);
  if (gone !== null) return gone;
  if (guard !== null) return { outcome: 'refused', changes, findings: [guard] };
  if (pass.pending === 0 || commands.secondPass === null) return { outcome: 'copied', changes, findings: warnings };
  return sawAll ? remove(job, first) : postponed(job, first, changes);
}

/** Lists what is gone, and deletes just that once it was judged: whatever becomes of the source meanwhile. */
async function remove(job: Job, first: Accepted): Promise<Copied> {
  const { params, context, commands } = job;
  const sofar = changesOf(first.pass.totals);
  const names = new JudgedNames();
  const listed = await judgedPass(job, commands.listGone ?? [], { onLine: (line) => names.read(line) });
  if (!('ok' in listed)) return { ...listed, changes: sofar };
  const gone = await goneAway(job);
  if (gone !== null) return gone;
  if (!listed.sawAll) return postponed(job, first, sofar);
  const guard = await guardAgainst(params, { ...listed.pass, pending: names.count }, null, context);
  if (guard !== null) return { outcome: 'refused', changes: sofar, findings: [guard] };
  return removeJudged(job, first, names);
}

async function removeJudged(job: Job, first: Accepted, names: JudgedNames): Promise<Copied> {
  const { secondPass } = job.commands;
  const second = await judgedPass(job, secondPass ?? [], { stdin: names.rules() });
  if (!('ok' in second)) return { ...second, changes: changesOf(first.pass.totals) };
  const changes = changesOf(first.pass.totals, second.pass.totals);
  const warnings = [...first.warnings, ...second.warnings];
  const left = names.count - second.pass.totals.deleted;
  if (!second.sawAll && left > 0) {
    return postponed(job, { ...second, pass: { ...second.pass, pending: left }, warnings }, changes);
  }
  return { outcome: 'copied', changes, findings: warnings };
}

/** What is gone from the source cannot be told from what could not be seen. */
function postponed({ params }: Job, { pass, warnings }: Accepted, changes: Changes): Copied {
  const finding = postponedFinding(params, pass);
  if (pass.complaints.noWay.count === 0) return { outcome: 'copied', changes, findings: [...warnings, finding] };
  const message = `${finding.message} Some files could not be copied, because directories are in their place.`;
  return { outcome: 'failed', changes, findings: [{ ...finding, severity: 'error', message }] };
}

function postponedFinding({ sync, destination }: TransferParams, { pending, complaints, result }: Pass): Finding {
  const hidden = complaints.hidden.count === 0 ? '' : pathsOf(complaints.hidden);
  return { ...deletesPostponed({ count: pending, destination, hidden, incomplete: result.code === 23 }), sync };
}
