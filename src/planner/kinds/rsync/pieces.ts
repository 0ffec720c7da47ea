import type { TransferParams } from './params.ts';

const IN_PIECES = '--partial-dir=.rsync-partial';
/** That folder has another meaning, or another name. */
const ELSEWHERE = /^--(?:partial-dir|delay-updates)/;

/**
 * The words of a dry run. For each file rsync looks for a folder beside it with pieces of that, which is a quarter of the work, and
 * then does nothing with them. What is left of the option is the rule that rsync makes of it, after all others.
 */
export function withoutPieces(params: TransferParams): Pick<TransferParams, 'options' | 'filters'> {
  const { extraOptions, filters } = params;
  const options = params.options.filter((word) => word !== IN_PIECES);
  const isPlain = options.length < params.options.length && ![...options, ...extraOptions].some(isElsewhere);
  return isPlain ? { options, filters: [...filters, '-p .rsync-partial/'] } : params;
}

function isElsewhere(word: string): boolean {
  return ELSEWHERE.test(word);
}
