import type { Finding } from '../../planner/model/finding.ts';
import { fileTooLarge } from '../../planner/model/findings/copying.ts';
import * as endings from '../../planner/model/findings/rsync-endings.ts';
import { CONNECTION_LOST } from '../transport/transport.ts';
import { isTolerable } from './causes.ts';
import { pathsOf } from './complaints.ts';
import type { Pass } from './pass.ts';

/** They say no more than that the process at the other end, or this one, ended: for a cause that a line may name. */
const ENDED_EARLY = [3, 10, 11, 12, 13];

/** sudo itself, its word about who is not in sudoers(5), and the shell that finds no sudo. */
const SUDO_REFUSES =
  /^sudo: |is not (?:allowed to (?:execute|run sudo)|in the sudoers file)|\bsudo: (?:command )?not found$/;

/**
 * Why a pass that did not succeed did not: a finding for each true cause, the worst first.
 *
 * @param code the exit code that counts; null when the process did not end by itself
 * @param restoring for a restore, whose cures are others
 */
export function failuresOf(pass: Pass, code: number | null, restoring = false): Finding[] {
  const { complaints } = pass;
  const causes = [...complaints.allCauses()].toSorted(([a], [b]) => Number(isTolerable(a)) - Number(isTolerable(b)));
  const known = causes.map(([cause, seen]) => cause({ paths: pathsOf(seen), why: seen.why, restoring }));
  return explained(pass, code) ? known : [unexplained(pass, code), ...known];
}

/** The same for an exit code that the user tolerates: nothing has to be done. */
export function toleratedFindings(pass: Pass, code: number): Finding[] {
  return failuresOf(pass, code).map(({ help: _, ...finding }) => ({ ...finding, severity: 'warning' }));
}

/** Whether the lines say all that is behind the exit code. */
function explained({ result, complaints }: Pass, code: number | null): boolean {
  if (result.error !== null || result.timedOut || code === null) return false;
  const causes = [...complaints.allCauses().keys()];
  if (code === 24) return causes.length > 0 && complaints.vanished === 0;
  if (code === 23) return causes.length > 0 && complaints.others === 0;
  return ENDED_EARLY.includes(code) && causes.some((cause) => !isTolerable(cause) || cause === fileTooLarge);
}

function unexplained({ result, complaints }: Pass, exitCode: number | null): Finding {
  const said = [...complaints.firstOthers];
  if (complaints.others > said.length) said.push(`and ${complaints.others - said.length} more`);
  const ending = { exitCode, said };
  if (result.error === CONNECTION_LOST) return endings.copyDisconnected(ending);
  if (result.error !== null) return endings.rsyncNotStarted(result.error, ending);
  if (result.timedOut) return endings.transferTimedOut(ending);
  if (complaints.noisyShell) return endings.remoteShellNoisy(ending);
  const refusal = said.find((line) => SUDO_REFUSES.test(line));
  if (refusal !== undefined) return endings.sudoRefused(refusal.replace(/\.$/, ''));
  if (exitCode === null) return endings.rsyncKilled(result.signal, ending);
  if (exitCode === 24) return endings.filesVanished(ending);
  return exitCode === 30 || exitCode === 35 ? endings.transferSilent(ending) : endings.rsyncFailed(ending);
}
