import type { Json } from '../model/json.ts';
import { isTable, table, type TomlTable } from './document.ts';
import { SPEC_KEYS, SYNC_KEYS, VOLUME_KEYS } from './generated/keys.ts';
import { recordOf } from './record.ts';

/** The tables `[syncs.SYNC.EXECUTOR]` of one sync, by the executor's name. */
export function syncSettings(data: TomlTable, sync: string): Record<string, Json> {
  return recordOf(otherTables(table(table(data['syncs'])[sync]), SYNC_KEYS));
}

/** The tables `[volumes.VOLUME.EXECUTOR]` of one volume, by the executor's name: one, where an executor provides it. */
export function volumeSettings(data: TomlTable, volume: string): Record<string, Json> {
  return recordOf(otherTables(table(table(data['volumes'])[volume]), VOLUME_KEYS));
}

/** The tables `[EXECUTOR]` at the top level, by the executor's name. */
export function specSettings(data: TomlTable): Record<string, Json> {
  return recordOf(otherTables(data, SPEC_KEYS));
}

function otherTables(data: TomlTable, known: readonly string[]): [string, TomlTable][] {
  return Object.entries(data).filter(
    (entry): entry is [string, TomlTable] => !known.includes(entry[0]) && isTable(entry[1]),
  );
}
