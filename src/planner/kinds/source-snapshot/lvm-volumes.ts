import type { MountFacts } from '../../model/facts.ts';

/** A logical volume by its names. */
export interface VolumeName {
  group: string;
  origin: string;
}

/** What `lvs` tells of one, in bytes and percent; empty where it has no such thing. */
export interface VolumeRow {
  vg_name: string;
  lv_name: string;
  segtype: string;
  pool_lv: string;
  lv_size: string;
  vg_free: string;
  data_percent: string;
}

export const COLUMNS = ['vg_name', 'lv_name', 'segtype', 'pool_lv', 'lv_size', 'vg_free', 'data_percent'] as const;

/**
 * The volume whose device is mounted, as far as its name tells. Device mapper doubles each hyphen in the names of group and volume
 * (dmsetup(8), splitname). Null for what cannot be one, such as a LUKS container.
 */
export function volumeOf({ source }: MountFacts): VolumeName | null {
  const [, group, origin] = /^\/dev\/mapper\/((?:[^-[]|--)+)-((?:[^-[]|--)+)(?:\[.*\])?$/s.exec(source) ?? [];
  if (group === undefined || origin === undefined) return null;
  return { group: group.replaceAll('--', '-'), origin: origin.replaceAll('--', '-') };
}

/** The rows of `lvs --reportformat json`; null for what is none. */
export function rowsOf<Column extends string>(
  text: string,
  columns: readonly Column[],
): Record<Column, string>[] | null {
  const rows = listIn(text);
  const whole = rows?.every((row) => columns.every((column) => typeof row[column] === 'string'));
  return whole === true ? (rows as Record<Column, string>[]) : null;
}

function listIn(text: string): Record<string, unknown>[] | null {
  try {
    const { report } = JSON.parse(text) as { report?: { lv?: unknown }[] };
    const rows = report?.[0]?.lv;
    return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : null;
  } catch {
    return null;
  }
}

/** Why what was read from a snapshot may not be all of it, from what `lookCommand` says; null when it is. */
export function brokenVolume(text: string): 'full' | 'unusable' | null {
  const [row] = rowsOf(text, ['lv_attr', 'data_percent']) ?? [];
  if (row === undefined) return 'unusable';
  const [state, health] = [row.lv_attr[4] ?? '', row.lv_attr[8] ?? ''];
  // lvs(8): I and S are snapshots that are invalid, since they are full.
  if (state === 'I' || state === 'S') return 'full';
  return state === 'a' && health === '-' ? null : 'unusable';
}
