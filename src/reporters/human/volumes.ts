import type { DriveStatus, VolumesDocument, VolumeStatus } from '../../planner/model/documents.ts';
import type { Style } from '../style.ts';
import { formatBytes } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { table } from '../text/table.ts';
import { formatAgo } from '../text/time.ts';

/** The drives, each with what it is now. */
export function volumesText(document: VolumesDocument, style: Style): string {
  const { volumes, observedAt } = sanitised(document);
  const rows = volumes.map((volume) => [
    volumeSign(volume, style),
    style.bold(volume.name),
    rowText(volume, observedAt),
  ]);
  if (rows.length === 0) return 'No volume of the spec is a drive: none has mount.device-uuid.\n';
  return `${table(rows, { width: style.width, indent: '' }).join('\n')}\n`;
}

/** ✓ there, ✗ cannot be used as it is, ○ not there now. */
export function volumeSign({ available, drive, absence }: VolumeStatus, style: Style): string {
  if (available) return style.green('✓');
  return drive?.state === 'unusable' || absence === 'unprepared' ? style.red('✗') : style.dim('○');
}

function rowText(volume: VolumeStatus, now: string): string {
  const { drive, reason, code } = volume;
  if (volume.provided !== undefined) return providedText(volume);
  if (drive === undefined) return reason ?? '';
  const told = `${reason ?? 'it cannot be told'}${code === undefined ? '' : ` [${code}]`}`;
  const text = driveText(drive, now);
  if (text === null) return told;
  const free = volume.freeBytes === null ? [] : [`${formatBytes(volume.freeBytes)} free`];
  return [text, ...deviceText(volume, drive), ...free].join(', ');
}

/** Who keeps what where, the room that it has, or why it is not there. */
export function providedText({ provided, available, reason, code, freeBytes, totalBytes }: VolumeStatus): string {
  const total = totalBytes === null ? '' : ` of ${formatBytes(totalBytes)}`;
  const free = freeBytes === null ? [] : [`${formatBytes(freeBytes)} free${total}`];
  const place = [provided?.executor ?? '', provided?.on ?? []].flat().join(' on ');
  if (available) return [place, ...free].join(', ');
  return `${place}: ${reason ?? 'not available'}${code === undefined ? '' : ` [${code}]`}`;
}

function deviceText({ fsType, fileSystem }: VolumeStatus, { device, label, encrypted }: DriveStatus): string[] {
  return [
    ...(device === null ? [] : [device]),
    ...(encrypted ? ['LUKS'] : []),
    ...(fsType === null ? [] : [fileSystem ?? fsType]),
    ...(label === null ? [] : [`label ${label}`]),
  ];
}

/**
 * What a drive is now, and who has opened it; null where the reason of its volume says it.
 *
 * @param now ISO 8601: ages are counted from here
 */
export function driveText(drive: DriveStatus, now: string): string | null {
  switch (drive.state) {
    case 'mounted':
      return `mounted at ${drive.mountedAt ?? ''}${openedText(drive, drive.opened?.mountedAt, now)}`;
    case 'unlocked':
      return `unlocked, not mounted${openedText(drive, drive.opened?.unlockedAt, now)}`;
    case 'locked':
      return 'plugged in, locked';
    case 'closed':
      return 'plugged in, not mounted';
    case 'absent':
      return 'not plugged in';
    case 'unusable':
    case 'unknown':
      return null;
  }
}

function openedText({ opened }: DriveStatus, at: string | null | undefined, now: string): string {
  if (opened === null || at == null) return ', not by nbkp';
  const kept = opened.kept ? ' to stay open' : '';
  const users = opened.users.length === 0 ? '' : `, in use by run ${opened.users.join(', ')}`;
  return ` by run ${opened.run}${kept}, ${formatAgo(at, now)}${users}`;
}
