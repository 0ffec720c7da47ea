import type { DiffDocument, FieldDiff, RetentionDiff, StepDiff, SyncDiff } from '../../planner/model/diff.ts';
import { findingsText } from '../findings.ts';
import type { Paint, Style } from '../style.ts';
import { blocksText, joinTexts, linesText } from '../text/blocks.ts';
import { changedWords, commandDiff } from '../text/command-diff.ts';
import { joinAnd, plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { formatAgo, formatInstant } from '../text/time.ts';
import { wrap } from '../text/width.ts';

export interface DiffTextOptions {
  /** Shows the argv of steps that are added or removed too. */
  commands: boolean;
  /** ISO 8601, UTC: the age of recorded facts is counted from here. */
  now: string;
}

type Change = SyncDiff['change'] | StepDiff['change'];

const SIGNS: Readonly<Record<Change, string>> = { added: '+', removed: '-', changed: '~', renamed: '~' };

/**
 * What changes between two plans, for people: sync by sync, then findings, and one line that sums it up.
 *
 * @returns complete lines, none wider than the style but for argv
 */
export function diffText(document: DiffDocument, options: DiffTextOptions, style: Style): string {
  const diff = sanitised(document);
  const blocks = [
    headerLines(diff, options, style),
    ...diff.syncs.map((sync) => syncLines(sync, options, style)),
    diff.steps.flatMap((step) => stepLines(step, options, style)),
    (diff.retention ?? []).flatMap((each) => wrap(retentionText(each), style.width, '', '    ')),
  ];
  const summary = linesText(wrap(diffSummary(diff), style.width));
  return joinTexts([blocksText(blocks), findingsText(diff.findings, style), summary]);
}

function headerLines(diff: DiffDocument, { now }: DiffTextOptions, style: Style): string[] {
  return wrap(
    `${style.bold('From')} ${diff.a.source} ${style.bold('to')} ${diff.b.source} ${basisOf(diff, now)}`,
    style.width,
  );
}

/** What both sides were planned from. */
function basisOf({ facts, basis }: DiffDocument, now: string): string {
  if (facts === null) return '(nothing was observed: planned from the specs alone)';
  const at = formatInstant(facts.observedAt);
  const how = basis === 'recorded' ? 'recorded' : 'observed';
  return `(facts ${how} ${formatAgo(facts.observedAt, now)} on ${facts.hostname}, at ${at})`;
}

function syncLines(sync: SyncDiff, options: DiffTextOptions, style: Style): string[] {
  const title = `${sign(sync.change, style)} ${style.bold(sync.name)}${remark(sync)}`;
  return [
    ...wrap(title, style.width, '', '    '),
    ...sync.fields.flatMap((field) => fieldLines(field, '    ', style)),
    ...sync.steps.flatMap((step) => stepLines(step, options, style)),
  ];
}

function remark({ change, renamedFrom }: SyncDiff): string {
  if (renamedFrom !== undefined) return ` was called ${renamedFrom}`;
  return change === 'added' ? ' is new' : change === 'removed' ? ' is gone' : '';
}

function stepLines(step: StepDiff, options: DiffTextOptions, style: Style): string[] {
  const { was, is } = step.commands ?? { was: [], is: [] };
  const lines = options.commands ? commandDiff(was, is) : step.change === 'changed' ? changedWords(was, is) : [];
  return [
    ...wrap(`${sign(step.change, style)} ${step.id}: ${step.summary}`, style.width, '  ', '      '),
    ...step.fields.flatMap((field) => fieldLines(field, '      ', style)),
    ...lines.flatMap((line) => commandLines(line, options.commands, style)),
  ];
}

/** A whole command line stays one line, so that it can be copied. */
function commandLines(line: string, whole: boolean, style: Style): string[] {
  const lines = whole ? [`      ${line}`] : wrap(line, style.width, '      ', '        ');
  return lines.map(paintOf(line, style));
}

function paintOf(line: string, style: Style): Paint {
  if (line.startsWith('+')) return style.green;
  return line.startsWith('-') ? style.red : style.dim;
}

const NAMES: Readonly<Record<FieldDiff['field'], string>> = {
  ...{ state: 'state', reason: 'reason', source: 'source', destination: 'destination', mode: 'snapshots' },
  ...{ action: 'action', executor: 'executor', host: 'host', after: 'waits for', runs: 'runs' },
  ...{ destructive: 'destructive', deleteLimit: 'may delete' },
};

/** `snapshots: none → hard-link`; a value that is only on one side stands alone. */
export function fieldText({ field, was, is }: FieldDiff): string {
  const value = was === '' ? is : is === '' ? was : `${was} → ${is}`;
  return `${NAMES[field]}: ${value}`;
}

function fieldLines(field: FieldDiff, indent: string, style: Style): string[] {
  return wrap(fieldText(field), style.width, indent, `${indent}  `);
}

function sign(change: Change, style: Style): string {
  const paint = { added: style.green, removed: style.red, changed: style.yellow, renamed: style.yellow }[change];
  return paint(SIGNS[change]);
}

/** What new rules come to. */
export function retentionText({ sync, days, was, is }: RetentionDiff): string {
  return `${sync}: snapshots after ${days === 365 ? 'a year' : plural(days, 'day')}: ${was} → ${is}`;
}

/** One sentence: what differs, or that a run would do the same. */
export function diffSummary({ syncs, steps, retention = [], summary }: DiffDocument): string {
  if (syncs.length === 0 && steps.length === 0) {
    return retention.length === 0
      ? 'No difference: a run would do the same.'
      : 'The steps are the same; which snapshots are kept is not.';
  }
  const { added, removed, renamed, changed, unchanged } = summary.syncs;
  const words = [
    [added, 'added'],
    [removed, 'removed'],
    [renamed, 'renamed'],
    [changed, 'changed'],
    [unchanged, 'unchanged'],
  ] as const;
  const ofSyncs = words.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const { steps: ofSteps } = summary;
  const counts = `${plural(ofSteps.added, 'step')} added, ${ofSteps.removed} removed, ${ofSteps.changed} changed`;
  return `Diff: syncs: ${joinAnd(ofSyncs)}; ${counts}.`;
}
