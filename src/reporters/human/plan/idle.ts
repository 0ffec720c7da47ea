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

/** Of so many syncs each is named even where nothing else is told of it. */
const MANY = 40;

/** So many reasons with one code are told: a drive on which nothing is prepared has one for each folder. */
const REASONS = 3;

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

function namedBlock(view: PlanView, title: string, syncs: readonly PlannedSync[]): string[] {
  if (syncs.length === 0) return [];
  const { style } = view;
  return [`${style.bold(title)}: ${plural(syncs.length, 'sync')}`, ...nameLines(view, syncs, '  ')];
}

/** Skipped syncs by reason, each with its last success; overdue ones first when not all are told. */
export function skippedBlock(view: PlanView): string[] {
  const { style } = view;
  const skipped = view.plan.syncs.filter((sync) => sync.state === 'skipped');
  if (skipped.length === 0) return [];
  const groups = groupBy(skipped, ({ reason = 'no reason given', code = 'skipped' }) => `${reason} [${code}]`);
  const alike = groupBy([...groups], ([, [first]]) => first?.code ?? 'skipped');
  const lines = [...alike].flatMap(([code, reasons]) => {
    const named = view.options.all || reasons.length <= REASONS + 1 ? reasons.length : REASONS;
    const rest = reasons.slice(named).flatMap(([, syncs]) => syncs);
    return [
      ...reasons
        .slice(0, named)
        .flatMap(([reason, syncs]) => [
          ...wrap(reason, style.width, '  ', '    ').map(syncs[0]?.absence === 'unprepared' ? style.red : String),
          ...wayOn(view, syncs),
          ...syncList(view, syncs),
        ]),
      ...(rest.length === 0 ? [] : wrap(`${moreWith(code, rest)}: --all shows each`, style.width, '  ', '    ')),
    ];
  });
  return [`${style.bold('Skipped')}: ${plural(skipped.length, 'sync')}`, ...lines];
}

/** Only where the person who looks at the plan decides: a drive that is elsewhere needs no advice. */
function wayOn({ style }: PlanView, [first]: readonly PlannedSync[]): string[] {
  if (first?.code === undefined || !WAITING.includes(first.code)) return [];
  return wrap('Now, all the same: nbkp apply --ignore-conditions', style.width, '    = help: ', '      ');
}

function syncList(view: PlanView, syncs: readonly PlannedSync[]): string[] {
  const { plan, options, style } = view;
  const all = options.all || syncs.length <= NAMED + 1;
  const order = all ? syncs : syncs.toSorted((one, other) => Number(other.overdue) - Number(one.overdue));
  const textOf = (sync: PlannedSync): string => lastSuccessText(sync, plan.createdAt);
  const alike = all ? [] : [...groupBy(order, textOf)].filter(([, { length }]) => length > NAMED);
  const folded = new Set(alike.flatMap(([, group]) => group));
  const others = order.filter((sync) => !folded.has(sync));
  const named = all ? others : others.slice(0, NAMED);
  const rest = others.slice(named.length);
  const overdue = rest.filter((sync) => sync.overdue).length;
  const more = `and ${formatCount(rest.length)} more${overdue === 0 ? '' : `, ${formatCount(overdue)} of them overdue`}: `;
  const shown = (sync: PlannedSync | undefined, text: string): string =>
    sync?.overdue === true ? style.yellow(text) : text;
  return [
    ...alike.flatMap(([text, group]) =>
      wrap(`${listNames(namesOf(group), NAMED)}: ${text}`, style.width, '    ').map((line) => shown(group[0], line)),
    ),
    ...named.map((sync) => `    ${style.bold(sync.name)}: ${shown(sync, textOf(sync))}`),
    ...(rest.length === 0 ? [] : wrap(more + listNames(namesOf(rest), NAMED), style.width, '    ')),
  ];
}

function namesOf(syncs: readonly PlannedSync[]): string[] {
  return syncs.map(({ name }) => name);
}

/** Names of syncs of which nothing else is told, and of very many some. */
export function nameLines({ style, options }: PlanView, syncs: readonly PlannedSync[], indent: string): string[] {
  const isLong = !options.all && syncs.length > MANY;
  const names = isLong ? `${listNames(namesOf(syncs), NAMED)}: --all shows each` : namesOf(syncs).join(', ');
  return wrap(names, style.width, indent);
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
      ...(rest.length === 0 ? [] : wrap(moreWith(code, rest), style.width, '    ')),
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

function moreWith(code: string, syncs: readonly PlannedSync[]): string {
  return `and ${formatCount(syncs.length)} more with ${code}: ${listNames(namesOf(syncs), NAMED)}`;
}

function blockedLines(view: PlanView, sync: PlannedSync, errors: readonly Finding[]): string[] {
  const { style } = view;
  const narrow = { ...style, width: style.width - 4 };
  const told = bySeverity(errors).flatMap((finding) => findingLines(finding, narrow, { excerpt: false }));
  const lines = told.length > 0 ? told : wrap(`error[${sync.code ?? 'blocked'}]: ${sync.reason ?? ''}`, narrow.width);
  return [...titleLines(view, sync), ...lines.map((line) => `    ${line}`)];
}
