import type { Plan } from '../../planner/model/plan.ts';
import type { Style } from '../style.ts';
import { lineReporter } from './line.ts';
import type { Progress, RunReporter } from './reporter.ts';

interface Shown {
  /** From 1 on lines in any case, also of steps that are over at once. */
  verbosity: number;
  progress: Progress;
}

/** Live rows on a terminal that can move its cursor, lines elsewhere, and where a line for each file is wanted. */
export async function runReporter(
  plan: Plan,
  stream: NodeJS.WriteStream,
  style: Style,
  { verbosity, progress }: Shown = { verbosity: 0, progress: 'overall' },
): Promise<RunReporter> {
  stream.on('error', ignore);
  const inLines = verbosity > 0 || !stream.isTTY || process.env['TERM'] === 'dumb';
  if (inLines) return lineReporter(plan, stream, style, { verbose: verbosity > 0, progress });
  const { liveReporter } = await import('./live.ts');
  return liveReporter(plan, stream, style, progress);
}

/** A terminal that was closed, or a log that cannot be written, is no reason to end a backup. */
function ignore(): void {
  // There is nobody to tell.
}
