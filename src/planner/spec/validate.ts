import { partsOf } from '../model/pointer.ts';
import type { Finding } from '../model/finding.ts';
import { findingAt, type SpecDocument } from './document.ts';
import type { SpecExecutors } from './executors.ts';
import { SYNC_KEYS } from './generated/keys.ts';
import type { SpecFile } from './generated/spec.ts';
import type { SchemaError } from '../model/validator.ts';
import validate from './generated/validate-spec.js';
import { withoutInvalid } from './without-invalid.ts';
import { problemsOf } from './schema-problems.ts';
import { volumeSettings } from './settings.ts';
import { settingsProblems } from './settings-problems.ts';

export interface Validated {
  findings: Finding[];
  /** The parts that satisfy the schema, so that they can be checked further whatever is wrong with the others. */
  written: SpecFile;
  /** Pointers of the parts that are missing from `written`. */
  left: ReadonlySet<string>;
}

/**
 * Compares the document with `schemas/spec.schema.json`, and the tables of executors with their own schemas. Each
 * mistake gives one finding.
 */
export function validateSpec(document: SpecDocument, executors: SpecExecutors): Validated {
  const errors = validate(document.data) ? [] : (validate.errors ?? []);
  const problems = [
    ...problemsOf(
      errors.filter((error) => !atUnknownKey(error) && !isProvided(error, document)),
      atKeyOfVolume,
    ),
    ...settingsProblems(document.data, executors),
  ];
  const invalid = problems.filter((problem) => problem.part === 'value').map((problem) => problem.pointer);
  return {
    findings: problems.map(({ pointer, part, remark }) => findingAt(document, pointer, remark, part)),
    ...withoutInvalid(document.data, invalid),
  };
}

/** The schema does not know the executors: `settingsProblems` looks at keys that may be the name of one. */
function atUnknownKey({ instancePath, keyword }: SchemaError): boolean {
  if (instancePath === '') return keyword === 'additionalProperties';
  const [section, , key, ...rest] = partsOf(instancePath);
  return section === 'syncs' && key !== undefined && rest.length === 0 && !SYNC_KEYS.includes(key);
}

/** So it does at those of a volume, which may also be why another key is missing. */
function atKeyOfVolume({ instancePath, keyword }: SchemaError): boolean {
  const [section, , ...rest] = partsOf(instancePath);
  return keyword === 'additionalProperties' && section === 'volumes' && rest.length === 0;
}

/** What an executor provides may lie on no other volume: whether it does is for the executor to say. */
function isProvided({ instancePath, keyword }: SchemaError, { data }: SpecDocument): boolean {
  const [section, name = '', ...rest] = partsOf(instancePath);
  if (section !== 'volumes' || rest.length > 0 || !['anyOf', 'required'].includes(keyword)) return false;
  return Object.keys(volumeSettings(data, name)).length > 0;
}
