import type { TomlTable, SpecDocument } from './document.ts';
import { table } from './document.ts';
import type { SchemaError } from './generated/validate-spec.js';
import { specSettings, syncSettings } from './settings.ts';

/** The errors of one table, each with a JSON pointer into that table. */
export type SettingsCheck = (table: TomlTable) => SchemaError[];

/** What a spec may say to an executor: nothing where there is no check. */
export interface SpecExecutor {
  sync: SettingsCheck | null;
  spec: SettingsCheck | null;
}

/**
 * What is known of the executor of a plugin, by its name: `unchecked` for one that is installed but cannot be used, null
 * for one that is not installed.
 */
export type SpecExecutors = (name: string) => SpecExecutor | 'unchecked' | null;

/** For who does not need to know what the tables of plugins may hold. */
export const UNCHECKED: SpecExecutors = () => 'unchecked';

/** For a spec that names no plugin. */
export const NO_PLUGINS: SpecExecutors = () => null;

/**
 * The names under which a spec asks for executors, and the tables that may be an executor's. A spec that uses only what
 * comes with nbkp has none that is not built in.
 */
export function executorsNamed({ data }: SpecDocument): string[] {
  const syncs = Object.entries(table(data['syncs']));
  const volumes = Object.values(table(data['volumes']));
  return [
    ...new Set([
      ...Object.keys(specSettings(data)),
      ...syncs.flatMap(([name, sync]) => [...executorsOf(table(sync), data), ...Object.keys(syncSettings(data, name))]),
      ...volumes.flatMap((volume) => modeOf(table(table(volume)['snapshots']))),
    ]),
  ];
}

/** Executors without settings of their own: those that come with nbkp have theirs in other tables. */
const WITHOUT_SETTINGS = ['none', 'hard-link', 'btrfs'];

/** The executors that one sync names, itself or by its destination volume. */
export function executorsOf(sync: TomlTable, data: TomlTable): string[] {
  const destination = typeof sync['destination'] === 'string' ? sync['destination'].split(':')[0] : undefined;
  const volume = table(table(data['volumes'])[destination ?? '']);
  const transfer = typeof sync['transfer'] === 'string' ? [sync['transfer']] : [];
  return [...transfer, ...modeOf(table(sync['snapshots'] ?? volume['snapshots']))];
}

function modeOf({ mode }: TomlTable): string[] {
  return typeof mode === 'string' && !WITHOUT_SETTINGS.includes(mode) ? [mode] : [];
}
