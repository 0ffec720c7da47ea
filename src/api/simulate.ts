import { simulationDocument } from '../planner/documents/simulation.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import type { SimulationDocument } from '../planner/model/simulation.ts';
import { readKeep } from '../planner/spec/keep-text.ts';
import { recentRuns } from './status.ts';
import type { Planned } from './plan-backup.ts';
import type { Workspace } from './workspace.ts';

/** A year. */
export const DAYS = 365;
/** Nobody knows what is in ten years. */
const MOST_DAYS = 3650;

/**
 * What retention keeps on the days to come, by a plan that only prunes and by what earlier runs copied.
 *
 * @param keep rules in place of those of the spec
 * @returns finding `usage` for rules that are none
 */
export function simulated(
  { spec, state }: Pick<Workspace, 'spec' | 'state'>,
  { plan, facts, remarks }: Planned,
  { days, keep }: { days: number; keep?: string | undefined },
): Result<SimulationDocument> {
  const rules = keep === undefined ? undefined : readKeep(keep);
  if (rules?.ok === false) return failure(...rules.findings);
  const runs = recentRuns(state, spec);
  const records = runs.ok ? runs.value.map(({ record }) => record) : [];
  const whole = Math.min(Math.max(Math.trunc(days), 1), MOST_DAYS);
  const document = simulationDocument({ spec, facts, plan, records, days: whole, keep: rules?.value });
  return success(document, [...remarks, ...runs.findings]);
}
