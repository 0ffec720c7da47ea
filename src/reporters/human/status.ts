import type { RunAtWorkStatus } from '../../planner/model/run.ts';
import type { StatusDocument, SyncStatus, VolumeStatus } from '../../planner/model/documents.ts';
import { foldedFindingsText } from '../findings.ts';
import type { Paint, Style } from '../style.ts';
import { joinTexts, linesText, sectionText } from '../text/blocks.ts';
import { groupBy } from '../text/group.ts';
import { formatBytes, formatCount, listNames, plural } from '../text/numbers.ts';
import { withoutOwnName } from '../text/own-name.ts';
import { sanitised } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';
import { table } from '../text/table.ts';
import { formatAgo, formatDuration, formatInstant } from '../text/time.ts';
import { wrap } from '../text/width.ts';
import { isTrouble } from './outcomes.ts';
import { driveText, providedText, volumeSign } from './volumes.ts';

/** With more syncs than this those that are well are counted and not shown. */
const SHOWN = 20;

/** And of those that are alike but for their names so many are. */
const ALIKE = 3;

/**
 * Am I safe? The answer first; then each volume with its room, and each sync with its last success, what needs a person
 * first.
 *
 * @param all shows each sync, however many there are
 */
export function statusText(document: StatusDocument, style: Style, all = false): string {
  const safe = sanitised(document);
  const layout = { width: style.width, indent: '  ' };
  const ordered = safe.syncs.toSorted((a, b) => urgency(a) - urgency(b));
  const syncRows = (syncs: readonly SyncStatus[]): string[][] =>
    syncs.map((sync) => syncRow(sync, safe.observedAt, style));
  const foldedRows = (syncs: readonly SyncStatus[]): string[][] =>
    [...groupBy(syncs, (sync) => withoutOwnName(syncRows([sync]).flat().join(' '), sync.name)).values()].flatMap(
      (alike) => {
        const rows = syncRows(alike);
        const rest = rows.length - ALIKE;
        const more = `and ${formatCount(rest)} more`;
        return rest <= 1 ? rows : [...rows.slice(0, ALIKE), [rows[0]?.[0] ?? '', more, 'alike: --all shows each']];
      },
    );
  const shown = all || ordered.length <= SHOWN ? ordered : ordered.filter((sync) => urgency(sync) < WELL);
  const rows = table(all || shown.length <= SHOWN ? syncRows(shown) : foldedRows(shown), layout);
  const parts = [
    verdict(safe.syncs, style) + whose(safe, style),
    sectionText(
      style.bold('Now'),
      (safe.runs ?? []).flatMap((run) => atWorkLines(run, style)),
    ),
    sectionText(
      style.bold('Volumes'),
      table(
        safe.volumes.map((volume) => volumeRow(volume, safe.observedAt, style)),
        layout,
      ),
    ),
    sectionText(style.bold('Syncs'), [...rows, ...others(ordered.length - shown.length, shown.length, style)]),
    nextRun(safe.syncs, style),
    foldedFindingsText(safe.findings, style, all),
  ];
  return joinTexts(parts);
}

/** One machine may have several specs. */
function whose({ spec, machine }: StatusDocument, style: Style): string {
  const lines = wrap(`That is ${spec.path} on ${machine.hostname}.`, style.width);
  return linesText(lines.map(style.dim));
}

function atWorkLines({ run, pid, command, startedAt, transfers }: RunAtWorkStatus, style: Style): string[] {
  const far = transfers.map(({ sync, percent }) => `${sync} ${percent} %`);
  const text = `${shellCommand(command)} (process ${pid}, run ${run}) since ${formatInstant(startedAt)}${far.length === 0 ? '' : `: ${listNames(far, 5)}`}`;
  return wrap(text, style.width, `  ${style.cyan('>')} `, '    ');
}

const WELL = 3;

/** What a person has to look at comes first. */
function urgency(sync: SyncStatus): number {
  if (sync.overdue) return 0;
  if (!sync.well) return 1;
  return isHalted(sync) ? 2 : WELL;
}

/** The last run was no success, and no failure either. */
function isHalted({ state, lastRun }: SyncStatus): boolean {
  return state !== 'disabled' && lastRun !== null && isTrouble(lastRun.outcome);
}

function others(count: number, shown: number, style: Style): string[] {
  if (count === 0) return [];
  const text = `${plural(count, shown === 0 ? 'sync' : 'other sync')} ${count === 1 ? 'is' : 'are'} well: nbkp status --all shows ${count === 1 ? 'it' : 'them'}`;
  return wrap(text, style.width, `  ${style.green('✓')} `, '    ');
}

/** What `nbkp run` would do now. */
function nextRun(syncs: readonly SyncStatus[], style: Style): string {
  const names = syncs.filter(({ state }) => state === 'available').map(({ name }) => name);
  const text = names.length === 0 ? 'A run could do nothing now.' : `A run would do now: ${listNames(names, 8)}.`;
  return `${wrap(text, style.width).join('\n')}\n`;
}

