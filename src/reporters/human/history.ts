import type { HistoryDocument, RunSummary } from '../../planner/model/documents.ts';
import type { RunRecord, StepRecord } from '../../planner/model/run.ts';
import type { Style } from '../style.ts';
import { joinTexts, linesText } from '../text/blocks.ts';
import { groupBy } from '../text/group.ts';
import { formatBytes, formatCount, listNames, plural } from '../text/numbers.ts';
import { sanitise, sanitised } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';
import { withoutOwnName } from '../text/own-name.ts';
import { table } from '../text/table.ts';
import { formatAgo, formatDuration, formatInstant } from '../text/time.ts';
import { wrap } from '../text/width.ts';
import { isTrouble, outcomeCounts, outcomeMark } from './outcomes.ts';
import { runSummaryText } from './run-summary.ts';

export interface HistoryTextOptions {
  /** Whose runs they are; null for those of all specs, which then are named. */
  spec: string | null;
  /** The newest is where a person looks first: beside the prompt on a terminal, else on top. */
  newestLast: boolean;
}

/** Past runs, one per line. */
export function historyText(document: HistoryDocument, { spec, newestLast }: HistoryTextOptions, style: Style): string {
  const safe = sanitised(document);
  const whose = spec === null ? 'Runs of all specs' : `Runs of ${sanitise(spec)}`;
  if (safe.runs.length === 0) return `${wrap(`${whose}: none.`, style.width, '', '  ').join('\n')}\n`;
  const runs = newestLast ? safe.runs.toReversed() : safe.runs;
  const titles = ['', 'run', 'what', 'when', 'what became of it'].map((title) => style.dim(title));
  const rows = runs.map((run) => [
    runSign(run, style),
    run.run,
    run.purpose,
    formatAgo(run.startedAt, safe.observedAt),
    `${runText(run)}${spec === null ? `; ${run.spec}` : ''}`,
  ]);
  const head = wrap(whose, style.width, '', '  ').map(style.bold);
  return `${[...head, ...table([titles, ...rows], { width: style.width, indent: '' })].join('\n')}\n`;
}

/** So many causes of what a run did not do are told, each with as many names. */
const NAMED = 3;

/** `s1, s2, s3 and 195 more skipped: usb is not mounted`: each cause once. */
function notDoneText({ notDone = [], outcomes }: RunSummary): string[] {
  const causes = [
    ...groupBy(notDone, ({ outcome, reason, sync }) => withoutOwnName(`${outcome} ${reason}`, sync)).values(),
  ].flatMap((alike) => {
    const [first] = alike;
    const unnamed = alike.reduce((sum, { more = 0 }) => sum + more, 0);
    return first === undefined
      ? []
      : [{ ...first, names: alike.map(({ sync }) => sync), count: alike.length + unnamed }];
  });
  const told = causes.slice(0, NAMED);
  const all = Object.entries(outcomes).reduce((sum, [outcome, count]) => (isDone(outcome) ? sum : sum + count), 0);
  const left = notDone.length === 0 ? 0 : all - told.reduce((sum, { count }) => sum + count, 0);
  return [
    ...told.map(({ names, count, outcome, reason }) => {
      return `${namesOf(names, count)} ${outcome}: ${reason.replace(/\.$/, '')}`;
    }),
    ...(left > 0 ? [`${formatCount(left)} more: see nbkp history RUN`] : []),
  ];
}

const isDone = (outcome: string): boolean => outcome === 'succeeded' || outcome === 'disabled';

/** The names of some of `count`. */
function namesOf(names: readonly string[], count: number): string {
  if (names.length === count) return listNames(names, NAMED);
  return `${names.slice(0, NAMED).join(', ')} and ${formatCount(count - Math.min(NAMED, names.length))} more`;
}

function runSign({ state, exitCode, outcomes }: RunSummary, style: Style): string {
  if (state === 'running') return style.blue('>');
  const kinds = Object.keys(outcomes);
  const isIdle = kinds.length > 0 && kinds.every((outcome) => outcome === 'skipped' || outcome === 'disabled');
  if (state === 'finished' && exitCode === 0 && isIdle) return outcomeMark('skipped', style);
  return state === 'finished' && exitCode === 0 ? style.green('✓') : style.red('✗');
}

function runText(run: RunSummary): string {
  const end =
    run.state === 'finished' ? (run.exitCode === 0 ? [] : [`exit code ${run.exitCode ?? 'unknown'}`]) : [run.state];
  const moved = run.files > 0 ? [`${plural(run.files, 'file')}, ${formatBytes(run.bytes)}`] : [];
  const snapshots = [
    ...(run.snapshots > 0 ? [`${plural(run.snapshots, 'snapshot')} made`] : []),
    ...(run.pruned > 0 ? [`${run.pruned} pruned`] : []),
  ];
  const took = run.durationMs === null ? [] : [formatDuration(run.durationMs)];
  const outcomes = outcomeCounts(run.outcomes);
  const parts = [...(outcomes === '' ? [] : [outcomes]), ...moved, ...snapshots, ...took, ...end, ...notDoneText(run)];
  return parts.join('; ');
}

/** One run in full: when and how it was started, its steps, what went wrong and what it came to. */
export function runRecordText(record: RunRecord, style: Style): string {
  const safe = sanitised(record);
  const end = safe.finishedAt === null ? 'it did not finish' : `it ended ${formatInstant(safe.finishedAt)}`;
  const head = [
    ...wrap(`${style.bold(`Run ${safe.run}`)} (${safe.purpose}) of ${safe.spec.path}`, style.width, '', '  '),
    ...wrap(
      `began ${formatInstant(safe.startedAt)} on ${safe.machine.hostname} as ${safe.machine.user}, ${end}`,
      style.width,
      '  ',
    ),
    `  ${style.dim('$')} ${shellCommand(safe.command)}`,
  ];
  const steps = safe.steps.flatMap((step) => stepLines(step, style));
  return joinTexts([linesText(head), linesText(steps), runSummaryText(record, style)]);
}

function stepLines(step: StepRecord, style: Style): string[] {
  const took = step.durationMs === null ? '' : ` in ${formatDuration(step.durationMs)}`;
  const why = step.reason === undefined ? '' : `: ${step.reason}`;
  const text = `${step.id} ${step.outcome === 'not-run' ? 'not run' : step.outcome}${took}${why}`;
  const log = isTrouble(step.outcome) ? step.log.map((line) => style.dim(`    | ${line}`)) : [];
  return [...wrap(text, style.width, `${outcomeMark(step.outcome, style)} `, '  '), ...log];
}
