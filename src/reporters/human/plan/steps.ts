import { ALWAYS_ALLOWED } from '../../../planner/model/max-delete.ts';
import type { Estimate, Step } from '../../../planner/model/step.ts';
import type { Plan, PlanPurpose } from '../../../planner/model/plan.ts';
import { formatBytes, formatCount, plural } from '../../text/numbers.ts';
import { shellCommand } from '../../text/shell.ts';
import { padEnd, wrap } from '../../text/width.ts';
import { symbol } from '../symbols.ts';
import { inWords, type PlanView } from './view.ts';

export interface StepLayout {
  indent: string;
  /** Columns of the widest kind. */
  kindWidth: number;
  /** Says why, where it is not plain. */
  reason: boolean;
}

/** One step: symbol, kind, what it does and why; then what it waits for and what is not known yet. */
export function stepLines(view: PlanView, step: Step, { indent, kindWidth, reason }: StepLayout): string[] {
  const { style, plan } = view;
  const hanging = `${indent}  ${' '.repeat(kindWidth + 2)}`;
  const text = inWords(`${what(step, lostWithPrune(plan, step))}${reason ? why(step, plan.purpose) : ''}`);
  const lines = wrap(
    text,
    style.width,
    `${indent}${symbol(step.action, style)} ${padEnd(step.kind, kindWidth)}  `,
    hanging,
  );
  const extra = [...waits(view, step), ...reads(step), ...unknown(step)].flatMap((line) =>
    wrap(inWords(line), style.width, hanging),
  );
  return [...lines, ...extra.map(style.dim)];
}

/** The exact argv of a step, where they are asked for. */
export function commandLines({ style, options }: PlanView, step: Step, indent: string): string[] {
  return options.commands ? step.commands.map((argv) => `${indent}${style.dim('$')} ${shellCommand(argv)}`) : [];
}

const KEPT_IN_OLDER = 'gone from the source but kept in older snapshots';

/** What the source has no more is in the snapshot that was the newest: is that one deleted in the end? */
function lostWithPrune({ syncs }: Plan, { sync }: Step): boolean {
  const retention = syncs.find(({ name }) => name === sync)?.retention ?? [];
  const newest = retention
    .map(({ name }) => name)
    .sort()
    .at(-1);
  return retention.some(({ name, verdict }) => name === newest && verdict === 'prune');
}

/** The title says what is copied where; how much, or what it starts from, says more than that once again. */
function what({ kind, summary, estimate, destructive, reason }: Step, pruned: boolean): string {
  const said = SAID_BY_REASON.has(kind) ? reason : summary;
  if (estimate === undefined) return said;
  const amount = estimateText(estimate, destructive, pruned);
  // What the last run did says nothing of what this one starts from.
  if (estimate.basis === 'last-run') return `${said}; ${amount}`;
  return kind === 'transfer' ? amount : `${summary}: ${amount}`;
}

const SAID_BY_REASON = new Set(['transfer', 'snapshot']);

/** `3 files, 1.2 MiB to copy; 2 new, 1 changed, 4 deleted`. What is not destructive leaves the old files where they are. */
function estimateText(estimate: Estimate, destructive: boolean, pruned: boolean): string {
  const kept = pruned ? 'gone from the source, of which this plan deletes the snapshot' : KEPT_IN_OLDER;
  const size = `${plural(estimate.files, 'file')}, ${formatBytes(estimate.bytes)}`;
  if (estimate.basis === 'last-run') {
    return estimate.files === 0 ? 'nothing was copied the last time' : `about ${size} the last time`;
  }
  const { writtenAnew: anew, moved } = estimate;
  const renamed = moved === undefined ? '' : `${plural(moved.files, 'file')}, ${formatBytes(moved.bytes)} moved, `;
  const changes = [
    estimate.creates > 0 ? `${formatCount(estimate.creates)} new` : '',
    estimate.updates > 0 ? `${formatCount(estimate.updates)} changed` : '',
    estimate.deletes > 0 ? `${formatCount(estimate.deletes)} ${destructive ? 'deleted' : kept}` : '',
  ].filter((part) => part !== '');
  if (changes.length === 0 && estimate.files === 0) return 'nothing has changed';
  return [
    `${renamed}${estimate.files === 0 ? 'nothing to copy' : `${size} to copy`}`,
    ...(anew === undefined ? [] : [`${plural(anew.files, 'file')}, ${formatBytes(anew.bytes)} to write anew`]),
    ...(changes.length === 0 ? [] : [changes.join(', ')]),
  ].join('; ');
}

/** What creates or changes something needs no reason in a backup; whatever deletes, runs or takes something does. */
function why({ kind, action, destructive, estimate, reason }: Step, purpose: PlanPurpose): string {
  const plain = !destructive && (action === 'create' || action === 'update');
  const told = SAID_BY_REASON.has(kind) && estimate?.basis !== 'dry-run';
  return told || (plain && purpose === 'backup') ? '' : ` (${reason})`;
}

function waits({ steps }: PlanView, step: Step): string[] {
  if (step.sync === undefined || step.runsOn !== 'success') return [];
  const others = step.dependsOn.filter((id) => steps.get(id)?.sync !== step.sync);
  return others.length === 0 ? [] : [`after ${others.join(', ')}`];
}

function reads({ reads = [] }: Step): string[] {
  return reads.map(({ path }) => `reads ${path}, as it is now`);
}

function unknown(step: Step): string[] {
  return step.deferred === undefined ? [] : [`not known yet: ${step.deferred}`];
}

/** It deletes or replaces something without a copy elsewhere, and no dry run has counted it. */
export function isUncounted(step: Step): boolean {
  return step.destructive && step.action !== 'delete' && step.estimate?.basis !== 'dry-run';
}

/** How many entries of the destination can go. */
export function deletionLimit({ deleteLimit }: Step): string {
  if (deleteLimit === undefined) return 'however many there are';
  const files = deleteLimit.files === null ? '' : ` and at most ${plural(deleteLimit.files, 'file')}`;
  return `at most ${deleteLimit.percent} % of the entries there${files}, or ${ALWAYS_ALLOWED} if that is more`;
}
