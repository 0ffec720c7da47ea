import type { Finding } from '../../../planner/model/finding.ts';
import { isUnchanged } from '../../../planner/model/idle.ts';
import type { Plan, PlannedSync } from '../../../planner/model/plan.ts';
import { bySeverity, findingLines } from '../../findings.ts';
import { groupBy } from '../../text/group.ts';
import { formatCount, listNames, plural } from '../../text/numbers.ts';
import { wrap } from '../../text/width.ts';
import { lastSuccessText, titleLines } from './sync.ts';
import { stepsOf, type PlanView } from './view.ts';

/** So many skipped or blocked syncs with one reason are told one by one. */
const NAMED = 12;

/** What `[policy]` lets wait. */
const WAITING = ['on-battery', 'network-metered'];

/** Syncs for which nothing is to be done, by name only. */
export function unchangedBlock(view: PlanView): string[] {
  const planned = view.plan.syncs.filter((sync) => sync.state === 'planned');
  const idle = planned.filter((sync) => isUnchanged(stepsOf(view, sync)));
  const checked = idle.some((sync) => sync.steps.length > 0);
  return namedBlock(view, checked ? 'Unchanged' : 'Nothing to do for', idle);
}

export function disabledBlock(view: PlanView): string[] {
  return namedBlock(
    view,
    'Disabled',
    view.plan.syncs.filter((sync) => sync.state === 'disabled'),
  );
}

function namedBlock({ style }: PlanView, title: string, syncs: readonly PlannedSync[]): string[] {
  if (syncs.length === 0) return [];
  const names = syncs.map((sync) => sync.name).join(', ');
  return [`${style.bold(title)}: ${plural(syncs.length, 'sync')}`, ...wrap(names, style.width, '  ')];
}

/** Skipped syncs by reason, each with its last success; overdue ones first when not all are told. */
export function skippedBlock(view: PlanView): string[] {
  const { style } = view;
  const skipped = view.plan.syncs.filter((sync) => sync.state === 'skipped');
  if (skipped.length === 0) return [];
  const groups = groupBy(skipped, ({ reason = 'no reason given', code = 'skipped' }) => `${reason} [${code}]`);
  const lines = [...groups].flatMap(([reason, syncs]) => [
    ...wrap(reason, style.width, '  ', '    ').map(syncs[0]?.absence === 'unprepared' ? style.red : String),
    ...wayOn(view, syncs),
    ...syncList(view, syncs),
  ]);
  return [`${style.bold('Skipped')}: ${plural(skipped.length, 'sync')}`, ...lines];
}

/** Only where the person who looks at the plan decides: a drive that is elsewhere needs no advice. */
function wayOn({ style }: PlanView, [first]: readonly PlannedSync[]): string[] {
  if (first?.code === undefined || !WAITING.includes(first.code)) return [];
  return wrap('Now, all the same: nbkp apply --ignore-conditions', style.width, '    = help: ', '      ');
}

function syncList({ plan, options, style }: PlanView, syncs: readonly PlannedSync[]): string[] {
  const all = options.all || syncs.length <= NAMED + 1;
  const order = all ? syncs : syncs.toSorted((one, other) => Number(other.overdue) - Number(one.overdue));
  const named = order.slice(0, all ? order.length : NAMED);
  const lines = named.map((sync) => {
    const last = lastSuccessText(sync, plan.createdAt);
    return `    ${style.bold(sync.name)}: ${sync.overdue ? style.yellow(last) : last}`;
  });
  const rest = order.slice(named.length);
  if (rest.length === 0) return lines;
  const overdue = rest.filter((sync) => sync.overdue).length;
  const text = `and ${formatCount(rest.length)} more${overdue === 0 ? '' : `, ${formatCount(overdue)} of them overdue`}: `;
  return [
    ...lines,
    ...wrap(
      text +
        listNames(
          rest.map((sync) => sync.name),
          NAMED,
        ),
      style.width,
      '    ',
    ),
  ];
}

/** Blocked syncs with what blocks each. */
export function blockedBlock(view: PlanView): string[] {
  const { style, plan, options } = view;
  const blocked = plan.syncs.filter((sync) => sync.state === 'blocked');
  if (blocked.length === 0) return [];
  const errors = groupBy(plan.findings.filter(isBlocking(plan)), (finding) => finding.sync);
  const groups = groupBy(blocked, ({ code = 'blocked' }) => code);
  const lines = [...groups].flatMap(([code, syncs]) => {
    const named = options.all || syncs.length <= NAMED + 1 ? syncs.length : NAMED;
    const rest = syncs.slice(named);
    return [
      ...syncs.slice(0, named).flatMap((sync) => blockedLines(view, sync, errors.get(sync.name) ?? [])),
      ...(rest.length === 0 ? [] : wrap(moreBlocked(code, rest), style.width, '    ')),
    ];
  });
  return [`${style.bold(style.red('Blocked'))}: ${plural(blocked.length, 'sync')}`, ...lines];
}

/** Whether a finding is told with the sync that it blocks. In a plan of the spec alone it may be a warning. */
export function isBlocking({ syncs }: Plan): (finding: Finding) => boolean {
  const key = (name: string, code = ''): string => `${name} ${code}`;
  const reasons = new Set(syncs.flatMap(({ name, state, code }) => (state === 'blocked' ? [key(name, code)] : [])));
  return ({ severity, sync, code }) => sync !== undefined && (severity === 'error' || reasons.has(key(sync, code)));
}

function moreBlocked(code: string, syncs: readonly PlannedSync[]): string {
  return `and ${formatCount(syncs.length)} more with ${code}: ${listNames(
    syncs.map((sync) => sync.name),
    NAMED,
  )}`;
}

function blockedLines(view: PlanView, sync: PlannedSync, errors: readonly Finding[]): string[] {
  const { style } = view;
  const narrow = { ...style, width: style.width - 4 };
  const told = bySeverity(errors).flatMap((finding) => findingLines(finding, narrow, { excerpt: false }));
  const lines = told.length > 0 ? told : wrap(`error[${sync.code ?? 'blocked'}]: ${sync.reason ?? ''}`, narrow.width);
  return [...titleLines(view, sync), ...lines.map((line) => `    ${line}`)];
}
