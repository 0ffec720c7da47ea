import { isUnchanged } from '../../../planner/model/idle.ts';
import type { PlannedRoute, PlanPurpose } from '../../../planner/model/plan.ts';
import { formatAgo, formatInstant } from '../../text/time.ts';
import { wrap } from '../../text/width.ts';
import { legend } from '../symbols.ts';
import { type PlanView } from './view.ts';

const TITLES: Readonly<Record<PlanPurpose, string>> = {
  backup: 'Backup plan',
  prepare: 'Plan to prepare volumes',
  prune: 'Plan to prune snapshots',
  restore: 'Plan to restore from the backups',
  recover: 'Plan to recover from dead runs',
  mount: 'Plan to mount drives',
  unmount: 'Plan to unmount drives',
};

/** What the plan is for and what it was made from. */
export function headerLines(view: PlanView): string[] {
  const { plan, style } = view;
  const title = wrap(`${TITLES[plan.purpose]} of ${plan.spec.path} ${basis(view)}`, style.width);
  const [first = '', ...more] = title;
  const purpose = TITLES[plan.purpose];
  const used = isUnchanged(plan.steps) ? '' : legend(new Set(plan.steps.map((step) => step.action)), style);
  const routes = (plan.routes ?? []).flatMap((route) => wrap(routeText(route), style.width, '', '  '));
  return [first.replace(purpose, style.bold(purpose)), ...more, ...routes, ...(used === '' ? [] : [used])];
}

/** `hub via pi-wan (pi-lan: no route)` */
function routeText({ volumes, endpoint, passedOver }: PlannedRoute): string {
  const why = passedOver.map((other) => `${other.endpoint}: ${other.reason}`).join(', ');
  const way = endpoint === null ? 'cannot be reached' : `via ${endpoint}`;
  return `${volumes.join(', ')} ${way}${why === '' ? '' : ` (${why})`}`;
}

function basis({ plan, options }: PlanView): string {
  const at = formatInstant(plan.createdAt);
  if (plan.basis === 'none') return '(nothing was observed: this is what the spec alone asks for)';
  if (plan.basis === 'recorded') {
    const age = options.now === undefined ? '' : ` ${formatAgo(plan.createdAt, options.now)}`;
    return `(recorded${age} on ${plan.machine.hostname}, at ${at})`;
  }
  return `(observed on ${plan.machine.hostname} at ${at})`;
}
