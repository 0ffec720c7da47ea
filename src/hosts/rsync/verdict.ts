import type { TransferParams } from '../../planner/kinds/rsync/params.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { failureOf, toleratedFinding } from './exit-codes.ts';
import type { Pass } from './pass.ts';
import type { Totals } from './totals.ts';

export type Verdict = Accepted | { ok: false; finding: Finding };

export interface Accepted {
  ok: true;
  pass: Pass & { totals: Totals };
  /** It saw all of the source: what is not there is gone. */
  sawAll: boolean;
  /** What was tolerated. */
  warnings: Finding[];
}

/** Did a pass do what it should? Exit codes 23 and 24 hide a 25, so the lines decide where they can. */
export function verdictOf(pass: Pass, params: Pick<TransferParams, 'sync' | 'tolerate'>): Verdict {
  const { totals } = pass;
  const code = codeThatCounts(pass);
  const tolerated = code !== null && code !== 0 && params.tolerate.includes(code);
  const failed = code !== 0 && (!tolerated || totals === null);
  if (failed) return { ok: false, finding: { sync: params.sync, ...failureOf(pass, code) } };
  if (totals === null) return { ok: false, finding: notUnderstood(params) };
  const warnings = tolerated ? [{ sync: params.sync, ...toleratedFinding(pass, code) }] : [];
  return { ok: true, pass: { ...pass, totals }, sawAll: code === 0 && pass.complaints.vanished === 0, warnings };
}

/**
 * 25 is what `--max-delete` is for. 23 is no failure when all that is behind it is a directory that has to become a
 * file and was not removed yet; whether files vanished too is then known from the lines alone.
 */
function codeThatCounts({ result, complaints }: Pass): number | null {
  if (result.timedOut) return null;
  if (result.code === 25) return 0;
  const onlyInTheWay = complaints.skipped > 0 && complaints.noWay > 0 && complaints.others === 0;
  if (result.code !== 23 || !onlyInTheWay) return result.code;
  return complaints.vanished > 0 ? 24 : 0;
}

/** Without its totals it is not known how many entries the source had, and so the guards could not judge. */
function notUnderstood({ sync }: Pick<TransferParams, 'sync'>): Finding {
  return {
    severity: 'error',
    code: 'rsync-output-unknown',
    message: 'rsync ended without the totals that --stats prints, so that the copy cannot be judged.',
    help: 'Leave options such as -q or --stderr=all out of rsync.options and rsync.extra-options.',
    sync,
  };
}
