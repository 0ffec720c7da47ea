import type { Changes, LockHolder, TransferProgress } from '../../planner/model/event.ts';
import { formatBytes, formatCount, plural } from '../text/numbers.ts';
import { formatDuration, formatInstant, wholeSeconds } from '../text/time.ts';

/** `43 %, 1.2 GiB of 2.8 GiB, 12.4 MiB/s, 2 min left, 1,204 files`: the telling first, and each where it is known. */
export function progressText({ percent, bytes, total, rate, remainingMs, files }: TransferProgress): string {
  return [
    `${Math.floor(percent)} %`,
    formatBytes(bytes) + (total === undefined ? '' : ` of ${formatBytes(total)}`),
    `${formatBytes(rate)}/s`,
    ...(remainingMs === null ? [] : [`${formatDuration(wholeSeconds(remainingMs))} left`]),
    ...(files > 0 ? [plural(files, 'file')] : []),
  ].join(', ');
}

/** `1,204 files, 1.2 GiB; 2 deleted; snapshot 2026-…; 2 snapshots pruned`. Empty when nothing was changed. */
export function changesText(changes: Omit<Changes, 'snapshot'> & { snapshot?: string | null }): string {
  const { files = 0, bytes = 0, created = 0, deleted = 0, moved, snapshot = null, pruned = [] } = changes;
  return [
    ...(files > 0 ? [`${plural(files, 'file')}, ${formatBytes(bytes)}`] : []),
    ...(files === 0 && bytes > 0 ? [formatBytes(bytes)] : []),
    ...(moved === undefined ? [] : [`${plural(moved.files, 'file')}, ${formatBytes(moved.bytes)} moved`]),
    ...(files === 0 && moved === undefined && created > 0 ? [`${formatCount(created)} created`] : []),
    ...(deleted > 0 ? [`${formatCount(deleted)} deleted`] : []),
    ...(snapshot === null ? [] : [`snapshot ${snapshot}`]),
    ...(pruned.length > 0 ? [`${plural(pruned.length, 'snapshot')} pruned`] : []),
  ].join('; ');
}

export const DRIVE_WAITING = 'waiting until another sync has written to the drive';

/** Who is in the way. */
export function holderText(holder: LockHolder | 'unknown' | 'drive' | null): string {
  if (holder === 'drive') return DRIVE_WAITING;
  if (holder === null || holder === 'unknown') return 'waiting for another run';
  const { pid, host, command, startedAt } = holder;
  return `waiting for ${command} (process ${pid} on ${host}, since ${formatInstant(startedAt)})`;
}
