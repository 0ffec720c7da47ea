import type { Finding } from '../../planner/model/finding.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import type { Acquisition } from './locks.ts';
import type { NotRun } from './graph.ts';

type Refused = Exclude<Acquisition, { state: 'held' }>;

/** What a lock that was not to be had means: for people, for the exit code, and for the sync. */
export function lockRefusal(
  sync: string | null,
  { place, result }: Refused,
): { finding: Finding; code: ExitCode; why: NotRun } {
  const about = sync === null ? {} : { sync };
  if (result.state === 'failed') {
    const finding: Finding = {
      ...{ severity: 'error', code: 'lock-failed', message: result.message, ...about },
      help: 'Without the lock two runs could write to one place. Mend what the message says, then run again.',
    };
    return { finding, code: EXIT.failed, why: { outcome: 'failed', reason: result.message } };
  }
  const holder = result.holder;
  const who =
    holder === null
      ? 'another run'
      : `run ${holder.run} (pid ${holder.pid} on ${holder.host}, since ${holder.startedAt}: ${holder.command})`;
  const message = `${place.path} is held by ${who}${sync === null ? '' : `, so ${sync} was left alone`}.`;
  const finding: Finding = {
    ...{ severity: 'error', code: 'destination-locked', message, ...about },
    help: 'Wait for it to end, or let nbkp wait: --wait 1h',
  };
  return { finding, code: EXIT.locked, why: { outcome: 'locked', reason: message } };
}
