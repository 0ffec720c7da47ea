import type { Plan } from '../../../planner/model/plan.ts';
import type { Style } from '../../style.ts';
import { shellCommand } from '../../text/shell.ts';
import { wrap } from '../../text/width.ts';

/** So many names are told. */
const MOST = 5;

/**
 * Below a plan on a terminal: what was not looked at, and what to type next.
 *
 * @param unseen syncs without a dry run
 */
export function afterPlanText(
  { plan, unseen = [] }: { plan: Plan; unseen?: readonly string[] },
  next: readonly string[],
  style: Style,
): string {
  if (!plan.steps.some(({ kind }) => kind === 'transfer')) return '';
  const more = unseen.length > MOST ? ` and ${unseen.length - MOST} more` : '';
  const names = `${unseen.slice(0, MOST).join(', ')}${more}`;
  const left = unseen.length === 0 ? [] : wrap(`The files of ${names} were not looked at: --files does.`, style.width);
  return [...left, `To run it: ${style.bold(shellCommand(next))}`].map((line) => `${line}\n`).join('');
}
