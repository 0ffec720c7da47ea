import type { Plan, PlannedSync, PlanPurpose } from '../../../planner/model/plan.ts';
import type { Step } from '../../../planner/model/step.ts';
import { plural } from '../../text/numbers.ts';
import { formatAgo } from '../../text/time.ts';
import { textWidth, wrap } from '../../text/width.ts';
import { symbol } from '../symbols.ts';
import { itemLines } from './items.ts';
import { pruneLines } from './prunes.ts';
import { commandLines, deletionLimit, isUncounted, stepLines } from './steps.ts';
import { stepsOf, type PlanView } from './view.ts';

/** Before what belongs to one step. */
const DETAILS = ' '.repeat(8);

/** One planned sync in full: what it copies where, then its steps with what each deletes. */
export function syncLines(view: PlanView, sync: PlannedSync): string[] {
  const steps = stepsOf(view, sync);
  const kindWidth = Math.max(...steps.map((step) => textWidth(step.kind)));
  return [...titleLines(view, sync), ...steps.flatMap((step) => detailedStep(view, sync, step, kindWidth))];
}

/** What is copied where, or what a plan of another purpose is about, and what is known of it. */
export function titleLines({ style, plan }: PlanView, sync: PlannedSync): string[] {
  const remarks = [modeText(sync.mode), ...(knowsHistory(plan) ? [lastSuccessText(sync, plan.createdAt)] : [])];
  const title = wrap(`${style.bold(sync.name)}: ${direction(sync, plan.purpose)}`, style.width, '  ', '      ');
  const note = `(${remarks.join(', ')})`;
  const paint = sync.overdue ? style.yellow : style.dim;
  const last = title.at(-1) ?? '';
  const fits = textWidth(last) + 1 + textWidth(note) <= style.width;
  if (fits) return [...title.slice(0, -1), `${last} ${paint(note)}`];
  return [...title, ...wrap(note, style.width, '      ').map(paint)];
}

/** What is restored or cleaned up is another story, and from the spec alone there is none. */
function knowsHistory({ purpose, basis }: Plan): boolean {
  return purpose === 'backup' && basis !== 'none';
}

export function modeText(mode: string): string {
  return mode === 'none' ? 'no snapshots' : `${mode} snapshots`;
}

/** What is restored, pruned or cleaned up is in the destination; the source plays no part. */
function direction(sync: PlannedSync, purpose: PlanPurpose): string {
  return purpose === 'backup' ? `${sync.source} → ${sync.destination}` : sync.destination;
}

/** `last success 3 days ago`, `no success so far`, and whether that is overdue. */
export function lastSuccessText(sync: Pick<PlannedSync, 'lastSuccess' | 'overdue'>, now: string): string {
  const text = sync.lastSuccess === null ? 'no success so far' : `last success ${formatAgo(sync.lastSuccess, now)}`;
  return sync.overdue ? `${text}, overdue` : text;
}

function detailedStep(view: PlanView, sync: PlannedSync, step: Step, kindWidth: number): string[] {
  const prunes = step.kind === 'prune' ? pruneLines(view, sync, DETAILS) : [];
  const lines = stepLines(view, step, { kindWidth, indent: '    ', reason: prunes.length === 0 });
  return [...lines, ...prunes, ...fileLines(view, sync, step, DETAILS), ...commandLines(view, step, DETAILS)];
}

function fileLines(view: PlanView, sync: PlannedSync, step: Step, indent: string): string[] {
  const { estimate } = step;
  if (view.options.files && estimate?.basis === 'dry-run') return itemLines(view, sync, estimate, indent);
  const text = step.kind === 'transfer' && step.destructive ? deletionText(step) : '';
  return text === '' ? [] : wrap(text, view.style.width, `${indent}${symbol('delete', view.style)} `, `${indent}  `);
}

/** What a transfer without history deletes; empty when a dry run found nothing. */
function deletionText(step: Step): string {
  if (isUncounted(step)) return `files and folders that are gone from the source, ${deletionLimit(step)}`;
  const deletes = step.estimate?.deletes ?? 0;
  const what = plural(deletes, 'file or folder that is', 'files and folders that are');
  return deletes === 0 ? '' : `${what} gone from the source`;
}
