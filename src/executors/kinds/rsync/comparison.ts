import { ListedNames, MOST_TO_RENAME } from '../../../hosts/rsync/listed-names.ts';
import { runPass, type Pass } from '../../../hosts/rsync/pass.ts';
import { verdictOf } from '../../../hosts/rsync/verdict.ts';
import type { TransferParams } from '../../../planner/kinds/rsync/params.ts';
import { fill } from '../../../planner/model/step.ts';
import { compare, type Comparison } from './compare.ts';
import { passFailure, timeLeft, type Failure, type Job } from './job.ts';
import { momentNow } from './settled.ts';

/** What differs, by its names, where the commands tell that. */
export function listedNames({ renames, byList }: TransferParams): ListedNames | undefined {
  return renames === true || byList === true ? new ListedNames(MOST_TO_RENAME) : undefined;
}

/**
 * What a copy lacks or has otherwise, before anything is written to it.
 *
 * @param known gets what differs by its names
 * @returns null where nobody compares, a failure where no answer came
 */
export async function comparisonOf(job: Job, known?: ListedNames): Promise<Comparison | Failure | null> {
  const { params, context, commands, sifted, values } = job;
  const listed = known ?? listedNames(params);
  const { sieve, sawAll } = sifted;
  const rehearse = context.allowDestructive ? null : context.query.rehearse;
  const pass = (argv: readonly string[], onLine: (line: string) => void, stdin = sieve?.rules()): Promise<Pass> => {
    const input = stdin === undefined ? {} : { stdin };
    return runPass(fill(argv, values), context, { onLine, quiet: true, ...input, ...timeLeft(job) });
  };
  const since = momentNow(context);
  const seen = await compare(params, commands, sieve, pass, rehearse, listed);
  if (seen === null) return null;
  return 'names' in seen
    ? { ...seen, since, sawAll: seen.sawAll && sawAll }
    : passFailure(job, seen, verdictOf(seen, params));
}
