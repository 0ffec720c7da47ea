import { whyAbsent } from '../planner/volumes/reachable.ts';
import { hasErrors } from '../planner/model/finding.ts';
import type { Facts } from '../planner/model/facts.ts';
import type { Spec } from '../planner/model/spec.ts';
import { combine, EXIT, planExitCode, type ExitCode } from '../planner/model/exit-code.ts';
import { openable } from '../planner/compile/openings.ts';
import type { Plan } from '../planner/model/plan.ts';
import type { Planned } from './plan-backup.ts';
import { namedVolumes } from './named.ts';

export interface CodeFlags {
  strict?: boolean;
  require?: string[] | undefined;
  'detailed-exitcode'?: boolean;
  /** The plan is carried out, and not only looked at. */
  runs?: boolean;
}

/** What a plan, and what was found while it was made, mean for the exit code. */
export function codeOfPlan({ spec, plan, facts, remarks }: Planned & { spec: Spec }, flags: CodeFlags): ExitCode {
  const options = {
    strict: flags.strict ?? false,
    requiredAbsent: absentVolumes(spec, plan, facts, flags.require ?? []),
    unprepared: flags.runs === true || flags['detailed-exitcode'] === true,
    detailed: flags['detailed-exitcode'] ?? false,
  };
  return combine([planExitCode(plan, options), hasErrors(remarks) ? EXIT.failed : EXIT.done]);
}

/**
 * Those of the named volumes that are not there, or there without their mark. A drive that is plugged in and that a run
 * may open is there.
 *
 * @throws UsageError for a name that the spec does not have
 */
function absentVolumes(spec: Spec, { request }: Plan, facts: Facts, names: readonly string[]): string[] {
  const absent = namedVolumes(spec, names).filter((volume) => {
    const observed = facts.volumes[volume.name];
    const host = facts.hosts[volume.host];
    if (observed === undefined) return true;
    const opens = host?.reachable === true && openable({ spec, request }, volume, observed, host) === true;
    return !opens && (whyAbsent(volume, facts) !== null || !observed.sentinel);
  });
  return absent.map(({ name }) => name);
}
