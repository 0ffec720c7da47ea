import type { Plan } from '../../planner/model/plan.ts';
import type { Style } from '../style.ts';
import { lineReporter } from './line.ts';
import type { RunReporter } from './reporter.ts';

/** Live rows on a terminal that can move its cursor, lines elsewhere. */
export async function runReporter(plan: Plan, stream: NodeJS.WriteStream, style: Style): Promise<RunReporter> {
  stream.on('error', ignore);
  if (!stream.isTTY || process.env['TERM'] === 'dumb') return lineReporter(plan, stream, style);
  const { liveReporter } = await import('./live.ts');
  return liveReporter(plan, stream, style);
}

/** A terminal that was closed, or a log that cannot be written, is no reason to end a backup. */
function ignore(): void {
  // There is nobody to tell.
}
