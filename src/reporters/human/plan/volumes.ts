import { isUnchanged } from '../../../planner/model/idle.ts';
import type { PlannedSync } from '../../../planner/model/plan.ts';
import type { Step } from '../../../planner/model/step.ts';
import type { Style } from '../../style.ts';
import { groupBy } from '../../text/group.ts';
import { formatBytes, formatCount, plural } from '../../text/numbers.ts';
import { textWidth, wrap } from '../../text/width.ts';
import { table } from '../../text/table.ts';
import { symbol } from '../symbols.ts';
import { nameLines } from './idle.ts';
import { itemLinesOfAll } from './items.ts';
import { prunedSnapshots, reasonText } from './prunes.ts';
import { isToldWithDrive } from './remarks.ts';
import { commandLines, deletionLimit, isUncounted, stepLines } from './steps.ts';
import { modeText, syncLines } from './sync.ts';
import { stepsOf, type PlanView } from './view.ts';

/** From so many syncs of one volume with the same plain steps on, they are listed by name only. */
const ALIKE = 5;

/** So many folders that are marked or made on one volume are told. */
const TOLD = 8;

/** A sync that prunes more is told in full. */
const FEW_PRUNES = 3;

interface VolumeGroup {
  name: string;
  /** Steps of no sync: drives taken and given back, folders created. */
  own: Step[];
  syncs: PlannedSync[];
}

/** What will be done, by destination volume and sync. */
export function volumeBlocks(view: PlanView): string[][] {
  return groups(view).map((group) => {
    const before = group.own.filter((step) => step.action !== 'release');
    const after = group.own.filter((step) => step.action === 'release');
    return [
      view.style.bold(group.name),
      ...openLines(view, group.name),
      ...ownLines(view, before),
      ...syncBlocks(view, group.syncs),
      ...ownLines(view, after),
    ];
  });
}

/** A drive that somebody else has opened is told where its steps would stand. */
function openLines(view: PlanView, volume: string): string[] {
  const told = view.plan.findings.filter((finding) => isToldWithDrive(view, finding) && finding.volume === volume);
  return told.flatMap(({ message }) => wrap(message, view.style.width, '  ').map(view.style.dim));
}

function groups(view: PlanView): VolumeGroup[] {
  const byName = new Map<string, VolumeGroup>();
  const groupOf = (name: string): VolumeGroup => {
    const known = byName.get(name) ?? { name, own: [], syncs: [] };
    byName.set(name, known);
    return known;
  };
  const shown = new Set<string>();
  for (const sync of view.plan.syncs.filter(({ state }) => state === 'planned')) {
    const steps = stepsOf(view, sync);
    steps.forEach((step) => shown.add(step.id));
    if (!isUnchanged(steps)) groupOf(volumeOf(sync.marks ?? sync.destination)).syncs.push(sync);
  }
  for (const step of view.plan.steps.filter(({ id }) => !shown.has(id))) {
    groupOf(step.volume ?? `host ${step.host}`).own.push(step);
  }
  return [...byName.values()];
}

function volumeOf(endpoint: string): string {
  return endpoint.split(':', 1)[0] ?? endpoint;
}

/** A reason that all steps share, such as which drive the volume is on, is told once. */
function ownLines(view: PlanView, steps: readonly Step[]): string[] {
  const [first, ...others] = steps;
  if (first === undefined) return [];
  const kindWidth = Math.max(...steps.map((step) => textWidth(step.kind)));
  const shared = others.length > 0 && others.every((step) => step.reason === first.reason);
  const heading = shared ? wrap(first.reason, view.style.width, '  ').map(view.style.dim) : [];
  const lines = [...groupBy(steps, ({ kind, action }) => `${kind} ${action}`).values()].flatMap((alike) => {
    const told = alike.slice(0, toldOf(view, alike));
    const rest = alike.length - told.length;
    return [
      ...told.flatMap((step) => [
        ...stepLines(view, step, { kindWidth, indent: '  ', reason: !shared }),
        ...commandLines(view, step, '      '),
      ]),
      ...(rest === 0
        ? []
        : wrap(`and ${formatCount(rest)} more like these: --all shows each`, view.style.width, '    ')),
    ];
  });
  return [...heading, ...lines];
}

/** How many of steps of one kind are told. Whatever may take something away is. */
function toldOf({ options: { commands, all } }: PlanView, alike: readonly Step[]): number {
  const isPlain = alike.every(({ action, destructive }) => action === 'create' && !destructive);
  return !isPlain || commands || all || alike.length <= TOLD + 1 ? alike.length : TOLD;
}

