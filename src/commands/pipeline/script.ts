import type { Plan } from '../../planner/model/plan.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import { EXIT, type ExitCode } from '../../planner/model/exit-code.ts';
import { BUILT_IN_ONLY } from '../../api/installed-executors.ts';
import { integrityFindings } from '../../api/saved-plan.ts';

/**
 * The script of a plan, perhaps one from a file: commands that their executors would not run are in no script.
 *
 * @param planCode what the plan alone means for the exit code; what only tells of changes is none of a script
 */
export async function scriptOf(plan: Plan, planCode: ExitCode): Promise<Result<string>> {
  const { scriptObstacles } = await import('../../reporters/sh/obstacles.ts');
  const obstacles = scriptObstacles(plan);
  // What a plugin would run is an obstacle.
  const findings = obstacles.length > 0 ? obstacles : integrityFindings(plan, BUILT_IN_ONLY);
  if (findings.length > 0) return failure(...findings);
  const { planScript } = await import('../../reporters/sh/script.ts');
  return success(planScript(plan, planCode === EXIT.changes ? EXIT.done : planCode));
}
