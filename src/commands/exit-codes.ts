import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';

/** An exit code and what it means, for a command's help. */
export type ExitCodeHelp = readonly [code: ExitCode, meaning: string];

const MEANINGS = {
  done: 'done',
  failed: 'a step failed, or a check found an error',
  changes: 'with --detailed-exitcode: a planned step may change data',
  refused: 'refused: the plan is stale, a guard tripped, or nobody could confirm',
  absent: 'something needed was absent: see --strict, --require and max-age',
  usage: 'the command line was not understood',
  invalid: 'the spec, the plan file or the facts file is invalid',
  locked: "another run holds a destination's lock; the other syncs ran. With --only-on-power: on battery",
  interrupted: 'interrupted by Ctrl-C, after an orderly end',
  terminated: 'terminated by a signal, after an orderly end',
} as const satisfies Record<keyof typeof EXIT, string>;

/** The exit codes of a command, for its `exitCodes`; the two that every command has come by themselves. */
export function exitCodes(...names: readonly (keyof typeof EXIT)[]): ExitCodeHelp[] {
  const all = new Set<keyof typeof EXIT>(['done', 'usage', ...names]);
  return [...all].map((name): ExitCodeHelp => [EXIT[name], MEANINGS[name]]).sort(([a], [b]) => a - b);
}

/** As `exitCodes`, for a command that can succeed without doing anything. */
export function runExitCodes(...names: readonly (keyof typeof EXIT)[]): ExitCodeHelp[] {
  const [, ...others] = exitCodes(...names);
  return [[EXIT.done, 'done, or nothing to do, or only skipped syncs'], ...others];
}

/** As `exitCodes`, for a command that says how the syncs are. */
export function wellnessExitCodes(...names: readonly (keyof typeof EXIT)[]): ExitCodeHelp[] {
  const meaning = 'a sync is not well: overdue, forbidden now, or its last run failed or was refused';
  return exitCodes('absent', ...names).map(([code, usual]) => [code, code === EXIT.absent ? meaning : usual]);
}
