import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import type { Changes } from '../../../planner/model/event.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import { deletesPlaceholder } from '../../../planner/model/step.ts';
import { staleFinding } from '../../../planner/plan-file/staleness.ts';
import { guardAgainst } from './guard.ts';
import { changesOf, judgedPass, type Failure, type Job } from './job.ts';
import { goneFinding, lost } from '../../still-there.ts';
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
  const guard = await guardAgainst(params, pass, context);
  if (guard !== null) return { outcome: 'refused', changes, findings: [guard] };
  if (pass.pending === 0 || commands.secondPass === null) return { outcome: 'copied', changes, findings: warnings };
  return sawAll ? remove(job, first, commands.secondPass) : postponed(job, first, changes);
}

/** What is gone from the source cannot be told from what could not be seen. */
function postponed({ params }: Job, { pass, warnings }: Accepted, changes: Changes): Copied {
  const finding = deletesPostponed(params, pass.pending);
  if (pass.complaints.noWay === 0) return { outcome: 'copied', changes, findings: [...warnings, finding] };
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

function deletesPostponed({ sync, destination }: TransferParams, pending: number): Finding {
  return {
    severity: 'warning',
    code: 'deletes-postponed',
    message: `${pending} entries that the source no longer has stay in ${destination} for now: the source changed while it was read.`,
    help: 'The next run deletes them.',
    sync,
  };
}
