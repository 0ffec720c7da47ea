import type { Finding } from '../../planner/model/finding.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Acquisition } from './locks.ts';
import type { NotRun } from './graph.ts';
import { destinationLocked, lockFailed } from '../../planner/model/findings/runs.ts';

type Refused = Exclude<Acquisition, { state: 'held' }>;

/** What a lock that was not to be had means: for people, for the exit code, and for the sync. */
export function lockRefusal(
  sync: string | null,
  { place, result }: Refused,
): { finding: Finding; code: ExitCode; why: NotRun } {
  const about = sync === null ? {} : { sync };
  if (result.state === 'failed') {
    const finding = { ...lockFailed(result.message), ...about };
    return { finding, code: EXIT.failed, why: { outcome: 'failed', reason: result.message } };
  }
  const holder = result.holder;
  const who =
    holder === null
      ? 'another run'
      : `run ${holder.run} (pid ${holder.pid} on ${holder.host}, since ${holder.startedAt}: ${holder.command})`;
  const finding = { ...destinationLocked(place.path, who, sync), ...about };
  return { finding, code: EXIT.locked, why: { outcome: 'locked', reason: finding.message } };
}
