import { isUnchanged } from '../../../planner/model/idle.ts';
import type { Plan } from '../../../planner/model/plan.ts';
import type { Step, StepAction } from '../../../planner/model/step.ts';
import type { Paint } from '../../style.ts';
import { formatCount, joinAnd, plural } from '../../text/numbers.ts';
import { wrap } from '../../text/width.ts';
import { deletionsOf, deletionTotals, type DeletionTotals } from './deletions.ts';
import { symbol } from '../symbols.ts';
import { inWords, stepsOf, type PlanView } from './view.ts';

type Statement = readonly [text: string, paint: Paint];

/** What the plan deletes, whether it can be applied, and one line that counts everything. */
export function summaryBlock(view: PlanView): string[] {
  const { style } = view;
  const nothing = nothingToDo(view);
  const statements: Statement[] =
    nothing === null ? [...deletionStatements(view), ...notApplyable(view)] : [[nothing, style.green]];
  const lines = statements.flatMap(([text, paint]) => wrap(text, style.width).map(paint));
  return [...lines, ...wrap(countsLine(view), style.width)];
}

/** In place of counts that are all zero. */
export const NO_SYNCS = 'Nothing to do: there are no syncs.';

function nothingToDo({ plan }: PlanView): string | null {
  if (plan.steps.length > 0) {
    return isUnchanged(plan.steps) ? 'Nothing to do: a dry run found nothing that has changed.' : null;
  }
  const { planned, skipped, blocked } = plan.summary.syncs;
  if (plan.purpose === 'backup' && plan.syncs.length === 0) return NO_SYNCS;
  const why = [
    ...(blocked > 0 ? [`${plural(blocked, 'sync')} ${blocked === 1 ? 'is' : 'are'} blocked`] : []),
    ...(skipped > 0 ? [`${plural(skipped, 'sync')} ${skipped === 1 ? 'is' : 'are'} skipped`] : []),
  ];
  if (why.length === 0) return 'Nothing to do.';
  return planned > 0 ? `Nothing to do; ${joinAnd(why)}.` : `Nothing will be done: ${joinAnd(why)}.`;
}

function deletionStatements({ plan, style }: PlanView): Statement[] {
  const deletions = deletionsOf(plan);
  if (deletions.length === 0) return plan.basis === 'none' ? [] : [['This plan deletes nothing.', style.green]];
  const totals = deletionTotals(deletions);
  const others = totals.other.map((step) => `${capital(nameOf(step))}: ${inWords(step.summary)}.`);
  const certain = [...certainStatements(totals), ...others].map((text): Statement => [text, style.red]);
  return [...certain, ...unknownStatement(totals, plan).map((text): Statement => [text, style.yellow])];
}

function certainStatements({ snapshots, files, replaced }: DeletionTotals): string[] {
  const deleted = [
    ...(snapshots > 0 ? [plural(snapshots, 'snapshot')] : []),
    ...(files > 0 ? [plural(files, 'file or folder', 'files and folders')] : []),
  ];
  return [
    ...(deleted.length > 0 ? [`This plan deletes ${joinAnd(deleted)}.`] : []),
    ...(replaced > 0
      ? [
          `This plan changes ${plural(replaced, 'file or folder', 'files and folders')} of which no snapshot keeps the old state.`,
        ]
      : []),
  ];
}

function unknownStatement({ unknown }: DeletionTotals, { purpose, basis }: Plan): string[] {
  if (unknown.length === 0) return [];
  const who = unknown.length > 5 ? plural(unknown.length, 'step') : joinAnd([...new Set(unknown.map(nameOf))]);
  const what = unknown.every(({ kind }) => kind === 'prune') ? 'snapshots' : 'files';
  // What is on a drive that is closed no dry run can show.
  const isClosed = unknown.every(({ awaits }) => awaits !== undefined);
  const hint = purpose === 'backup' && basis === 'observed' && !isClosed ? '; --files shows which' : '';
  return [`${capital(who)} may delete or replace ${what} without a copy elsewhere${hint}.`];
}

/** Ids are for scripts. */
function nameOf({ id, kind, sync, volume }: Step): string {
  const subject = sync ?? volume;
  return subject === undefined ? id : `the ${kind} of ${subject}`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function notApplyable({ plan, style }: PlanView): Statement[] {
  if (plan.applyable) return [];
  const why =
    plan.basis === 'none'
      ? 'nothing was observed, so that it cannot say what is there and what would be pruned'
      : 'its facts were recorded, not observed';
  return [[`This plan cannot be applied: ${why}.`, style.yellow]];
}

const COUNTED: readonly StepAction[] = ['create', 'update', 'delete', 'acquire', 'release', 'run'];

function countsLine(view: PlanView): string {
  const { plan, style } = view;
  const { planned, skipped, disabled, blocked } = plan.summary.syncs;
  const idle = plan.syncs.filter((sync) => sync.state === 'planned' && isUnchanged(stepsOf(view, sync))).length;
  const syncs = [
    ...(planned - idle > 0 ? [`${plural(planned - idle, 'sync')} to run`] : []),
    ...[[idle, 'unchanged'] as const, [skipped, 'skipped'] as const, [blocked, 'blocked'] as const]
      .filter(([count]) => count > 0)
      .map(([count, state]) => `${formatCount(count)} ${state}`),
    ...(disabled > 0 ? [`${formatCount(disabled)} disabled`] : []),
  ];
  const signs = COUNTED.flatMap((action) => {
    const count = plan.steps.filter((step) => step.action === action).length;
    return count === 0 ? [] : [`${symbol(action, style)}${formatCount(count)}`];
  });
  const steps = signs.length === 0 ? 'no steps' : `${plural(plan.steps.length, 'step')} (${signs.join(' ')})`;
  return `${style.bold('Plan:')} ${[...syncs, steps].join(', ')}.`;
}
