import { writesInPlace } from '../../../planner/kinds/rsync/argv.ts';
import type { Finding } from '../../../planner/model/finding.ts';
import type { Compared } from '../../../planner/model/max-delete.ts';
import type { Comparison } from './compare.ts';
import { comparisonOf } from './comparison.ts';
import { guardAgainst } from './guard.ts';
import type { Job } from './job.ts';
import { seeRenamed } from './moves.ts';

/**
 * Asks the guard, and before it refuses anything, whether that was renamed. What a refused or interrupted run has left in the target
 * is no part of the last snapshot: where more would go than that has, another look at it alone decides.
 */
export async function guardSeeing(job: Job, seen: Compared, comparison: Comparison | null): Promise<Finding | null> {
  const guard = await guardKnowing(job, seen, comparison);
  if (guard === null || comparison === null || writesInPlace(job.params) || seen.gone <= comparison.names.count) {
    return guard;
  }
  const again = await comparisonOf(job);
  if (again === null || 'outcome' in again) return guard;
  return guardKnowing(job, { ...again.totals, gone: again.names.count }, again);
}

async function guardKnowing(job: Job, seen: Compared, comparison: Comparison | null): Promise<Finding | null> {
  const { params, context } = job;
  const guard = await guardAgainst(params, seen, comparison, context);
  if (guard === null || comparison === null || comparison.renamed !== undefined) return guard;
  const renamed = await seeRenamed(job, params, comparison.listed);
  return renamed === null ? guard : guardAgainst(params, seen, { ...comparison, renamed }, context);
}
