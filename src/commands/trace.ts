import { traceCommands } from '../hosts/transport/trace.ts';
import { isTraceLine, shortTraceLine, traceLine } from '../reporters/trace.ts';
import { append, openForAppending } from '../store/appended-file.ts';
import { systemError } from '../planner/model/system-error.ts';
import { UsageError } from '../api/usage-error.ts';

/**
 * Writes a line for each process that nbkp runs from now on: to the file that `NBKP_TRACE` names, and to standard error
 * when `DEBUG` has `nbkp` or `*` among its words.
 *
 * @param verbose `-vv`: to standard error in any case, without the text of scripts
 * @throws UsageError when the file cannot be used
 */
export function startTrace(env: NodeJS.ProcessEnv, aside: (text: string) => void, verbose: boolean): void {
  const isDebug = isDebugged(env['DEBUG']);
  const targets = [...fileOf(env['NBKP_TRACE'], aside), ...(isDebug ? [aside] : [])];
  const isShown = verbose && !isDebug;
  if (targets.length === 0 && !isShown) return;
  traceCommands((command) => {
    const line = traceLine(command);
    for (const write of targets) write(line);
    if (isShown) aside(shortTraceLine(command));
  });
}

function isDebugged(names: string | undefined): boolean {
  return names?.split(/[\s,]+/).some((name) => name === 'nbkp' || name === '*') === true;
}

function fileOf(path: string | undefined, aside: (text: string) => void): ((line: string) => void)[] {
  if (path === undefined || path === '') return [];
  const opened = openForAppending(path, isTraceLine);
  if (typeof opened === 'string') {
    throw new UsageError(
      `NBKP_TRACE names ${path}, which cannot be written to: ${opened}.`,
      'Name a new file, or unset NBKP_TRACE.',
    );
  }
  let isBroken = false;
  return [
    (line) => {
      if (isBroken) return;
      try {
        append(opened, line);
      } catch (error) {
        isBroken = true;
        aside(`The trace in ${path} ends here: ${systemError(error).text}.\n`);
      }
    },
  ];
}
