import { type Finding, locate } from '../model/finding.ts';
import type { Spec } from '../model/spec.ts';

/** A finding at a place of the spec: see `place`. */
export function remark(spec: Spec, pointers: readonly string[], words: Finding): Finding {
  return { ...words, ...positionOf(spec, pointers) };
}

/** A finding about a sync, at the first of these places that the spec has, or where the sync is. */
export function syncRemark(
  spec: Spec,
  { name }: { name: string },
  pointers: readonly string[],
  words: Finding,
): Finding {
  return remark(spec, [...pointers, `/syncs/${name}`], { ...words, sync: name });
}

export type Position = Pick<Finding, 'location' | 'excerpt'>;

/**
 * The first of these keys that the spec has (JSON pointers), or its first line for what is no longer in it at all.
 */
export function positionOf(spec: Spec, pointers: readonly string[]): Position {
  const pointer = pointers.find((each) => spec.positions[each] !== undefined);
  return pointer === undefined ? { location: { file: spec.path, line: 1, column: 1 } } : locate(spec, pointer);
}

/** The first three of some names, and how many there are besides. */
export function nameSome(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

/** Bytes as GiB, or as MiB where that would say nothing. */
export function sizeText(bytes: number): string {
  const gib = bytes / 1024 ** 3;
  return gib < 1 ? `${Math.round(bytes / 1024 ** 2)} MiB` : `${gib.toFixed(1)} GiB`;
}

/** Where a sync's snapshots are set: its own table, or its destination volume's. */
export function snapshotPointers(
  { name, destination }: { name: string; destination: { volume: string } },
  key: string,
): string[] {
  const tables = [`/syncs/${name}/snapshots`, `/volumes/${destination.volume}/snapshots`];
  return [...tables.map((table) => `${table}/${key}`), ...tables];
}

/** Where a sync's policy is set: its own table, or the spec's. */
export function policyPointers(sync: string, key: string): string[] {
  return [`/syncs/${sync}/policy/${key}`, `/policy/${key}`];
}
