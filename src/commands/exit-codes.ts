import { EXIT, type ExitCode } from '../planner/model/exit-code.ts';
import { hasErrors, type Finding } from '../planner/model/finding.ts';

/** An exit code and what it means, for a command's help. */
export type ExitCodeHelp = readonly [code: ExitCode, meaning: string];

type Name = keyof typeof EXIT;
/** A name, or by name what a code means of one command alone. */
type Meant = Name | Partial<Record<Name, string>>;

const MEANINGS: Readonly<Record<Name, string>> = {
  done: 'done',
  failed: 'a step failed, or a check found an error',
  changes: 'with --detailed-exitcode: a planned step may change data',
  refused: 'refused: a guard tripped, or nobody confirmed',
  absent: 'something needed was absent: see --strict, --require and max-age',
  usage: 'the command line was not understood',
  invalid: 'the spec is invalid',
  locked: "another run holds a destination's lock; the other syncs ran",
  interrupted: 'interrupted by Ctrl-C, after an orderly end',
  terminated: 'terminated by a signal, after an orderly end',
};

/** The exit codes of a command, for its `exitCodes`; the two that every command has come by themselves. */
export function exitCodes(...codes: readonly Meant[]): ExitCodeHelp[] {
  const meanings: Partial<Record<Name, string>> = { done: MEANINGS.done, usage: MEANINGS.usage };
  for (const each of codes) Object.assign(meanings, typeof each === 'string' ? { [each]: MEANINGS[each] } : each);
  const names = Object.keys(EXIT).filter((name): name is Name => name in meanings);
  return names.map((name): ExitCodeHelp => [EXIT[name], meanings[name] ?? '']).sort(([a], [b]) => a - b);
}

/** As `exitCodes`, for a command that needs a valid spec and can be ended. */
export function specExitCodes(...codes: readonly Meant[]): ExitCodeHelp[] {
  return exitCodes('invalid', 'interrupted', 'terminated', ...codes);
}

/** As `specExitCodes`, for a command that can succeed without doing anything. */
export function runExitCodes(...codes: readonly Meant[]): ExitCodeHelp[] {
  return specExitCodes({ done: 'done, or nothing to do, or only skipped syncs' }, ...codes);
}

/** What 4 means of a command that says how the syncs are. */
export const NOT_WELL =
  'a sync is not well: overdue, forbidden now, without its snapshots, or its last run failed or was refused';

/** What 4 means of a command that reads snapshots. */
export const NO_SNAPSHOTS_HERE = 'the snapshots are not here now';

/** Of a command that shows how things are: what is here and not as it should be is never green. */
export function codeOfShown({ findings }: { findings: readonly Finding[] }): ExitCode {
  return hasErrors(findings) ? EXIT.failed : EXIT.done;
}

/** Where a copy could not be chosen: it cannot be read, or it is not here now. */
export function codeOfAbsence(findings: readonly Finding[]): ExitCode {
  return hasErrors(findings) ? EXIT.failed : EXIT.absent;
}
