import { whyAbsent } from '../../planner/volumes/reachable.ts';
import { hasErrors } from '../../planner/model/finding.ts';
import type { Facts } from '../../planner/model/facts.ts';
import type { Spec } from '../../planner/model/spec.ts';
import { combine, EXIT, planExitCode, type ExitCode } from '../../planner/model/exit-code.ts';
import { openable } from '../../planner/compile/openings.ts';
import type { Plan } from '../../planner/model/plan.ts';
import { UsageError } from '../usage-error.ts';
import type { Planned } from './backup-plan.ts';

interface CodeFlags {
  strict?: boolean;
  require?: string[] | undefined;
  'detailed-exitcode'?: boolean;
}

/** What a plan, and what was found while it was made, mean for the exit code. */
export function codeOfPlan({ spec, plan, facts, remarks }: Planned & { spec: Spec }, flags: CodeFlags): ExitCode {
  const options = {
    strict: flags.strict ?? false,
    requiredAbsent: absentVolumes(spec, plan, facts, flags.require ?? []),
    detailed: flags['detailed-exitcode'] ?? false,
  };
  return combine([planExitCode(plan, options), hasErrors(remarks) ? EXIT.failed : EXIT.done]);
}

/**
 * Those of the named volumes that are not there. A drive that is plugged in and that a run may open is.
 *
 * @throws UsageError for a name that the spec does not have
 */
function absentVolumes(spec: Spec, { request }: Plan, facts: Facts, names: readonly string[]): string[] {
  return names.filter((name) => {
    const volume = spec.volumes[name];
    if (volume === undefined) {
      throw new UsageError(`The spec has no volume ${name}.`, `There are: ${Object.keys(spec.volumes).join(', ')}`);
    }
    const observed = facts.volumes[name];
    const host = facts.hosts[volume.host];
    if (observed === undefined) return true;
    const opens = host?.reachable === true && openable({ spec, request }, volume, observed, host) === true;
    return !opens && whyAbsent(volume, facts) !== null;
  });
}
