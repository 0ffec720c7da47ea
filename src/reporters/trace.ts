import type { TracedCommand } from '../planner/model/traced-command.ts';
import { sanitise } from './text/sanitise.ts';
import { shellCommand } from './text/shell.ts';

/**
 * One line for each process that has ended: when it was started, where, how it ended, milliseconds, bytes of standard
 * output and standard error, and what it was, as a shell reads it.
 */
export function traceLine({ at, host, end, milliseconds, bytes, argv }: TracedCommand): string {
  const sizes = bytes === null ? 'a secret' : `out ${bytes.out} B, err ${bytes.err} B`;
  return `${at} ${sanitise(host)}: exit ${sanitise(String(end))}, ${milliseconds} ms, ${sizes}: ${shellCommand(argv)}\n`;
}

/** Whether a line is one of these: what holds something else is not written to. */
export function isTraceLine(line: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z [^ ]+: exit /.test(line);
}
