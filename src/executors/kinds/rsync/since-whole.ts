import { JudgedNames } from '../../../hosts/rsync/judged-names.ts';
import { ListedNames, MOST_TO_RENAME } from '../../../hosts/rsync/listed-names.ts';
import { guardAgainst } from './guard.ts';
import { runJudged, type Failure, type Job } from './job.ts';
import { seeRenamed } from './moves.ts';

/**
 * What the last snapshot lacks, since it could not be read, is still in an older one: the copy is judged against that too, now that
 * all could be read.
 */
export async function judgeSinceWhole(job: Job): Promise<Failure | null> {
  const { params, commands, context } = job;
  const { lastWhole } = params;
  if (commands.sinceWhole === null || lastWhole === undefined || context.allowDestructive) return null;
  const names = new JudgedNames();
  const listed = params.renames === true ? new ListedNames(MOST_TO_RENAME) : undefined;
  const seen = await runJudged(job, commands.sinceWhole, {
    onLine: (line) => names.read(listed?.read(line) ?? line),
  });
  if (!('ok' in seen)) return seen;
  const since = { ...params, compareWith: lastWhole, compareSnapshot: null };
  const compared = { ...seen.pass.totals, gone: names.count };
  const first = await guardAgainst(since, compared, null, context);
  const renamed = first === null ? null : await seeRenamed(job, since, listed);
  const guard = renamed === null ? first : await guardAgainst(since, compared, null, context, renamed.entries);
  return guard === null ? null : { outcome: 'refused', findings: [guard] };
}
