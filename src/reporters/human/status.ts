import type { StatusDocument, SyncStatus, VolumeStatus } from '../../planner/model/documents.ts';
import { findingsText } from '../findings.ts';
import type { Paint, Style } from '../style.ts';
import { formatBytes, plural } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { table } from '../text/table.ts';
import { formatAgo, formatDuration } from '../text/time.ts';
import { wrap } from '../text/width.ts';
import { isTrouble } from './outcomes.ts';
import { driveText } from './volumes.ts';

/** What is there now, how old the last success of each sync is, and which ones are overdue. */
export function statusText(document: StatusDocument, style: Style): string {
  const safe = sanitised(document);
  const layout = { width: style.width, indent: '  ' };
  const parts = [
    section(
      style.bold('Volumes'),
      table(
        safe.volumes.map((volume) => volumeRow(volume, safe.observedAt, style)),
        layout,
      ),
    ),
    section(
      style.bold('Syncs'),
      table(
        safe.syncs.map((sync) => syncRow(sync, safe.observedAt, style)),
        layout,
      ),
    ),
    findingsText(safe.findings, style),
    verdict(safe.syncs, style),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${[title, ...lines].join('\n')}\n`;
}

function volumeRow(volume: VolumeStatus, now: string, style: Style): string[] {
  const sign = volume.available ? style.green('✓') : style.dim('○');
  return [sign, style.bold(volume.name), volume.available ? presentText(volume, now) : absentText(volume, now)];
}

function presentText({ path, fsType, freeBytes, totalBytes, drive }: VolumeStatus, now: string): string {
  const free =
    freeBytes === null || totalBytes === null ? [] : [`${formatBytes(freeBytes)} free of ${formatBytes(totalBytes)}`];
  const place = (drive === undefined ? null : driveText(drive, now)) ?? path ?? 'place not known';
  return [place, ...(fsType === null ? [] : [fsType]), ...free].join(', ');
}

/** A drive that a run can open is not there for others, and nothing is wrong with it. */
function absentText({ reason, code, drive }: VolumeStatus, now: string): string {
  const state = drive === undefined || drive.state === 'absent' ? null : driveText(drive, now);
  if (state !== null) return `${state}; a run opens it`;
  return `${reason ?? 'not available'}${code === undefined ? '' : ` [${code}]`}`;
}

function syncRow(sync: SyncStatus, now: string, style: Style): string[] {
  const parts = [
    ...(sync.overdue ? [style.red('overdue')] : []),
    successText(sync, now),
    ...lastRunText(sync, now, style),
    ...snapshotsText(sync),
    ...(sync.state === 'available' ? [] : [stateText(sync)]),
  ];
  return [syncSign(sync, style), style.bold(sync.name), parts.join('; ')];
}

function syncSign({ overdue, state, lastSuccess }: SyncStatus, style: Style): string {
  if (overdue || state === 'blocked') return style.red('✗');
  return lastSuccess === null || state === 'disabled' ? style.dim('○') : style.green('✓');
}

function successText({ lastSuccess, maxAge }: SyncStatus, now: string): string {
  const last = lastSuccess === null ? 'no success so far' : `last success ${formatAgo(lastSuccess, now)}`;
  return maxAge === null ? last : `${last} (max-age ${formatDuration(maxAge)})`;
}

/** A last run that went well is the last success. */
function lastRunText({ lastRun }: SyncStatus, now: string, style: Style): string[] {
  if (lastRun === null || !isTrouble(lastRun.outcome)) return [];
  return [`last run ${style.yellow(lastRun.outcome)} ${formatAgo(lastRun.at, now)} (nbkp history ${lastRun.run})`];
}

function snapshotsText({ snapshots }: SyncStatus): string[] {
  if (snapshots === null) return [];
  const unverified = snapshots.unverified === 0 ? '' : ` and ${snapshots.unverified} unverified`;
  const latest = snapshots.latest === null ? '' : `, latest ${snapshots.latest}`;
  return [`${plural(snapshots.count, 'snapshot')}${unverified}${latest}`];
}

function stateText({ state, reason, code }: SyncStatus): string {
  return `${state}: ${reason ?? 'no reason given'}${code === undefined ? '' : ` [${code}]`}`;
}

function verdict(syncs: readonly SyncStatus[], { red, green, width }: Style): string {
  const overdue = syncs.filter((sync) => sync.overdue).length;
  const limited = syncs.some((sync) => sync.maxAge !== null);
  const lines = (text: string, paint: Paint): string => `${wrap(text, width).map(paint).join('\n')}\n`;
  if (overdue > 0)
    return lines(`${overdue} of ${plural(syncs.length, 'sync')} ${overdue === 1 ? 'is' : 'are'} overdue.`, red);
  return limited ? lines('No sync is overdue.', green) : 'No sync has a max-age, so none can be overdue.\n';
}
