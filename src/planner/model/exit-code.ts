import { changesData } from './idle.ts';
import type { Plan, PlannedSync } from './plan.ts';

/** Every exit code of nbkp. Scripts rely on the numbers. */
export const EXIT = {
  done: 0,
  failed: 1,
  changes: 2,
  refused: 3,
  absent: 4,
  usage: 64,
  invalid: 65,
  locked: 75,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const PRECEDENCE: readonly ExitCode[] = [
  EXIT.interrupted,
  EXIT.terminated,
  EXIT.usage,
  EXIT.invalid,
  EXIT.failed,
  EXIT.refused,
  EXIT.locked,
  EXIT.absent,
  EXIT.changes,
];

/** The code to exit with where several apply; 0 for none. */
export function combine(codes: readonly ExitCode[]): ExitCode {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.done;
}

/**
 * What a plan alone means for the exit code: errors in it, and what was needed and is absent. `plan` exits with this,
 * and `apply` and `run` with it combined with what the run adds.
 *
 * @param options `strict`: any skipped sync counts as absent; `requiredAbsent`: the volumes of `--require` that are not
 *   there; `unprepared`: what is here without its marks counts as absent too; `detailed`: `--detailed-exitcode`
 */
export function planExitCode(
  plan: Pick<Plan, 'syncs' | 'steps' | 'findings'>,
  options: { strict: boolean; requiredAbsent: readonly string[]; unprepared: boolean; detailed: boolean },
): ExitCode {
  const errors = plan.findings.filter(({ severity }) => severity === 'error');
  const skipped = plan.syncs.filter(({ state }) => state === 'skipped');
  // A plan of the spec alone only warns of what would block a run.
  const explained = ({ name, code }: PlannedSync): boolean =>
    plan.findings.some((each) => each.sync === name && (each.severity === 'error' || each.code === code));
  const unexplained = plan.syncs.some((sync) => sync.state === 'blocked' && !explained(sync));
  const needed = skipped.some(
    ({ overdue, absence }) => overdue || options.strict || (options.unprepared && absence === 'unprepared'),
  );
  const absent = options.requiredAbsent.length > 0 || needed;
  return combine([
    ...errors.map(({ guard }) => (guard === true ? EXIT.refused : EXIT.failed)),
    unexplained ? EXIT.failed : EXIT.done,
    absent ? EXIT.absent : EXIT.done,
    options.detailed && changesData(plan.steps) ? EXIT.changes : EXIT.done,
  ]);
}
