import { NOWHERE } from '../../model/rsync-flags.ts';
import { insideOf, rsync, TOTALS } from './argv.ts';
import type { TransferParams } from './params.ts';

/**
 * The dry run that counts, beside a first copy, how much that is. Null where another has counted it, or where a server would have to look
 * at all of it twice. What an interrupted copy has left is not counted.
 */
export function countCommand(params: TransferParams): string[] | null {
  const { remote, compareWith, target, resumes } = params;
  if (compareWith !== null || remote?.side === 'source' || (resumes && remote !== null)) return null;
  return rsync({ ...params, remote: null }, ['--dry-run', ...TOTALS], resumes ? insideOf(target) : NOWHERE);
}