function syncBlocks(view: PlanView, syncs: readonly PlannedSync[]): string[] {
  const { commands, all } = view.options;
  const alike = commands || all ? [] : alikeGroups(view, syncs);
  const folded = new Set(alike.flat());
  return [
    ...syncs.filter((sync) => !folded.has(sync)).flatMap((sync) => syncLines(view, sync)),
    ...alike.flatMap((group) => alikeLines(view, group)),
  ];
}

function alikeGroups(view: PlanView, syncs: readonly PlannedSync[]): PlannedSync[][] {
  const shapes = groupBy(syncs, (sync) => shapeOf(view, sync));
  return [...shapes].filter(([shape, group]) => shape !== null && group.length >= ALIKE).map(([, group]) => group);
}

/** Syncs of one shape can be told together. Null for one that deletes more than a line each can tell. */
function shapeOf(view: PlanView, sync: PlannedSync): string | null {
  const { files } = view.options;
  const steps = stepsOf(view, sync);
  const prunes = prunedSnapshots(sync).length;
  const telling = steps.some(
    ({ kind, action, destructive, estimate }) =>
      (action === 'delete' && (kind !== 'prune' || prunes === 0 || prunes > FEW_PRUNES)) ||
      (action !== 'delete' && (destructive || files) && (estimate?.deletes ?? 0) > 0),
  );
  if (telling) return null;
  const kinds = steps.map(({ kind, action, destructive, deferred, deleteLimit, estimate }) => [
    kind,
    action,
    destructive,
    deferred,
    deleteLimit,
    files ? estimate?.basis : undefined,
  ]);
  return JSON.stringify([sync.mode, sync.lastSuccess === null, sync.overdue, kinds]);
}

function alikeLines(view: PlanView, group: readonly PlannedSync[]): string[] {
  const { style } = view;
  const [sample] = group;
  if (sample === undefined) return [];
  const steps = stepsOf(view, sample);
  const kinds = steps.map((step) => `${symbol(step.action, style)} ${step.kind}`).join(', ');
  const first = `${plural(group.length, 'sync')} alike, each ${kinds} (${[modeText(sample.mode), ...sharedState(sample)].join(', ')})`;
  return [
    ...wrap(first, style.width, '  ', '      '),
    ...sizeNote(view, group).flatMap((note) => wrap(note, style.width, '    ').map(style.dim)),
    ...deletionNote(steps).flatMap((note) => wrap(note, style.width, `    ${symbol('delete', style)} `, '      ')),
    ...(steps.some(({ kind }) => kind === 'prune') ? pruneTable(group, style) : nameLines(view, group, '    ')),
    ...filesOfAll(view, group),
  ];
}

function filesOfAll(view: PlanView, group: readonly PlannedSync[]): string[] {
  const lines = view.options.files ? itemLinesOfAll(view, group, '    ') : [];
  return lines.length === 0 ? [] : [...lines, `    ${view.style.dim('--all shows each sync by itself')}`];
}

/** A line for every snapshot that goes, each with its reason. */
function pruneTable(group: readonly PlannedSync[], style: Style): string[] {
  const rows = group.flatMap((sync) =>
    prunedSnapshots(sync).map((line) => [
      `${symbol('delete', style)} ${sync.name}`,
      line.name,
      reasonText(line.reasons),
    ]),
  );
  return table(rows, { width: style.width, indent: '    ' });
}

function sharedState({ lastSuccess, overdue }: PlannedSync): string[] {
  return [...(lastSuccess === null ? ['no success so far'] : []), ...(overdue ? ['overdue'] : [])];
}

function sizeNote(view: PlanView, group: readonly PlannedSync[]): string[] {
  const estimates = group.flatMap((sync) => stepsOf(view, sync).flatMap((step) => step.estimate ?? []));
  if (estimates.length < group.length) return [];
  const files = estimates.reduce((sum, estimate) => sum + estimate.files, 0);
  const bytes = estimates.reduce((sum, estimate) => sum + estimate.bytes, 0);
  const about = estimates.some(({ basis }) => basis === 'last-run') ? 'about ' : '';
  return [`${about}${plural(files, 'file')}, ${formatBytes(bytes)} in all`];
}

function deletionNote(steps: readonly Step[]): string[] {
  const deleting = steps.find(isUncounted);
  return deleting === undefined ? [] : [`each deletes what is gone from its source, ${deletionLimit(deleting)}`];
}
