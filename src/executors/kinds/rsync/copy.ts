import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import type { Changes } from '../../../planner/model/event.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import { deletesPostponed } from '../../../planner/model/findings/copying.ts';
import { deletesPlaceholder, fill } from '../../../planner/model/step.ts';
import { staleFinding } from '../../../planner/plan-file/staleness.ts';
import { guardAgainst } from './guard.ts';
import { pathsOf } from '../../../hosts/rsync/complaints.ts';
import { changesOf, judgedPass, type Failure, type Job } from './job.ts';
import type { Pass } from '../../../hosts/rsync/pass.ts';
import { goneFinding } from '../../../planner/plan-file/gone.ts';
import { lost } from '../command/gone-meanwhile.ts';
import type { Accepted } from '../../../hosts/rsync/verdict.ts';

export type Copied = { outcome: 'copied'; changes: Changes; findings: Finding[] } | Failure;

/** A pass that deletes nothing, and where deletions are due and allowed one that makes just those. */
export async function copy(job: Job): Promise<Copied> {
  const { params, context, commands, step } = job;
  const first = await judgedPass(job, commands.firstPass);
  if (!('ok' in first)) return first;
  const { pass, warnings, sawAll } = first;
  const changes = changesOf(pass.totals);
  if (!sawAll) {
    const gone = await lost(step, context);
    if (gone !== null) return { outcome: 'failed', changes, findings: [goneFinding(step, gone)] };
  }
  const lossCheck = commands.lossCheck === null ? null : fill(commands.lossCheck, job.values);
  const guard = await guardAgainst(params, pass, lossCheck, context);
  if (guard !== null) return { outcome: 'refused', changes, findings: [guard] };
  if (pass.pending === 0 || commands.secondPass === null) return { outcome: 'copied', changes, findings: warnings };
  return sawAll ? remove(job, first, commands.secondPass) : postponed(job, first, changes);
}

/** What is gone from the source cannot be told from what could not be seen. */
function postponed({ params }: Job, { pass, warnings }: Accepted, changes: Changes): Copied {
  const finding = postponedFinding(params, pass);
  if (pass.complaints.noWay.count === 0) return { outcome: 'copied', changes, findings: [...warnings, finding] };
  const message = `${finding.message} Some files could not be copied, because directories are in their place.`;
  return { outcome: 'failed', changes, findings: [{ ...finding, severity: 'error', message }] };
}

async function remove(job: Job, first: Accepted, secondPass: readonly string[]): Promise<Copied> {
  const { params, context, step } = job;
  const gone = await lost(step, context);
  const sofar = changesOf(first.pass.totals);
  if (gone !== null) {
    return gone.connection === null
      ? { outcome: 'refused', changes: sofar, findings: [staleFinding(step, gone.mismatch)] }
      : { outcome: 'failed', changes: sofar, findings: [goneFinding(step, gone)] };
  }
  const values = { ...job.values, [deletesPlaceholder(params.sync)]: String(first.pass.pending) };
  const second = await judgedPass({ ...job, values }, secondPass);
  if (!('ok' in second)) return { ...second, changes: sofar };
  const changes = changesOf(first.pass.totals, second.pass.totals);
  const warnings = [...first.warnings, ...second.warnings];
  if (second.pass.complaints.skipped > 0) return postponed(job, { ...second, warnings }, changes);
  return { outcome: 'copied', changes, findings: warnings };
}

function postponedFinding({ sync, destination }: TransferParams, { pending, complaints, result }: Pass): Finding {
  const hidden = complaints.hidden.count === 0 ? '' : pathsOf(complaints.hidden);
  return { ...deletesPostponed({ count: pending, destination, hidden, incomplete: result.code === 23 }), sync };
}
