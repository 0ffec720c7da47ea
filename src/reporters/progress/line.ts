import type { RunEvent } from '../../planner/model/event.ts';
import type { Finding } from '../../planner/model/finding.ts';
import { isNote } from '../../planner/model/idle.ts';
import type { Plan } from '../../planner/model/plan.ts';
import { exitSentence } from '../human/exit-sentence.ts';
import { outcomeMark } from '../human/outcomes.ts';
import { severityColour } from '../findings.ts';
import type { Style } from '../style.ts';
import { listNames, plural } from '../text/numbers.ts';
import { withoutOwnName } from '../text/own-name.ts';
import { sanitise, sanitised } from '../text/sanitise.ts';
import { formatDuration } from '../text/time.ts';
import { Lanes } from './lanes.ts';
import { changesText, DRIVE_WAITING, holderText, progressText } from './phrases.ts';
import type { Progress, RunReporter } from './reporter.ts';

/** At most one line of progress per step in so many milliseconds, besides those at a quarter, a half and three quarters. */
const QUIET_MS = 10_000;

/** So many lines of standard error per step are passed on: rsync can complain about each of a million files. */
const OUTPUT_LINES = 20;

interface Pace {
  /** When the last line of progress was written: milliseconds since 1970. */
  at: number;
  quarter: number;
  outputLines: number;
}

interface LineOptions {
  /** Also of steps that are over at once. */
  verbose: boolean;
  progress: Progress;
}

/** One line per event, beginning with what it is about, for logs and mails. Needs no terminal. */
export function lineReporter(
  plan: Plan,
  stream: { write(text: string): unknown },
  style: Style,
  { verbose, progress }: LineOptions = { verbose: false, progress: 'overall' },
): RunReporter {
  const lanes = new Lanes(plan);
  const paces = new Map<string, Pace>();
  let idle: { key: string; ended: { sync: string; text: string }[] } | null = null;
  const write = (line: string): unknown => stream.write(`${line}\n`);
  const tellIdle = (): void => {
    for (const line of idleLines(idle?.ended ?? [])) write(line);
    idle = null;
  };
  return {
    event(event) {
      const safe = sanitised(event);
      lanes.apply(safe);
      const text = safe.type === 'sync-finished' && isIdle(safe) ? endText(safe, style) : null;
      const key = text !== null && safe.type === 'sync-finished' ? withoutOwnName(text, safe.sync) : null;
      if (key === null || key !== idle?.key) tellIdle();
      if (text !== null && key !== null && safe.type === 'sync-finished') {
        idle ??= { key, ended: [] };
        idle.ended.push({ sync: safe.sync, text });
      } else if (safe.type !== 'step-progress' || progress !== 'files')
        for (const line of eventLines(safe, { lanes, paces, style, verbose })) write(line);
    },
    file(sync, path) {
      if (progress !== 'overall') write(`${sanitise(sync)}: ${sanitise(path)}`);
    },
    close() {
      tellIdle();
      return Promise.resolve();
    },
  };
}

/** So many syncs that are skipped for one reason are named. */
const NAMED = 12;

/** Where each has a reason of its own, and they are few, each is told. */
const FEW = 3;

function idleLines(ended: readonly { sync: string; text: string }[]): string[] {
  const [first = '', ...others] = new Set(ended.map(({ text }) => text));
  const differ = others.length > 0;
  if (differ && ended.length <= FEW) return ended.map(({ sync, text }) => `${sync}: ${text}`);
  const names = listNames(
    ended.map(({ sync }) => sync),
    NAMED,
  );
  return ended.length === 0 ? [] : [`${names}: ${differ ? first.replace(': ', ' alike, the first: ') : first}`];
}

type SyncFinished = Extract<RunEvent, { type: 'sync-finished' }>;

/** They come one after the other when the run begins, often for one reason. */
function isIdle({ outcome }: SyncFinished): boolean {
  return outcome === 'skipped' || outcome === 'disabled';
}

function endText({ outcome, reason }: SyncFinished, style: Style): string {
  return `${outcomeMark(outcome, style)} ${outcome}${reason === undefined ? '' : `: ${reason}`}`;
}

interface Telling {
  lanes: Lanes;
  paces: Map<string, Pace>;
  style: Style;
  verbose: boolean;
}

