import type { Finding } from '../../planner/model/finding.ts';
import type { RunRecord, StepRecord, SyncRecord } from '../../planner/model/run.ts';
import { findingLines, bySeverity } from '../findings.ts';
import type { Style } from '../style.ts';
import { blocksText } from '../text/blocks.ts';
import { groupBy } from '../text/group.ts';
import { formatBytes, formatCount, listNames, plural } from '../text/numbers.ts';
import { withoutOwnName } from '../text/own-name.ts';
import { sanitised } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';
import { table } from '../text/table.ts';
import { formatDuration } from '../text/time.ts';
import { wrap } from '../text/width.ts';
import { driveRows, isDriveStep } from './drives.ts';
import { exitSentence } from './exit-sentence.ts';
import { NO_SYNCS } from './plan/summary.ts';
import { isTrouble, outcomeCounts, outcomeMark } from './outcomes.ts';

/**
 * What a run did: each sync with its outcome, then what went wrong and what to do about it, then one sentence.
 *
 * @returns complete lines
 */
export function runSummaryText(record: RunRecord, style: Style): string {
  const safe = sanitised(record);
  return blocksText([outcomeLines(safe, style), troubleLines(safe, style), closingLines(safe, style)]);
}

/** Skipped and disabled syncs did not take part: they are named last. */
function outcomeLines(record: RunRecord, style: Style): string[] {
  const isIdle = ({ outcome }: SyncRecord): boolean => outcome === 'skipped' || outcome === 'disabled';
  const syncs = record.syncs.filter((sync) => !isIdle(sync));
  const own = stepsOfNoSync(record).filter((step) => !isDriveStep(step));
  const rows = [
    ...[...groupBy(own, ({ outcome, reason = outcome }) => `${outcome} ${reason}`).values()].flatMap((alike) =>
      stepRows(alike, style),
    ),
    ...[...groupBy(syncs, (sync) => `${sync.outcome} ${syncText(sync)}`).values()].flatMap((alike) =>
      syncRows(alike, style),
    ),
    ...driveRows(record, style),
  ];
  const idle = groupBy(record.syncs.filter(isIdle), (sync) => withoutOwnName(idleText(sync), sync.name));
  const told = [...idle.values()].flatMap((group) =>
    group.length > FEW ? [group] : [...groupBy(group, idleText).values()],
  );
  const idleRows = told.map((group) => [outcomeMark('skipped', style), idleRow(group)]);
  return [...table(rows, { width: style.width, indent: '' }), ...table(idleRows, { width: style.width, indent: '' })];
}

/** So many of what ended alike are named. */
const NAMED = 12;

/** Where each has a reason of its own, and they are few, each is told. */
const FEW = 3;

function idleText({ outcome, reason = '' }: SyncRecord): string {
  return `${outcome}: ${reason}`;
}

function idleRow(group: readonly SyncRecord[]): string {
  const names = listNames(
    group.map(({ name }) => name),
    NAMED,
  );
  const [first = '', ...others] = new Set(group.map(idleText));
  return `${names} ${others.length === 0 ? first : first.replace(': ', ' alike, the first: ')}`;
}

/** Syncs that ended alike, each in a row of its own where they are not many. */
function syncRows(alike: readonly SyncRecord[], style: Style): string[][] {
  const rows = alike.map((sync) => [outcomeMark(sync.outcome, style), style.bold(sync.name), syncText(sync)]);
  const rest = rows.length - NAMED;
  const [first] = rows;
  if (rest <= 1 || first === undefined) return rows;
  return [...rows.slice(0, NAMED), [first[0] ?? '', `and ${formatCount(rest)} more`, first[2] ?? '']];
}

/** Steps that ended alike. */
function stepRows(alike: readonly StepRecord[], style: Style): string[][] {
  const told = alike.length <= NAMED + 1 ? alike.length : NAMED;
  const rest = alike.length - told;
  const rows = alike
    .slice(0, told)
    .map((step) => [outcomeMark(step.outcome, style), step.id, step.reason ?? step.outcome]);
  const [first] = alike;
  if (rest === 0 || first === undefined) return rows;
  return [...rows, [outcomeMark(first.outcome, style), `and ${formatCount(rest)} more`, first.reason ?? first.outcome]];
}

function stepsOfNoSync({ steps, syncs }: RunRecord): StepRecord[] {
  const names = new Set(syncs.map(({ name }) => name));
  return steps.filter((step) => isDriveStep(step) || !names.has(syncOf(step.id)));
}

/** Step ids are `kind:sync` and, where there are several, `kind:sync:number`. */
function syncOf(id: string): string {
  return id.split(':')[1] ?? '';
}

function syncText(sync: SyncRecord): string {
  const did = [
    ...(sync.files > 0 ? [`${plural(sync.files, 'file')}, ${formatBytes(sync.bytes)} copied`] : []),
    // Of a file that was not complete yet.
    ...(sync.files === 0 && sync.bytes > 0 ? [`${formatBytes(sync.bytes)} copied`] : []),
    ...(sync.moved === undefined
      ? []
      : [`${plural(sync.moved.files, 'file')}, ${formatBytes(sync.moved.bytes)} moved`]),
    ...(sync.writtenAnew === undefined
      ? []
      : [
          `${plural(sync.writtenAnew.files, 'file')}, ${formatBytes(sync.writtenAnew.bytes)} written anew: they could not be linked`,
        ]),
    // An executor that counts nothing has not said that nothing was to do.
    ...(isUnchanged(sync) ? ['no file had to be copied'] : []),
    ...predictionText(sync),
    ...(sync.deleted > 0 ? [`${formatCount(sync.deleted)} deleted`] : []),
    ...(sync.snapshot === undefined ? [] : [`snapshot ${sync.snapshot}`]),
    ...(sync.pruned.length > 0 ? [`${plural(sync.pruned.length, 'snapshot')} pruned`] : []),
  ];
  if (did.length === 0 && sync.outcome === 'succeeded') return 'done';
  const outcome = sync.outcome === 'succeeded' ? [] : [`${sync.outcome}${did.length === 0 ? '' : ' after'}`];
  return [...outcome, did.join('; ')].join(' ').trimEnd();
}

