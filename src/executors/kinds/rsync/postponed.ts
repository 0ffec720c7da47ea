import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import type { Changes } from '../../../planner/model/event.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import { deletesPostponed } from '../../../planner/model/findings/copying.ts';
import { pathsOf } from '../../../hosts/rsync/complaints.ts';
import type { Pass } from '../../../hosts/rsync/pass.ts';
import type { Accepted } from '../../../hosts/rsync/verdict.ts';
import type { Copied, Job } from './job.ts';

/** What is gone from the source cannot be told from what could not be seen. */
export function postponed({ params }: Job, { pass, warnings }: Accepted, changes: Changes): Copied {
  const finding = postponedFinding(params, pass);
  if (pass.complaints.noWay.count === 0) return { outcome: 'copied', changes, findings: [...warnings, finding] };
  const message = `${finding.message} Some files could not be copied, because directories are in their place.`;
  return { outcome: 'failed', changes, findings: [{ ...finding, severity: 'error', message }] };
}

function postponedFinding({ sync, destination }: TransferParams, { pending, complaints, result }: Pass): Finding {
  const hidden = complaints.hidden.count === 0 ? '' : pathsOf(complaints.hidden);
  return { ...deletesPostponed({ count: pending, destination, hidden, incomplete: result.code === 23 }), sync };
}