function volumeRow(volume: VolumeStatus, now: string, style: Style): string[] {
  const sign = volumeSign(volume, style);
  if (volume.provided !== undefined)
    return [sign, style.bold(volume.name), [providedText(volume), ...paceText(volume)].join(', ')];
  return [sign, style.bold(volume.name), volume.available ? presentText(volume, now) : absentText(volume, now)];
}

function presentText(volume: VolumeStatus, now: string): string {
  const { path, fsType, fileSystem, freeBytes, totalBytes, drive } = volume;
  const free =
    freeBytes === null || totalBytes === null ? [] : [`${formatBytes(freeBytes)} free of ${formatBytes(totalBytes)}`];
  const place = (drive === undefined ? null : driveText(drive, now)) ?? path ?? 'place not known';
  return [place, ...(fsType === null ? [] : [fileSystem ?? fsType]), ...free, ...paceText(volume)].join(', ');
}

/** Nothing that is further away than ten years: nobody knows. */
function paceText({ writtenPerDay, daysLeft }: VolumeStatus): string[] {
  if (writtenPerDay == null || daysLeft == null || daysLeft > 3650) return [];
  return [`full in about ${plural(daysLeft, 'day')} at ${formatBytes(writtenPerDay)} a day`];
}

/** A drive that a run can open is not there for others, and nothing is wrong with it. */
function absentText({ reason, code, drive, absence }: VolumeStatus, now: string): string {
  const state =
    drive === undefined || drive.state === 'absent' || absence === 'unprepared' ? null : driveText(drive, now);
  if (state !== null) return `${state}; a run opens it`;
  return `${reason ?? 'not available'}${code === undefined ? '' : ` [${code}]`}`;
}

function syncRow(sync: SyncStatus, now: string, style: Style): string[] {
  const parts = [
    ...(sync.overdue ? [style.red('overdue')] : []),
    successText(sync, now),
    ...lastRunText(sync, now, style),
    ...snapshotsText(sync, style),
    ...(sync.state === 'available' ? [] : [stateText(sync)]),
  ];
  return [syncSign(sync, style), style.bold(sync.name), parts.join('; ')];
}

function syncSign(sync: SyncStatus, style: Style): string {
  if (sync.running !== undefined) return style.cyan('>');
  if (!sync.well) return style.red('✗');
  if (isHalted(sync)) return style.yellow('!');
  return sync.lastSuccess === null || sync.state === 'disabled' ? style.dim('○') : style.green('✓');
}

/** The default is named only where it is what makes the sync overdue. */
function successText({ lastSuccess, maxAge, maxAgeIsDefault, overdue }: SyncStatus, now: string): string {
  const last = lastSuccess === null ? 'no success so far' : `last success ${formatAgo(lastSuccess, now)}`;
  if (maxAge === null || (maxAgeIsDefault === true && !overdue)) return last;
  return `${last} (max-age ${formatDuration(maxAge)}${maxAgeIsDefault === true ? ', the default' : ''})`;
}

/** A last run that went well is the last success. */
function lastRunText({ lastRun, lastFailure, running }: SyncStatus, now: string, style: Style): string[] {
  if (running !== undefined) return [`${style.cyan('running now')} (nbkp history ${running})`];
  if (lastRun === null || !isTrouble(lastRun.outcome)) return [];
  const why = lastFailure === undefined ? '' : `: ${lastFailure.replace(/\.$/, '')}`;
  return [
    `last run ${style.yellow(lastRun.outcome)} ${formatAgo(lastRun.at, now)} (nbkp history ${lastRun.run})${why}`,
  ];
}

function snapshotsText({ snapshots }: SyncStatus, style: Style): string[] {
  if (snapshots === null) return [];
  const unverified = snapshots.unverified === 0 ? '' : ` and ${snapshots.unverified} unverified`;
  const incomplete =
    snapshots.incomplete === undefined ? '' : ` (${style.yellow(`${snapshots.incomplete} incomplete`)})`;
  return [`${plural(snapshots.count, 'snapshot')}${incomplete}${unverified}`];
}

function stateText({ state, reason, code }: SyncStatus): string {
  return `${state}: ${reason ?? 'no reason given'}${code === undefined ? '' : ` [${code}]`}`;
}

function verdict(syncs: readonly SyncStatus[], { red, green, yellow, width }: Style): string {
  const overdue = syncs.filter((sync) => sync.overdue).map(({ name }) => name);
  const troubled = syncs.filter((sync) => urgency(sync) < WELL);
  const lines = (text: string, paint: Paint): string => `${wrap(text, width).map(paint).join('\n')}\n`;
  if (overdue.length > 0) {
    const verb = overdue.length === 1 ? 'is' : 'are';
    return lines(
      `${overdue.length} of ${plural(syncs.length, 'sync')} ${verb} overdue: ${listNames(overdue, 5)}.`,
      red,
    );
  }
  const names = troubled.map(({ name }) => name);
  const paint = troubled.some(({ well }) => !well) ? red : yellow;
  if (names.length > 0) return lines(`No sync is overdue, but look at ${listNames(names, 5)}.`, paint);
  const limited = syncs.some((sync) => sync.maxAge !== null);
  return limited ? lines('No sync is overdue.', green) : 'No sync has a max-age, so none can be overdue.\n';
}
