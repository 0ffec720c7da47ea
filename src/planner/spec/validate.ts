import type { Finding } from '../model/finding.ts';
import { child, findingAt, isTable, segmentsOf, table, type SpecDocument, type TomlTable } from './document.ts';
import type { SpecFile } from './generated/spec.ts';
import { SYNC_KEYS } from './generated/keys.ts';
import validate, { type SchemaError } from './generated/validate-spec.js';
import { problemsOf, unknownKey, type SchemaProblem } from './schema-problems.ts';
import { withoutInvalid } from './prune.ts';

export interface Validated {
  findings: Finding[];
  /** The parts that satisfy the schema, so that they can be checked further whatever is wrong with the others. */
  written: SpecFile;
  /** Pointers of the parts that are missing from `written`. */
  left: ReadonlySet<string>;
}

/** Compares the document with `schemas/spec.schema.json`. Each mistake gives one finding. */
export function validateSpec(document: SpecDocument): Validated {
  const errors = validate(document.data) ? [] : (validate.errors ?? []);
  const problems = [
    ...problemsOf(errors.filter((error) => !atUnknownSyncKey(error))),
    ...unknownSyncKeys(document.data),
  ];
  const invalid = problems.filter((problem) => problem.part === 'value').map((problem) => problem.pointer);
  return {
    findings: problems.map(({ pointer, part, remark }) => findingAt(document, pointer, remark, part)),
    ...withoutInvalid(document.data, invalid),
  };
}

/** The schema lets every table into a sync, since it does not know the executors; here one has to be named. */
function unknownSyncKeys(data: TomlTable): SchemaProblem[] {
  return Object.entries(table(data['syncs'])).flatMap(([name, sync]) => {
    const executors = executorsOf(table(sync), data);
    return Object.entries(table(sync)).flatMap(([key, value]) => {
      if (SYNC_KEYS.includes(key) || (executors.includes(key) && isTable(value))) return [];
      const otherwise = isTable(value) ? `The settings of an executor need its name: transfer = "${key}".` : undefined;
      return [unknownKey(child(child('/syncs', name), key), key, SYNC_KEYS, otherwise)];
    });
  });
}

/** Executors without settings of their own: those that come with nbkp have theirs in other tables. */
const WITHOUT_SETTINGS = ['none', 'hard-link', 'btrfs'];

function executorsOf(sync: TomlTable, data: TomlTable): string[] {
  const destination = typeof sync['destination'] === 'string' ? sync['destination'].split(':')[0] : undefined;
  const volume = table(table(data['volumes'])[destination ?? '']);
  const snapshots = table(sync['snapshots'] ?? volume['snapshots']);
  return [sync['transfer'], snapshots['mode']].filter(
    (name): name is string => typeof name === 'string' && !WITHOUT_SETTINGS.includes(name),
  );
}

function atUnknownSyncKey({ instancePath }: SchemaError): boolean {
  const [section, , key, ...rest] = segmentsOf(instancePath);
  return section === 'syncs' && key !== undefined && rest.length === 0 && !SYNC_KEYS.includes(key);
}
