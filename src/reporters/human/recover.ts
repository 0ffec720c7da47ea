import type { DeadRun, Leftover, RecoverDocument } from '../../planner/model/documents.ts';
import { findingsText } from '../findings.ts';
import type { Style } from '../style.ts';
import { joinTexts, sectionText } from '../text/blocks.ts';
import { plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';
import { formatAgo, formatInstant } from '../text/time.ts';
import { wrap } from '../text/width.ts';
import { symbol } from './symbols.ts';

/** What dead runs left, and what becomes of it. The plan that removes it is shown by itself. */
export function recoverText(document: RecoverDocument, style: Style): string {
  const safe = sanitised(document);
  const runs = safe.deadRuns.flatMap((run) => runLines(run, safe.observedAt, style));
  const left = safe.leftovers.flatMap((leftover) => leftoverLines(leftover, style));
  const text = joinTexts([
    sectionText(style.bold(`${plural(safe.deadRuns.length, 'run')} ended without a record`), runs),
    sectionText(style.bold('Left behind'), left),
    findingsText(safe.findings, style),
  ]);
  return text || 'No run ended early, and nothing was left behind.\n';
}

function runLines(run: DeadRun, now: string, style: Style): string[] {
  const began = `${run.run}: began ${formatInstant(run.startedAt)} (${formatAgo(run.startedAt, now)}) on ${run.hostname} as process ${run.pid}`;
  const unfinished = run.unfinished.length === 0 ? 'no step was under way' : `under way: ${run.unfinished.join(', ')}`;
  return [
    ...wrap(began, style.width, '  ', '    '),
    `    ${style.dim('$')} ${shellCommand(run.command)}`,
    ...wrap(unfinished, style.width, '    '),
  ];
}

const FATES = {
  removed: { text: 'will be removed', action: 'delete' },
  closed: { text: 'will be closed', action: 'release' },
  run: { text: 'will be run', action: 'run' },
  resumed: { text: 'stays', action: null },
} as const;

function leftoverLines({ sync, volume, path, fate, reason }: Leftover, style: Style): string[] {
  const { action, text: becomes } = FATES[fate];
  const sign = action === null ? ' ' : symbol(action, style);
  const text = `${becomes}: ${reason}`;
  return [`  ${sign} ${sync ?? volume ?? ''}: ${path}`, ...wrap(text, style.width, '      ')];
}
