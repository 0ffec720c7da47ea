import { child, isTable, table, type TomlTable, type TomlValue } from './document.ts';
import { executorsOf, type SpecExecutor, type SpecExecutors } from './executors.ts';
import { SPEC_KEYS, SYNC_KEYS, VOLUME_KEYS } from './generated/keys.ts';
import { problemsOf, unknownKey, type SchemaProblem } from './schema-problems.ts';
import { nearest } from '../model/suggest.ts';
import { noSettings } from '../model/findings/spec.ts';
import { tableWithoutExecutor } from '../model/findings/plugins.ts';

/**
 * What is wrong with the keys that the schema of the spec does not know: the tables `[NAME]` and `[syncs.X.NAME]` are
 * for the executor NAME, and its own schema says what they hold.
 */
export function settingsProblems(data: TomlTable, executors: SpecExecutors): SchemaProblem[] {
  const syncs = Object.entries(table(data['syncs']));
  return [
    ...Object.entries(data).flatMap(([key, value]) => specKeyProblems(key, value, executors)),
    ...Object.entries(table(data['volumes'])).flatMap(([name, volume]) =>
      volumeProblems(name, table(volume), executors),
    ),
    ...syncs.flatMap(([name, sync]) => syncProblems(name, table(sync), data, executors)),
  ];
}

function specKeyProblems(key: string, value: TomlValue, executors: SpecExecutors): SchemaProblem[] {
  if (SPEC_KEYS.includes(key)) return [];
  const pointer = child('', key);
  const executor = isTable(value) ? executors.of(key) : null;
  if (executor === 'unchecked') return [];
  if (executor !== null) return check(executor.spec, pointer, key, value, 'a whole spec');
  if (!isTable(value) || nearest(key, SPEC_KEYS) !== null) return [unknownKey(pointer, key, SPEC_KEYS)];
  return [{ pointer, part: 'key', remark: tableWithoutExecutor(key, SPEC_KEYS) }];
}

function volumeProblems(name: string, volume: TomlTable, executors: SpecExecutors): SchemaProblem[] {
  return Object.entries(volume).flatMap(([key, value]): SchemaProblem[] => {
    if (VOLUME_KEYS.includes(key)) return [];
    const pointer = child(child('/volumes', name), key);
    const executor = isTable(value) ? executors.of(key) : null;
    if (executor === 'unchecked') return [];
    if (executor !== null) return check(executor.volume, pointer, key, value, 'a volume');
    if (!isTable(value) || nearest(key, VOLUME_KEYS) !== null) return [unknownKey(pointer, key, VOLUME_KEYS)];
    return [{ pointer, part: 'key', remark: tableWithoutExecutor(key, VOLUME_KEYS) }];
  });
}

function syncProblems(name: string, sync: TomlTable, data: TomlTable, executors: SpecExecutors): SchemaProblem[] {
  const at = child('/syncs', name);
  const named = executorsOf(sync, data);
  const unknown = Object.entries(sync).flatMap(([key, value]): SchemaProblem[] => {
    if (SYNC_KEYS.includes(key)) return [];
    const pointer = child(at, key);
    if (!isTable(value)) return [unknownKey(pointer, key, SYNC_KEYS)];
    if (!named.includes(key) && !isTable(data[key])) {
      return [unknownKey(pointer, key, SYNC_KEYS, `The settings of an executor need its name: transfer = "${key}".`)];
    }
    const executor = executors.of(key);
    if (executor === null || executor === 'unchecked') return [];
    return check(executor.sync, pointer, key, value, 'a sync');
  });
  return [...unknown, ...named.flatMap((executor) => missingSettings(at, executor, sync, executors))];
}

/** A sync without the table may still lack what the executor has to be told. */
function missingSettings(at: string, name: string, sync: TomlTable, executors: SpecExecutors): SchemaProblem[] {
  const executor = executors.of(name);
  if (sync[name] !== undefined || executor === null || executor === 'unchecked' || executor.sync === null) return [];
  return check(executor.sync, child(at, name), name, {}, 'a sync');
}

function check(
  settings: SpecExecutor['sync'],
  pointer: string,
  name: string,
  value: TomlValue,
  of: 'a whole spec' | 'a sync' | 'a volume',
): SchemaProblem[] {
  if (settings === null) {
    return [{ pointer, part: 'key', remark: noSettings(name, of) }];
  }
  const errors = settings(table(value));
  return problemsOf(errors.map((error) => ({ ...error, instancePath: pointer + error.instancePath })));
}
