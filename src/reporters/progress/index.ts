import type { Plan } from '../../planner/model/plan.ts';
import type { Style } from '../style.ts';
import { lineReporter } from './line.ts';
import type { RunReporter } from './reporter.ts';

/**
 * Live rows on a terminal that can move its cursor, lines elsewhere.
 *
 * @param verbosity from 1 on lines in any case, also of steps that are over at once
 */
export async function runReporter(
  plan: Plan,
  stream: NodeJS.WriteStream,
  style: Style,
  verbosity = 0,
): Promise<RunReporter> {
  stream.on('error', ignore);
  const inLines = verbosity > 0 || !stream.isTTY || process.env['TERM'] === 'dumb';
  if (inLines) return lineReporter(plan, stream, style, verbosity > 0);
  const { liveReporter } = await import('./live.ts');
  return liveReporter(plan, stream, style);
}

/** A terminal that was closed, or a log that cannot be written, is no reason to end a backup. */
function ignore(): void {
  // There is nobody to tell.
}
