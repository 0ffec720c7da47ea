import { type SpecDocument, table, type TomlTable } from './document.ts';
import type { SchemaError } from '../model/validator.ts';
import { specSettings, syncSettings, volumeSettings } from './settings.ts';

/** The errors of one table, each with a JSON pointer into that table. */
export type SettingsCheck = (table: TomlTable) => SchemaError[];

/** What a spec may say to an executor: nothing where there is no check. */
export interface SpecExecutor {
  sync: SettingsCheck | null;
  spec: SettingsCheck | null;
  volume: SettingsCheck | null;
}

/** What is known of the executors of plugins. */
export interface SpecExecutors {
  /** `unchecked` for one that is installed but cannot be used, null for one that is not installed. */
  of(name: string): SpecExecutor | 'unchecked' | null;
  /** Those that are installed, to suggest them. */
  names: readonly string[];
}

/** For who does not need to know what the tables of plugins may hold. */
export const UNCHECKED: SpecExecutors = { of: () => 'unchecked', names: [] };

/** For a spec that names no plugin. */
export const NO_PLUGINS: SpecExecutors = { of: () => null, names: [] };

/** What comes with nbkp for each key that names an executor. */
export const BUILT_IN_NAMES = {
  transfer: ['rsync'],
  mode: ['none', 'hard-link', 'btrfs'],
  'source-snapshot': ['btrfs', 'lvm'],
} as const;

/**
 * The names under which a spec asks for executors, and the tables that may be an executor's. A spec that uses only what
 * comes with nbkp has none that is not built in.
 */
export function executorsNamed({ data }: SpecDocument): string[] {
  const syncs = Object.entries(table(data['syncs']));
  const volumes = Object.entries(table(data['volumes']));
  return [
    ...new Set([
      ...Object.keys(specSettings(data)),
      ...syncs.flatMap(([name, sync]) => [...executorsOf(table(sync), data), ...Object.keys(syncSettings(data, name))]),
      ...volumes.flatMap(([name, volume]) => [
        ...modeOf(table(table(volume)['snapshots'])),
        ...Object.keys(volumeSettings(data, name)),
      ]),
    ]),
  ];
}

/** The executors that one sync names, itself or by its destination volume, which one of them may provide. */
export function executorsOf(sync: TomlTable, data: TomlTable): string[] {
  const destination = typeof sync['destination'] === 'string' ? sync['destination'].split(':')[0] : undefined;
  const volume = table(table(data['volumes'])[destination ?? '']);
  const provider = Object.keys(volumeSettings(data, destination ?? ''));
  const transfer = typeof sync['transfer'] === 'string' ? [sync['transfer']] : [];
  const snapshot = beyond('source-snapshot', sync['source-snapshot']);
  return [...provider, ...transfer, ...modeOf(table(sync['snapshots'] ?? volume['snapshots'])), ...snapshot];
}

function modeOf({ mode }: TomlTable): string[] {
  return beyond('mode', mode);
}

/** Those that come with nbkp have their settings in other tables. */
function beyond(key: keyof typeof BUILT_IN_NAMES, name: unknown): string[] {
  const builtIn: readonly string[] = BUILT_IN_NAMES[key];
  return typeof name === 'string' && !builtIn.includes(name) ? [name] : [];
}