function isUnchanged({ files, entries, outcome, writtenAnew }: SyncRecord): boolean {
  return files === 0 && entries !== null && outcome === 'succeeded' && writtenAnew === undefined;
}

/** Only where it was not what the plan foresaw, and something was done. */
function predictionText({ predicted, files, bytes, outcome }: SyncRecord): string[] {
  if (predicted === undefined || (files === 0 && outcome !== 'succeeded')) return [];
  if (predicted.files === files && predicted.bytes === bytes) return [];
  const from = predicted.basis === 'dry-run' ? 'predicted by a dry run' : 'the last time';
  return [`${plural(predicted.files, 'file')}, ${formatBytes(predicted.bytes)} ${from}`];
}

function troubleLines(record: RunRecord, style: Style): string[] {
  const told = record.syncs.map((sync) => ({ sync, lines: syncTrouble(record, sync, style) }));
  const inTrouble = told.filter(({ lines }) => lines.length > 0);
  const lines = [
    ...groupBy(inTrouble, ({ sync, lines: all }) => `${sync.outcome}\n${all.join('\n')}`).values(),
  ].flatMap((alike) => causeLines(alike, style));
  const others = stepsOfNoSync(record).flatMap((step) => step.findings);
  const own = record.findings.filter(({ sync, severity }) => sync === undefined && severity === 'error');
  return [...lines, ...findings([...others, ...own], style)];
}

/** What is the same of all of them, once. */
function causeLines(alike: readonly { sync: SyncRecord; lines: string[] }[], style: Style): string[] {
  const [first] = alike;
  if (first === undefined) return [];
  const names = listNames(
    alike.map(({ sync }) => sync.name),
    NAMED,
  );
  const title = wrap(`${style.bold(names)} (${first.sync.outcome})`, style.width);
  return [...title, ...first.lines.map((line) => `  ${line}`)];
}

function syncTrouble(record: RunRecord, sync: SyncRecord, style: Style): string[] {
  const steps = record.steps.filter((step) => !isDriveStep(step) && syncOf(step.id) === sync.name);
  // The plan's warnings were shown with the plan; that a copy is of old data says what this success is.
  const isTold = ({ severity, code }: Finding): boolean => severity === 'error' || code === 'stale-upstream';
  const about = record.findings.filter((finding) => finding.sync === sync.name && isTold(finding));
  const told = [...steps.flatMap((step) => step.findings).filter(({ severity }) => severity !== 'info'), ...about];
  // That it was interrupted is above.
  const untold = told.length === 0 && sync.outcome !== 'interrupted';
  const why = untold && sync.reason !== undefined ? wrap(sync.reason, style.width - 2) : [];
  if (!isTrouble(sync.outcome)) return findings(told, style);
  return [...why, ...findings(told, style), ...untouched(sync, steps)];
}

function findings(list: readonly Finding[], style: Style): string[] {
  const unique = [...groupBy(list, ({ code, message }) => `${code} ${message}`).values()].flatMap(
    ([first]) => first ?? [],
  );
  const narrow = { ...style, width: style.width - 2 };
  return bySeverity(unique).flatMap((finding) => findingLines(finding, narrow, { excerpt: false }));
}

/** Only what the steps prove: none that could touch a snapshot began. */
function untouched(sync: SyncRecord, steps: readonly StepRecord[]): string[] {
  const critical = steps.filter(({ id }) => id.startsWith('snapshot:') || id.startsWith('prune:'));
  const begun = critical.some(({ outcome }) => outcome !== 'not-run');
  if (critical.length === 0 || begun || sync.snapshot !== undefined || sync.pruned.length > 0) return [];
  return ['No snapshot was made, moved or deleted.'];
}

function closingLines(record: RunRecord, style: Style): string[] {
  if (record.purpose === 'backup' && record.syncs.length === 0 && record.steps.length === 0) return [NO_SYNCS];
  const counts = outcomeCounts(
    Object.fromEntries(
      [...groupBy(record.syncs, ({ outcome }) => outcome)].map(([outcome, group]) => [outcome, group.length]),
    ),
  );
  const took = record.durationMs === null ? '' : ` in ${formatDuration(record.durationMs)}`;
  const what = counts === '' ? plural(record.steps.length, 'step') : counts;
  const code = record.exitCode === null ? '; it has no end so far' : exitSentence(record.exitCode);
  const paint = record.exitCode === 0 ? style.green : style.red;
  return [...wrap(`${what}${took}${code}.`, style.width).map(paint), ...onwards(record, style)];
}

/** What was copied before an interruption is not copied again. */
function onwards({ purpose, syncs, command }: RunRecord, style: Style): string[] {
  if (purpose !== 'backup' || !syncs.some(({ outcome }) => outcome === 'interrupted')) return [];
  const at = command.findIndex((word) => word === '--spec' || word === '-c');
  const spec = at === -1 ? [] : ['--spec', command[at + 1] ?? ''];
  return wrap(`It goes on from here with: ${shellCommand(['nbkp', 'apply', ...spec])}`, style.width, '', '  ');
}