function eventLines(event: RunEvent, telling: Telling): string[] {
  const { lanes, paces, style } = telling;
  switch (event.type) {
    case 'run-started':
      return [`run ${event.run}: ${plural(event.steps - notesIn(telling), 'step')}`];
    case 'step-started':
      paces.set(event.step, { at: Date.parse(event.at), quarter: 0, outputLines: 0 });
      return isQuick(event.step, telling) ? [] : [`${subject(event.step, telling)} begins`];
    case 'step-progress':
      return isDue(event, paces) ? [`${subject(event.step, telling)} ${progressText(event.progress)}`] : [];
    case 'step-output':
      return outputLines(event, telling);
    case 'step-finished':
      return isQuick(event.step, telling) && event.outcome === 'done' ? [] : finishedLines(event, telling);
    case 'lock-waiting':
      return [`${event.sync}: ${holderText(event.holder)}`];
    case 'drive-waiting':
      return event.waits ? [`${subject(event.step, telling)} ${DRIVE_WAITING}`] : [];
    case 'sync-finished':
      return [`${event.sync}: ${endText(event, style)}`];
    case 'finding':
      return findingLines(event.finding, event.finding.sync ?? 'run', style);
    case 'interrupted':
      return [`interrupted by ${event.signal}: no step begins any more, ${lanes.running.length} under way end gently`];
    case 'run-finished':
      return [`run ${event.run}: ended after ${formatDuration(event.durationMs)}${exitSentence(event.exitCode)}`];
  }
}

/** What is not told is not counted, where something else is. */
function notesIn({ lanes, verbose }: Telling): number {
  return verbose ? 0 : [...lanes.steps.values()].filter(isNote).length;
}

/** To mark a folder, or to note a success, is over at once, and the summary tells it. */
function isQuick(id: string, { lanes, verbose }: Telling): boolean {
  return !verbose && ['create', 'record'].includes(lanes.steps.get(id)?.kind ?? '');
}

/** `documents: transfer`. */
function subject(id: string, { lanes }: Telling): string {
  const step = lanes.steps.get(id);
  return step?.sync === undefined ? id : `${step.sync}: ${step.kind === 'command' ? id : step.kind}`;
}

function isDue({ step, at, progress }: Extract<RunEvent, { type: 'step-progress' }>, paces: Telling['paces']): boolean {
  const pace = paces.get(step);
  // That it is done is told next.
  if (pace === undefined || progress.percent >= 100) return false;
  const now = Date.parse(at);
  const quarter = Math.min(3, Math.floor(progress.percent / 25));
  if (quarter <= pace.quarter && now - pace.at < QUIET_MS) return false;
  Object.assign(pace, { at: now, quarter: Math.max(quarter, pace.quarter) });
  return true;
}

function outputLines({ step, line }: Extract<RunEvent, { type: 'step-output' }>, telling: Telling): string[] {
  const pace = telling.paces.get(step);
  if (pace === undefined) return [];
  pace.outputLines += 1;
  if (pace.outputLines > OUTPUT_LINES + 1) return [];
  const text = pace.outputLines > OUTPUT_LINES ? 'more output is not shown here' : line;
  return [`${subject(step, telling)} | ${text}`];
}

function finishedLines(event: Extract<RunEvent, { type: 'step-finished' }>, telling: Telling): string[] {
  const { style } = telling;
  const about = subject(event.step, telling);
  telling.paces.delete(event.step);
  const changes = changesText(event.changes ?? {});
  const parts = [
    `${about} ${event.outcome === 'not-run' ? 'not run' : event.outcome}`,
    ...(event.outcome === 'not-run' ? [] : [` in ${formatDuration(event.durationMs)}`]),
    ...(changes === '' ? [] : [`: ${changes}`]),
    ...(event.reason === undefined ? [] : [`: ${event.reason}`]),
  ];
  return [parts.join(''), ...event.findings.flatMap((finding) => findingLines(finding, about, style))];
}

function findingLines({ severity, code, message, help }: Finding, about: string, style: Style): string[] {
  const label = severityColour(severity, style)(`${severity}[${code}]:`);
  return [`${about}: ${label} ${message}`, ...(help === undefined ? [] : [`${about}: help: ${help}`])];
}
