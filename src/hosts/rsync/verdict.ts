import type { TransferParams } from '../../planner/kinds/rsync/params.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { filesChanged } from '../../planner/model/findings/copying.ts';
import { rsyncOutputUnknown } from '../../planner/model/findings/rsync-endings.ts';
import { isTolerable } from './causes.ts';
import { failuresOf, toleratedFindings } from './exit-codes.ts';
import type { Pass } from './pass.ts';
import type { Totals } from './totals.ts';

export type Verdict = Accepted | { ok: false; findings: Finding[] };

export interface Accepted {
  ok: true;
  pass: Pass & { totals: Totals };
  /** It saw all of the source: what is not there is gone. */
  sawAll: boolean;
  /** Something of the source could not be read, and so the copy lacks it, or has it as it was. */
  incomplete: boolean;
  /** What was tolerated. */
  warnings: Finding[];
}

const VANISHED = 24;

/** Whose pass it was. */
type Judged = Pick<TransferParams, 'sync' | 'tolerate'> & { restoring?: true };

/** Did a pass do what it should? Exit codes 23 and 24 hide a 25, so the lines decide where they can. */
export function verdictOf(pass: Pass, { sync, tolerate, restoring }: Judged): Verdict {
  const { totals, complaints } = pass;
  const code = codeThatCounts(pass);
  const tolerable = [...complaints.causes.keys()].every(isTolerable);
  const tolerated = code !== null && code !== 0 && tolerate.includes(code) && tolerable;
  const about = (findings: Finding[]): Finding[] => findings.map((finding) => ({ sync, ...finding }));
  const failed = code !== 0 && (!tolerated || totals === null);
  if (failed) return { ok: false, findings: about(failuresOf(pass, code, restoring)) };
  // How many entries the source had is not known, and so the guards could not judge.
  if (totals === null) return { ok: false, findings: about([rsyncOutputUnknown()]) };
  const warnings = tolerated ? about(toleratedFindings(pass, code)) : [];
  // What vanished is no longer in the source.
  const incomplete = code !== 0 && code !== VANISHED;
  return { ok: true, pass: { ...pass, totals }, sawAll: code === 0 && complaints.vanished === 0, incomplete, warnings };
}

/**
 * 25 is what `--max-delete` is for. 23 is no failure when all that is behind it is a directory that has to become a
 * file and was not removed yet; whether files vanished too is then known from the lines alone. A file that became shorter
 * while it was read has changed as one that vanished has.
 */
function codeThatCounts({ result, complaints }: Pass): number | null {
  const { skipped, noWay, others, causes, vanished } = complaints;
  if (result.timedOut) return null;
  if (result.code === 25) return 0;
  if (result.code !== 23 || others > 0) return result.code;
  if ([...causes.keys()].some((cause) => cause !== filesChanged)) return 23;
  if (noWay.count > 0 && skipped === 0) return 23;
  if (noWay.count === 0 && causes.size === 0) return 23;
  return vanished > 0 || causes.size > 0 ? 24 : 0;
}
